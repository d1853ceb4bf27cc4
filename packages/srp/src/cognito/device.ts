import { assertObject, assertText, type Bytes, toBase64, wipe } from '../bytes.js'
import { signed } from '../encode.js'
import { randomBytes } from '../random.js'
import type { SrpOptions } from '../suite.js'
import { cognitoArithmetic, identity, passwordExponent } from './suite.js'

/** NewDeviceMetadata of a sign-in. */
export interface DeviceMetadata {
  readonly deviceGroupKey: string
  /** `<region>_<uuid>` */
  readonly deviceKey: string
}

/** A device's secret and its verifier: keep the one, give the other to ConfirmDevice. */
export interface DeviceVerifier {
  /** To be stored on the device: base64 of 40 random bytes. The text itself is the password. */
  readonly devicePassword: string
  /** DeviceSecretVerifierConfig.Salt: base64. */
  readonly salt: string
  /** DeviceSecretVerifierConfig.PasswordVerifier: base64 of a positive two's complement number. */
  readonly passwordVerifier: string
}

const PASSWORD_LENGTH = 40
const SALT_LENGTH = 16

/**
 * A new device's password, salt and verifier.
 *
 * @throws TypeError, RangeError if a key is missing or wrong
 * @throws SrpError `no-random`, `bad-random`
 */
export function createDeviceVerifier(device: DeviceMetadata, options: SrpOptions = {}): DeviceVerifier {
  assertObject(device, 'device')
  const password = randomBytes(PASSWORD_LENGTH, options)
  const salt = randomBytes(SALT_LENGTH, options)
  // 0x01 to 0x7f in front: then every way to encode this salt gives the same bytes.
  salt[0] = (salt[0] as number) & 0x7f || 1
  // Named one by one: ten million bytes in the place of a device would be spread for a minute.
  const { deviceGroupKey, deviceKey } = device
  const verifier = deviceVerifier({ deviceGroupKey, deviceKey, devicePassword: toBase64(password), salt }, options)
  wipe(password)
  return verifier
}

/** The same with the secrets given. For tests: see testing.ts. */
export function deviceVerifier(
  device: DeviceMetadata & { devicePassword: string; salt: Bytes },
  options: SrpOptions,
): DeviceVerifier {
  const { deviceGroupKey, deviceKey, devicePassword, salt } = device
  assertText(deviceGroupKey, 'deviceGroupKey')
  assertText(deviceKey, 'deviceKey')
  assertText(devicePassword, 'devicePassword')
  const encodedSalt = signed(salt, 0)
  const x = passwordExponent(identity(deviceGroupKey, deviceKey), devicePassword, encodedSalt)
  const verifier = cognitoArithmetic(options).power(x)
  wipe(x)
  // "negative value passed for password verifier": ConfirmDevice reads both as two's complement.
  return { devicePassword, salt: toBase64(encodedSalt), passwordVerifier: toBase64(signed(verifier, 0)) }
}
