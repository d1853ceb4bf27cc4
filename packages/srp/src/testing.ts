/**
 * The same functions with their secrets given: for known-answer vectors, never for signing in.
 * @module @srp6a/srp/testing
 */
import { assertBytes, assertObject, type Bytes } from './bytes.js'
import { clientOf, type SrpClient } from './client.js'
import { type CognitoSrp, cognitoClient } from './cognito/client.js'
import { type DeviceMetadata, type DeviceVerifier, deviceVerifier } from './cognito/device.js'
import { cognitoGroup } from './cognito/group.js'
import { type CognitoRecord, type CognitoServer, cognitoServer } from './cognito/server.js'
import type { Derived, Suite } from './define-suite.js'
import { type Credentials, type Enrollment, enrollWithSalt } from './enroll.js'
import type { Group } from './groups.js'
import { assertSuite, type Outcome } from './handshake.js'
import { type ServerRecord, type SrpServer, serverFor } from './server.js'
import type { SrpOptions } from './suite.js'

/** @throws RangeError unless the key has from 1 byte to as many as N */
function copyOfKey(privateKey: Bytes, group: Group): Bytes {
  assertBytes(privateKey, 'privateKey')
  const longest = group.modulus.length
  if (privateKey.length < 1 || privateKey.length > longest) {
    throw new RangeError(`privateKey must have from 1 to ${longest} bytes`)
  }
  // Not slice(): that of a Buffer shares its memory, and the copy is wiped.
  return Uint8Array.from(privateKey)
}

/**
 * `startCognitoSrp` with a private key of the caller's, 1 to 384 bytes.
 *
 * @throws TypeError, RangeError if it is no such key
 */
export function startCognitoSrpWith(privateKey: Bytes, options: SrpOptions = {}): CognitoSrp {
  return cognitoClient(copyOfKey(privateKey, cognitoGroup), options)
}

/**
 * `startCognitoServer` with a private key of the caller's, 1 to 384 bytes.
 *
 * @throws TypeError, RangeError if it is no such key; SrpError as `startCognitoServer`
 */
export function startCognitoServerWith(
  record: CognitoRecord,
  privateKey: Bytes,
  options: SrpOptions = {},
): CognitoServer {
  return cognitoServer(record, copyOfKey(privateKey, cognitoGroup), options)
}

/**
 * `createDeviceVerifier` with the device password (text) and the salt (bytes) given.
 *
 * @throws TypeError, RangeError if one is missing or wrong
 */
export function createDeviceVerifierWith(
  device: DeviceMetadata & { readonly devicePassword: string; readonly salt: Bytes },
  options: SrpOptions = {},
): DeviceVerifier {
  assertObject(device, 'device')
  assertBytes(device.salt, 'salt')
  if (device.salt.length < 1 || device.salt.length > 1024) throw new RangeError('salt must have from 1 to 1,024 bytes')
  return deviceVerifier(device, options)
}

/**
 * `startClient` with a private key of the caller's, from 1 byte to as many as N.
 *
 * @throws TypeError, RangeError if it is no such key
 */
export function startClientWith<D extends Derived>(
  suite: Suite<D>,
  privateKey: Bytes,
  options: SrpOptions = {},
): SrpClient<D> {
  assertSuite(suite)
  return clientOf(suite, copyOfKey(privateKey, suite.group), options)
}

/**
 * `startServer` with a private key of the caller's, from 1 byte to as many as N.
 *
 * @throws TypeError, RangeError if it is no such key; SrpError as `startServer`
 */
export function startServerWith(
  suite: Suite<Derived>,
  record: ServerRecord,
  privateKey: Bytes,
  options: SrpOptions = {},
): SrpServer {
  assertSuite(suite)
  return serverFor(suite, record, copyOfKey(privateKey, suite.group), options)
}

/**
 * `enroll` with the salt given.
 *
 * @throws TypeError, RangeError, SrpError as `enroll`
 */
export function enrollWith<D extends Derived>(
  suite: Suite<D>,
  credentials: Credentials,
  salt: Bytes,
  options: SrpOptions = {},
): Outcome<D, Enrollment> {
  return enrollWithSalt(suite, credentials, salt, options)
}
