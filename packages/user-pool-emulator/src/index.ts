/**
 * A local Cognito user pool for development and tests. It really verifies SRP; it is no place for real users.
 * @module cognito-user-pool-emulator
 */
export { createUserPool, restoreUserPool, type UserPool } from './create-user-pool.js'
export { FAULT_KINDS, type Fault, type FaultKind, type Faults } from './faults.js'
export type { Json } from './input.js'
export type { Exchanged } from './log.js'
export type {
  Alias,
  ClientOptions,
  DeviceTracking,
  ExplicitAuthFlow,
  FirstFactor,
  HostOptions,
  Lifetimes,
  MfaMethod,
  MfaSettings,
  PasswordPolicy,
  PrivateJwk,
  UserOptions,
  UserPoolOptions,
  UserPoolSeed,
  UserStatus,
  WebAuthnSettings,
} from './options.js'
export type { Message, Outbox } from './outbox.js'
export { type Handler, type ServeOptions, type Server, serve } from './serve.js'
export type { Snapshot } from './snapshot.js'
export type { Trigger, TriggerEvent, TriggerName, Triggers } from './triggers.js'
