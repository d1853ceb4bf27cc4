/**
 * The dialect of Amazon Cognito, with strings as the service sends them.
 * @module @srp6a/srp/cognito
 */
export type { Bytes } from '../bytes.js'
export type { Engine, GroupArithmetic, GroupParameters } from '../engine/engine.js'
export { SrpError, type SrpErrorCode } from '../errors.js'
export type { RandomSource } from '../random.js'
export type { SrpOptions } from '../suite.js'
export { type CognitoChallenge, type CognitoSrp, type PasswordClaim, startCognitoSrp } from './client.js'
export { createDeviceVerifier, type DeviceMetadata, type DeviceVerifier } from './device.js'
export { secretHash } from './secret-hash.js'
export {
  type CognitoAnswer,
  type CognitoRecord,
  type CognitoServer,
  checkSrpA,
  cognitoVerifier,
  resumeCognitoServer,
  startCognitoServer,
} from './server.js'
export { formatTimestamp } from './timestamp.js'
export { parseUserPoolId, type UserPoolId } from './user-pool-id.js'
