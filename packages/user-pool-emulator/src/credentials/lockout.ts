import { notAuthorized } from '../config/errors.js'
import type { Pool } from '../model/pool.js'

const FREE_FAILURES = 5
const LONGEST_LOCK_MS = 15 * 60_000

/**
 * "After five failed sign-in attempts … Amazon Cognito locks out your user for one second. The lockout duration then
 * doubles after each additional one failed attempt, up to a maximum of approximately 15 minutes. Attempts made
 * during a lockout … don't affect the duration of subsequent lockout periods. … 2^(n-5) seconds. To reset the
 * lockout to its n=0 initial state, your user must either sign in successfully after a lockout period expires, or not
 * initiate any sign-in attempts for 15 consecutive minutes at any time after a lockout."
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html
 */
export function checkLockout(pool: Pool, username: string): void {
  const failures = pool.failures.get(username)
  const now = pool.host.now()
  if (failures === undefined) return
  const idle = now - failures.lastAt
  if (now < failures.lockedUntil) {
    failures.lastAt = now
    throw notAuthorized('Password attempts exceeded')
  }
  if (idle >= LONGEST_LOCK_MS) pool.failures.delete(username)
}

/** A wrong password: from the fifth on it locks the name. */
export function countFailure(pool: Pool, username: string): void {
  const now = pool.host.now()
  if (pool.failures.size >= 1024) {
    for (const [name, { lastAt }] of pool.failures) if (now - lastAt >= LONGEST_LOCK_MS) pool.failures.delete(name)
  }
  const failures = pool.failures.get(username) ?? { count: 0, lastAt: now, lockedUntil: 0 }
  failures.count++
  failures.lastAt = now
  if (failures.count >= FREE_FAILURES) {
    failures.lockedUntil = now + Math.min(2 ** (failures.count - FREE_FAILURES) * 1000, LONGEST_LOCK_MS)
  }
  pool.failures.set(username, failures)
}

/** A right password starts the count again. */
export const clearFailures = (pool: Pool, username: string): boolean => pool.failures.delete(username)
