/**
 * A local Cognito user pool for development and tests. It really verifies SRP; it is no place for real users.
 * @module cognito-user-pool-emulator
 */

export type { Assumptions, NewDeviceRule } from './config/assumptions.js'
export type { Json } from './config/json.js'
export type {
  Alias,
  ClientOptions,
  DeviceTracking,
  ExplicitAuthFlow,
  FirstFactor,
  GroupOptions,
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
} from './config/options.js'
export type { Trigger, TriggerEvent, TriggerName, Triggers } from './config/triggers.js'
export { createUserPool, createUserPools, restoreUserPool, type UserPool } from './create-user-pool.js'
export type { Exchanged } from './http/log.js'
export { type Handler, type ServeOptions, type Server, serve } from './http/serve.js'
export { FAULT_KINDS, type Fault, type FaultKind, type Faults } from './model/faults.js'
export type { Message, Outbox } from './model/outbox.js'
export type { Snapshot } from './model/snapshot.js'
