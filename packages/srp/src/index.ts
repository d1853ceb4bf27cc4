/**
 * SRP-6a: the client's half, the server's half, verifiers, suites and groups.
 * @module @srp6a/srp
 */
export type { Bytes } from './bytes.js'
export { type ClientProof, type ServerHello, type SrpClient, startClient } from './client.js'
export { decoyRecord } from './decoy.js'
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
export { type Credentials, type Enrollment, type EnrollOptions, enroll } from './enroll.js'
export { SrpError, type SrpErrorCode } from './errors.js'
export * as groups from './groups/rfc5054.js'
export { defineGroup, type Group } from './groups.js'
export type { Outcome } from './handshake.js'
export type { RandomSource } from './random.js'
export { openState, type SealOptions, sealState } from './sealed-state.js'
export { resumeServer, type ServerProof, type ServerRecord, type SrpServer, startServer } from './server.js'
export type { Hash, HashInput, KeyAgreement, SrpOptions, Term, ValueName } from './suite.js'
export * as suites from './suites/index.js'
