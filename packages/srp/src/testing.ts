/**
 * The functions of the other entries with their secrets given: for known-answer vectors, never for signing in.
 * @module @srp6a/srp/testing
 */
import { readFields } from './arguments.js'
import { type Bytes, copyOwnBytes } from './bytes.js'
import { clientOf, type SrpClient } from './client.js'
import { type CognitoClient, cognitoClient } from './cognito/client.js'
import { type DeviceKeys, type DeviceVerifier, deviceVerifier } from './cognito/device.js'
import { cognitoGroup } from './cognito/group.js'
import { type CognitoRecord, type CognitoServer, cognitoServer } from './cognito/server.js'
import { cognitoArithmetic } from './cognito/suite.js'
import type { Derived, Suite } from './define-suite.js'
import { type Credentials, enrollOn, type ServerRecord } from './enroll.js'
import type { Group } from './groups/group.js'
import { arithmeticOf, type Outcome } from './handshake.js'
import { type SrpServer, serverFor } from './server.js'
import type { SrpOptions } from './suite.js'
import { withDefaultEngine } from './with-default-engine.js'

/** @throws RangeError unless the key has from 1 byte to as many as N */
function copyKey(privateKey: Bytes, group: Group): Bytes {
  return copyOwnBytes(privateKey, 'privateKey', 1, group.modulus.length)
}

/**
 * Begin a sign-in to Cognito with a given private key: see `startCognitoClient`.
 *
 * @param privateKey `a`, big-endian, 1 to 384 bytes
 * @param options the setting below, which may be left out
 * @param options.engine the arithmetic; native BigInt if left out
 * @returns the client's half
 * @throws TypeError, RangeError for an argument that is missing or wrong
 * @example
 * const { srpA } = startCognitoClientWithKey(Uint8Array.of(3))
 */
export function startCognitoClientWithKey(privateKey: Bytes, options: SrpOptions = {}): CognitoClient {
  return cognitoClient(copyKey(privateKey, cognitoGroup), cognitoArithmetic(withDefaultEngine(options)))
}

/**
 * Begin a handshake as Cognito with a given private key: see `startCognitoServer`.
 *
 * @param record the user's or the device's
 * @param privateKey `b`, big-endian, 1 to 384 bytes
 * @param options the setting below, which may be left out
 * @param options.engine the arithmetic; native BigInt if left out
 * @returns the server's half
 * @throws TypeError, RangeError for an argument that is missing or wrong
 * @throws SrpError `invalid-encoding`, `too-large`, `invalid-public-key` for the record
 * @example
 * const { SALT, SRP_B } = startCognitoServerWithKey(record, Uint8Array.of(3))
 */
export function startCognitoServerWithKey(
  record: CognitoRecord,
  privateKey: Bytes,
  options: SrpOptions = {},
): CognitoServer {
  return cognitoServer(record, copyKey(privateKey, cognitoGroup), cognitoArithmetic(withDefaultEngine(options)))
}

/**
 * Create a device's verifier of a given password and salt: see `createDeviceVerifier`.
 *
 * @param device the keys of the device, its password and its salt
 * @param device.deviceGroupKey the device's group
 * @param device.deviceKey the device's own key
 * @param device.devicePassword text
 * @param device.salt 1 to 1,024 bytes
 * @param options the setting below, which may be left out
 * @param options.engine the arithmetic; native BigInt if left out
 * @returns the password, and DeviceSecretVerifierConfig
 * @throws TypeError, RangeError for an argument that is missing or wrong
 * @example
 * const { Salt, PasswordVerifier } = createDeviceVerifierWithPassword({ deviceGroupKey, deviceKey, devicePassword, salt })
 */
export function createDeviceVerifierWithPassword(
  device: DeviceKeys & { readonly devicePassword: string; readonly salt: Bytes },
  options: SrpOptions = {},
): DeviceVerifier {
  const fields = readFields(device, 'device', ['salt'], ['deviceGroupKey', 'deviceKey', 'devicePassword'])
  return deviceVerifier(
    { ...fields, salt: copyOwnBytes(fields.salt, 'salt', 1, 1024) },
    cognitoArithmetic(withDefaultEngine(options)),
  )
}

/**
 * Begin a handshake as the client with a given private key: see `startClient`.
 *
 * @param suite one of `suites`, or one made by `defineSuite`
 * @param privateKey `a`, big-endian, from 1 byte to as many as N
 * @param options the setting below, which may be left out
 * @param options.engine the arithmetic; native BigInt if left out
 * @returns the client's half
 * @throws TypeError, RangeError for an argument that is missing or wrong
 * @example
 * const { clientPublicKey } = startClientWithKey(suites.rfc5054, Uint8Array.of(3))
 */
export function startClientWithKey<D extends Derived>(
  suite: Suite<D>,
  privateKey: Bytes,
  options: SrpOptions = {},
): SrpClient<D> {
  const arithmetic = arithmeticOf(suite, withDefaultEngine(options))
  return clientOf(suite, copyKey(privateKey, suite.group), arithmetic)
}

/**
 * Begin a handshake as the server with a given private key: see `startServer`.
 *
 * @param suite one of `suites`, or one made by `defineSuite`
 * @param record the user's, as `enroll` made it
 * @param privateKey `b`, big-endian, from 1 byte to as many as N
 * @param options the setting below, which may be left out
 * @param options.engine the arithmetic; native BigInt if left out
 * @returns the server's half
 * @throws TypeError, RangeError for an argument that is missing or wrong
 * @throws SrpError `invalid-encoding`, `too-large`, `invalid-public-key` for a damaged record
 * @example
 * const { serverPublicKey } = startServerWithKey(suites.rfc5054, record, Uint8Array.of(3))
 */
export function startServerWithKey(
  suite: Suite<Derived>,
  record: ServerRecord,
  privateKey: Bytes,
  options: SrpOptions = {},
): SrpServer {
  const arithmetic = arithmeticOf(suite, withDefaultEngine(options))
  return serverFor(suite, record, copyKey(privateKey, suite.group), arithmetic)
}

/**
 * Make a user's record with a given salt: see `enroll`, which takes one as an option.
 *
 * @param suite one of `suites`, or one made by `defineSuite`
 * @param credentials the user's name and password
 * @param salt 1 to 1,024 bytes
 * @param options the setting below, which may be left out
 * @param options.engine the arithmetic; native BigInt if left out
 * @returns the record; a promise of it if the suite's key derivation is asynchronous
 * @throws TypeError, RangeError, SrpError for an argument that is missing or wrong
 * @example
 * const { verifier } = enrollWithSalt(suites.rfc5054, { username, password }, Uint8Array.of(1, 2, 3, 4))
 */
export function enrollWithSalt<D extends Derived>(
  suite: Suite<D>,
  credentials: Credentials,
  salt: Bytes,
  options: SrpOptions = {},
): Outcome<D, ServerRecord> {
  return enrollOn(suite, credentials, salt, arithmeticOf(suite, withDefaultEngine(options)))
}
