/**
 * SRP-6a for a program that brings its engine: the names of `@srp6a/srp`, with the option `engine` required, and without
 * the default engine in the bundle.
 * @module @srp6a/srp/bring-engine
 */
export type { Clock } from './arguments.js'
export type { Bytes } from './bytes.js'
export {
  type ClientAnswer,
  type ClientChallenge,
  type ClientSession,
  resumeClient,
  type SrpClient,
  startClient,
} from './client.js'
export { fromBase64, fromHex, toBase64, toHex } from './codec.js'
export { decoyRecord } from './decoy.js'
export {
  type Derived,
  defineSuite,
  type PasswordKdfInput,
  type Suite,
  type SuiteDefinition,
} from './define-suite.js'
export { type Encoder, hexText, minimal, padded, raw, signed } from './encode.js'
export type { Engine, GroupArithmetic, GroupParameters } from './engine/engine.js'
export { type Credentials, type EnrollOptions, enroll, type ServerRecord } from './enroll.js'
export { SrpError, type SrpErrorCode } from './errors.js'
export { defineGroup } from './groups/define-group.js'
export type { Group } from './groups/group.js'
export * as groups from './groups/index.js'
export type { Outcome } from './handshake.js'
export { type HandshakeMatch, type IdentifiedSuite, identifySuite, type RecordedHandshake } from './identify-suite.js'
export type { RandomSource } from './random.js'
export {
  openRecord,
  type ReadRecordOptions,
  type ReceivedRecord,
  type RecordSession,
  readRecord,
  sealRecord,
} from './record.js'
export { type OpenOptions, openState, type SealOptions, sealState } from './sealed-state.js'
export { resumeServer, type ServerAnswer, type SrpServer, startServer } from './server.js'
export type { EngineOptions, Hash, HashInput, KeyAgreement, SrpOptions, Term, ValueName } from './suite.js'
export * as suites from './suites/index.js'
