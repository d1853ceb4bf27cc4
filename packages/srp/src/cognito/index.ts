/**
 * The suite of Amazon Cognito, with strings as the service sends them.
 * @module @srp6a/srp/cognito
 */
export type { Clock } from '../arguments.js'
export type { Bytes } from '../bytes.js'
export { fromBase64, fromHex, toBase64, toHex } from '../codec.js'
export type { Engine, GroupArithmetic, GroupParameters } from '../engine/engine.js'
export { SrpError, type SrpErrorCode } from '../errors.js'
export type { RandomSource } from '../random.js'
export type { SrpOptions } from '../suite.js'
export type { ChallengeParameters, Claim } from './claim.js'
export type { CognitoClient, DeviceChallenge, UserChallenge } from './client.js'
export {
  checkSrpA,
  cognitoVerifier,
  createDeviceVerifier,
  resumeCognitoServer,
  startCognitoClient,
  startCognitoServer,
} from './defaults.js'
export type { DeviceKeys, DeviceVerifier } from './device.js'
export { secretHash } from './secret-hash.js'
export type { CognitoAnswer, CognitoRecord, CognitoServer } from './server.js'
export { formatTimestamp } from './timestamp.js'
export { parseUserPoolId, type UserPoolId } from './user-pool-id.js'
