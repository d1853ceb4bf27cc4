/**
 * SRP-6a: the client's half, the server's half, verifiers, suites and groups.
 * @module @srp6a/srp
 */
export type { Clock } from './arguments.js'
export type { Bytes } from './bytes.js'
export type { ClientAnswer, ClientChallenge, ClientSession, SrpClient } from './client.js'
export { fromBase64, fromHex, toBase64, toHex } from './codec.js'
export { decoyRecord } from './decoy.js'
export { enroll, identifySuite, resumeClient, resumeServer, startClient, startServer } from './defaults.js'
export {
  type Derived,
  defineSuite,
  type PasswordKdfInput,
  type Suite,
  type SuiteDefinition,
} from './define-suite.js'
export { type Encoder, hexText, minimal, padded, raw, signed } from './encode.js'
export { bigintEngine } from './engine/bigint.js'
export type { Engine, GroupArithmetic, GroupParameters } from './engine/engine.js'
export type { Credentials, EnrollOptions, ServerRecord } from './enroll.js'
export { SrpError, type SrpErrorCode } from './errors.js'
export { defineGroup } from './groups/define-group.js'
export type { Group } from './groups/group.js'
export * as groups from './groups/index.js'
export type { Outcome } from './handshake.js'
export type { HandshakeMatch, IdentifiedSuite, RecordedHandshake } from './identify-suite.js'
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
export type { ServerAnswer, SrpServer } from './server.js'
export type { Hash, HashInput, KeyAgreement, SrpOptions, Term, ValueName } from './suite.js'
export * as suites from './suites/index.js'
