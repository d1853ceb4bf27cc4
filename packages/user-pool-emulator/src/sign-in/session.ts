import { assumptions } from '../assumptions.js'
import { invalidSession } from '../errors.js'
import { keep } from '../pool.js'
import type { Attempt, Session } from '../state.js'
import { toBase64Url } from '../text.js'
import type { Turn } from './turn.js'

/** Opens the Session of a challenge; the attempt is copied, so that later steps do not change this one. */
export function openSession(
  turn: Turn,
  challenge: string,
  attempt: Attempt,
  data: Readonly<Record<string, string>> = {},
): string {
  const { pool, client } = turn
  const now = pool.host.now()
  const id = toBase64Url(pool.host.random(assumptions.sessionBytes))
  const session: Session = {
    id,
    challenge,
    attempt: structuredClone(attempt),
    expiresAt: now + client.lifetimes.session * 1000,
    data,
  }
  keep(pool.sessions, id, session, now)
  return id
}

/** The open Session of this challenge, or the service's refusal: expired, used, of another client or challenge. */
export function findSession(turn: Turn, ...challenges: readonly string[]): Session {
  const session = turn.pool.sessions.get(turn.session ?? '')
  if (session === undefined || !challenges.includes(session.challenge)) throw invalidSession()
  if (session.attempt.clientId !== turn.client.clientId) throw invalidSession()
  if (session.expiresAt <= turn.pool.host.now()) {
    turn.pool.sessions.delete(session.id)
    throw invalidSession()
  }
  return session
}

/** Uses a Session up. Of two requests that answer it at once, one gets through. */
export function closeSession(turn: Turn, session: Session): Attempt {
  if (!turn.pool.sessions.delete(session.id)) throw invalidSession()
  return structuredClone(session.attempt)
}
