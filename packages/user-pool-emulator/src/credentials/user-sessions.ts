import type { Pool } from '../model/pool.js'
import type { Grant, User } from '../model/state.js'

/** Return a user's sign-ins that still hold, the one used last first. */
export function userSessions(pool: Pool, user: User): Grant[] {
  const now = pool.host.now()
  return pool.grantIndex
    .of(user.sub)
    .filter((grant) => !grant.revoked && grant.expiresAt > now)
    .sort((a, b) => b.lastActiveAt - a.lastActiveAt)
}

/**
 * Return the id of a session: `tkn` and 25 lowercase letters or digits (service model, SessionDescriptionType), made from
 * the UUID of the sign-in.
 */
export const sessionId = ({ originJti }: Grant): string =>
  `tkn${BigInt(`0x${originJti.replaceAll('-', '')}`)
    .toString(36)
    .padStart(25, '0')}`

/**
 * End the session that a user has not used for longest, where another one would be too many. Service model,
 * UserPoolTokenSessionConfigType: "When a user reaches this limit, the next successful authentication automatically
 * evicts that user's least recently used token session before it creates the new session."
 */
export function endOldestSession(pool: Pool, user: User): void {
  const { enabled, maxPerUser } = pool.settings.sessionTracking
  if (!enabled) return
  for (const grant of userSessions(pool, user).slice(maxPerUser - 1)) grant.revoked = true
}
