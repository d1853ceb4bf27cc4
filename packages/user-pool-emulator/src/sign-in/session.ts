import { assumptions } from '../config/assumptions.js'
import { toBase64Url } from '../config/encoding.js'
import { invalidSession } from '../config/errors.js'
import { setWithSweep } from '../model/expiring.js'
import type { Attempt, Session } from '../model/state.js'
import type { AuthContext } from './auth-context.js'

/** Opens the Session of a challenge; the attempt is copied, so that later steps do not change this one. */
export function openSession(
  context: AuthContext,
  challenge: string,
  attempt: Attempt,
  data: Readonly<Record<string, string>> = {},
): string {
  const { pool, client } = context
  const now = pool.host.now()
  const id = toBase64Url(pool.host.random(assumptions.sessionBytes))
  const session: Session = {
    id,
    challenge,
    attempt: structuredClone(attempt),
    expiresAt: now + client.lifetimes.session * 1000,
    data,
  }
  setWithSweep(pool.sessions, id, session, now)
  return id
}

/** The open Session of this challenge, or the service's refusal: expired, used, of another client or challenge. */
export function findSession(context: AuthContext, ...challenges: readonly string[]): Session {
  const session = context.pool.sessions.get(context.session ?? '')
  if (session === undefined || !challenges.includes(session.challenge)) throw invalidSession()
  if (session.attempt.clientId !== context.client.clientId) throw invalidSession()
  if (session.expiresAt <= context.pool.host.now()) {
    context.pool.sessions.delete(session.id)
    throw invalidSession()
  }
  return session
}

/** Uses a Session up. Of two requests that answer it at once, one gets through. */
export function closeSession(context: AuthContext, session: Session): Attempt {
  if (!context.pool.sessions.delete(session.id)) throw invalidSession()
  return structuredClone(session.attempt)
}
