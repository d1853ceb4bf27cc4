import { readFields } from '../arguments.js'
import { type Bytes, wipe } from '../bytes.js'
import { encodeBase64 } from '../codec.js'
import { twosComplement } from '../encode.js'
import type { GroupArithmetic } from '../engine/engine.js'
import { randomBytes } from '../random.js'
import type { EngineOptions } from '../suite.js'
import { cognitoArithmetic, identity, passwordExponent } from './suite.js'

/** The keys that name a device: NewDeviceMetadata of a sign-in. */
export interface DeviceKeys {
  readonly deviceGroupKey: string
  /** `<region>_<uuid>` */
  readonly deviceKey: string
}

/** A device's secret and its verifier: keep the one, give the other to ConfirmDevice. */
export interface DeviceVerifier {
  /** To be stored on the device: base64 of 40 random bytes. The text itself is the password. */
  readonly devicePassword: string
  /** Of DeviceSecretVerifierConfig: base64. */
  readonly Salt: string
  /** Of DeviceSecretVerifierConfig: base64 of a positive two's complement number. */
  readonly PasswordVerifier: string
}

const PASSWORD_LENGTH = 40
const SALT_LENGTH = 16

/**
 * Create a new device's password, salt and verifier.
 *
 * @param device NewDeviceMetadata of the sign-in: DeviceGroupKey and DeviceKey
 * @param options the settings below; each may be left out
 * @param options.engine the arithmetic, which is required
 * @param options.random the source of the password and the salt; `crypto.getRandomValues` if left out
 * @returns the password to be stored, and DeviceSecretVerifierConfig for ConfirmDevice
 * @throws TypeError, RangeError if a key is missing or wrong
 * @throws SrpError `no-random`, `bad-random`
 * @example
 * const { devicePassword, ...DeviceSecretVerifierConfig } = createDeviceVerifier({ deviceGroupKey, deviceKey }, { engine })
 * // ConfirmDevice { AccessToken, DeviceKey: deviceKey, DeviceSecretVerifierConfig }, then store devicePassword
 */
export function createDeviceVerifier(device: DeviceKeys, options: EngineOptions): DeviceVerifier {
  const keys = readFields(device, 'device', [], ['deviceGroupKey', 'deviceKey'])
  const arithmetic = cognitoArithmetic(options)
  const password = randomBytes(PASSWORD_LENGTH, options)
  const salt = randomBytes(SALT_LENGTH, options)
  // 0x01 to 0x7f in front: then every way to encode this salt gives the same bytes.
  salt[0] = (salt[0] as number) & 0x7f || 1
  const verifier = deviceVerifier({ ...keys, devicePassword: encodeBase64(password), salt }, arithmetic)
  wipe(password)
  return verifier
}

/** Create a verifier of a given password and salt, none of them checked. */
export function deviceVerifier(
  device: DeviceKeys & { readonly devicePassword: string; readonly salt: Bytes },
  arithmetic: GroupArithmetic,
): DeviceVerifier {
  const { deviceGroupKey, deviceKey, devicePassword, salt } = device
  const encodedSalt = twosComplement(salt)
  const x = passwordExponent(identity(deviceGroupKey, deviceKey), devicePassword, encodedSalt)
  const verifier = arithmetic.power(x)
  wipe(x)
  // "negative value passed for password verifier": ConfirmDevice reads both as two's complement.
  return { devicePassword, Salt: encodeBase64(encodedSalt), PasswordVerifier: encodeBase64(twosComplement(verifier)) }
}
