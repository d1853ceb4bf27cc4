import { cognitoVerifier } from '@srp6a/srp/cognito'
import { sameText, toShortHex } from '../config/encoding.js'
import { ServiceError } from '../config/errors.js'
import type { Pool } from '../model/pool.js'
import type { User } from '../model/state.js'

/** Replaces the password by a fresh salt and its verifier; the password itself is not kept. */
export function setPassword(pool: Pool, user: User, password: string, salt?: string): void {
  user.salt = salt ?? toShortHex(pool.host.random(16))
  user.verifier = cognitoVerifier({ scope: pool.poolName, userId: user.username, password, salt: user.salt })
}

/** How long a temporary password is good for, in milliseconds. */
export const temporaryPasswordMs = (pool: Pool): number =>
  pool.settings.passwordPolicy.temporaryPasswordValidityDays * 86_400_000

/** Refuses passwords outside the pool's policy, in the service's words. */
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

/** Whether this is the user's password: its verifier is worked out anew and compared in constant time. */
export function isPassword(pool: Pool, user: User, password: string): boolean {
  const { username, salt, verifier } = user
  return verifier !== '' && matchesVerifier(pool, { userId: username, salt, verifier }, password)
}

const trim = (hex: string): string => hex.toLowerCase().replace(/^0+/, '')

/** The same for made-up parameters, so that an unknown user costs as much as a real one. */
export function matchesVerifier(
  pool: Pool,
  record: { readonly userId: string; readonly salt: string; readonly verifier: string },
  password: string,
): boolean {
  const { userId, salt, verifier } = record
  const computed = cognitoVerifier({ scope: pool.poolName, userId, password, salt })
  return sameText(trim(verifier), trim(computed))
}
