// The same functions with their secrets given: for known-answer vectors, never for signing in.
import { assertBytes, type Bytes } from './bytes.js'
import { type CognitoSrp, cognitoClient } from './cognito/client.js'
import { type DeviceMetadata, type DeviceVerifier, deviceVerifier } from './cognito/device.js'
import { cognitoGroup } from './cognito/group.js'
import { type CognitoRecord, type CognitoServer, cognitoServer } from './cognito/server.js'
import type { Group } from './groups.js'
import type { SrpOptions } from './suite.js'

/** @throws RangeError unless the key has from 1 byte to as many as N */
function copyOfKey(privateKey: Bytes, group: Group): Bytes {
  assertBytes(privateKey, 'privateKey')
  const longest = group.modulus.length
  if (privateKey.length < 1 || privateKey.length > longest) {
    throw new RangeError(`privateKey must have from 1 to ${longest} bytes`)
  }
  return privateKey.slice()
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
  return deviceVerifier(device, options)
}
