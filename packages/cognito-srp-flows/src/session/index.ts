/**
 * Keep a user signed in: tokens that are stored, refreshed and shared between tabs.
 * @module cognito-srp-flows/session
 */
export type { LocksLike } from '../platform.js'
export { type AdoptOptions, adoptAmplify, adoptIdentityJs } from './adopt.js'
export {
  type CookieAttributes,
  type CookieJar,
  cookieStorage,
  documentCookies,
  headerCookies,
  type SiteCookies,
} from './cookies.js'
export { createSession, type Session, type SessionOptions, type SignOutOptions, type TokensOptions } from './session.js'
export { type Awaitable, chunkedStorage, type ItemStorage, type KeyValueStorage, memoryStorage } from './storage.js'
export type { SessionEvent, SessionUser } from './store.js'
export type { Tabs } from './tabs.js'
