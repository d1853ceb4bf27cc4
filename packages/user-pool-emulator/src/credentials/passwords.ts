import { cognitoVerifier } from '@srp6a/srp/cognito'
import { sameText, toShortHex } from '../config/encoding.js'
import { ServiceError } from '../config/errors.js'
import type { Pool } from '../model/pool.js'
import type { User } from '../model/state.js'

/**
 * Passwords of a seed whose verifiers have not been worked out yet. A verifier takes milliseconds, so a seed of thousands
 * of users gets each at the user's first sign-in. Beside the state: no snapshot, log or page can show them.
 */
const pending = new WeakMap<User, string>()

const derive = (pool: Pool, userId: string, password: string, salt: string): string =>
  cognitoVerifier({ scope: pool.poolName, userId, password, salt }, pool.host.srpOptions)

/**
 * Refuse a password that is the user's, or was among the last ones. Service model, PasswordHistorySize: "Users can't set a
 * password that matches any of n previous passwords".
 * @throws ServiceError PasswordHistoryPolicyViolationException
 */
export function checkPasswordHistory(pool: Pool, user: User, password: string): void {
  const { historySize = 0 } = pool.settings.passwordPolicy
  if (historySize === 0) return
  const current = passwordRecord(pool, user)
  const records = [...(current === undefined ? [] : [current]), ...(user.formerPasswords ?? [])].slice(0, historySize)
  if (records.some((record) => matchesVerifier(pool, { userId: user.username, ...record }, password))) {
    throw new ServiceError('PasswordHistoryPolicyViolationException', pool.settings.assumptions.passwordUsedBefore)
  }
}

/** Replace the password by a fresh salt and its verifier, which voids every proof, session and code of the old one. */
export function setPassword(pool: Pool, user: User, password: string): void {
  const { historySize = 0 } = pool.settings.passwordPolicy
  const current = historySize > 0 ? passwordRecord(pool, user) : undefined
  if (current !== undefined) user.formerPasswords = [current, ...(user.formerPasswords ?? [])].slice(0, historySize)
  pending.delete(user)
  user.salt = toShortHex(pool.host.random(16))
  user.verifier = derive(pool, user.username, password, user.salt)
  user.credentialVersion++
}

/** Give a new user a password whose verifier is worked out when it is first needed. */
export function setPasswordLater(pool: Pool, user: User, password: string, salt?: string): void {
  user.salt = salt ?? toShortHex(pool.host.random(16))
  pending.set(user, password)
}

/** Tell whether the user has a password. */
export const hasPassword = (user: User): boolean => user.verifier !== '' || pending.has(user)

/** Return the user's salt and verifier; undefined for a user without a password. */
export function passwordRecord(pool: Pool, user: User): { salt: string; verifier: string } | undefined {
  const password = pending.get(user)
  if (password !== undefined) {
    user.verifier = derive(pool, user.username, password, user.salt)
    pending.delete(user)
  }
  const { salt, verifier } = user
  return verifier === '' ? undefined : { salt, verifier }
}

/**
 * Work verifiers out that are still to come, for a while.
 *
 * @param milliseconds after which it stops
 * @returns how many users are left
 */
export function deriveVerifiers(pools: Iterable<Pool>, milliseconds: number): number {
  const end = performance.now() + milliseconds
  let left = 0
  for (const pool of pools) {
    for (const user of pool.users.values()) {
      if (!pending.has(user)) continue
      if (performance.now() < end) passwordRecord(pool, user)
      else left++
    }
  }
  return left
}

/** Return how long a temporary password is good for, in milliseconds. */
export const temporaryPasswordMs = (pool: Pool): number =>
  pool.settings.passwordPolicy.temporaryPasswordValidityDays * 86_400_000

/** Refuse passwords outside the pool's policy, in the service's words. */
export function checkPasswordPolicy(pool: Pool, password: string): void {
  const policy = pool.settings.passwordPolicy
  const refuse = (what: string): never => {
    throw new ServiceError('InvalidPasswordException', `Password did not conform with policy: ${what}`)
  }
  if ([...password].length < policy.minimumLength) refuse('Password not long enough')
  if (policy.requireLowercase && !/[a-z]/.test(password)) refuse('Password must have lowercase characters')
  if (policy.requireUppercase && !/[A-Z]/.test(password)) refuse('Password must have uppercase characters')
  if (policy.requireNumbers && !/[0-9]/.test(password)) refuse('Password must have numeric characters')
  if (policy.requireSymbols && !/[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+ -]/.test(password)) {
    refuse('Password must have symbol characters')
  }
}

/** Tell whether this is the user's password: its verifier is derived again and compared in constant time. */
export function isPassword(pool: Pool, user: User, password: string): boolean {
  const record = passwordRecord(pool, user)
  return record !== undefined && matchesVerifier(pool, { userId: user.username, ...record }, password)
}

const trim = (hex: string): string => hex.toLowerCase().replace(/^0+/, '')

/** Tell whether a password has this verifier. Works on made-up parameters too, so that an unknown user costs as much. */
export function matchesVerifier(
  pool: Pool,
  record: { readonly userId: string; readonly salt: string; readonly verifier: string },
  password: string,
): boolean {
  const computed = derive(pool, record.userId, password, record.salt)
  return sameText(trim(record.verifier), trim(computed))
}
