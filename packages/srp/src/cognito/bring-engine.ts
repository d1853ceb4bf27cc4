/**
 * The suite of Amazon Cognito for a program that brings its engine: the names of `@srp6a/srp/cognito`, with the option
 * `engine` required, and without the default engine in the bundle.
 * @module @srp6a/srp/cognito/bring-engine
 */
export type { Clock } from '../arguments.js'
export type { Bytes } from '../bytes.js'
export { fromBase64, fromHex, toBase64, toHex } from '../codec.js'
export type { Engine, GroupArithmetic, GroupParameters } from '../engine/engine.js'
export { SrpError, type SrpErrorCode } from '../errors.js'
export type { RandomSource } from '../random.js'
export type { EngineOptions, SrpOptions } from '../suite.js'
export type { ChallengeParameters, Claim } from './claim.js'
export { type CognitoClient, type DeviceChallenge, startCognitoClient, type UserChallenge } from './client.js'
export { createDeviceVerifier, type DeviceKeys, type DeviceVerifier } from './device.js'
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
