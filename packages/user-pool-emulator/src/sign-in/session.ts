import { toBase64Url } from '../config/encoding.js'
import { invalidSession, missingParameter, usedSession } from '../config/errors.js'
import { setWithSweep } from '../model/expiring.js'
import type { Pool } from '../model/pool.js'
import type { Attempt, Session } from '../model/state.js'
import type { AuthContext } from './auth-context.js'

// Recorded Sessions are base64url of 850 to 1,000 characters that begin with AYABe: the header of the AWS Encryption SDK
// (version 1, type 128, algorithm 0x0178).
const HEADER = [0x01, 0x80, 0x01, 0x78]
const SESSION_BYTES = 696

/** Draw the id of a Session, in the shape of the service's. */
export function newSessionId(pool: Pool): string {
  const random = pool.host.random(SESSION_BYTES - HEADER.length)
  return toBase64Url(Uint8Array.from([...HEADER, ...random]))
}

/** Open the Session of a challenge; the attempt is copied, so that later steps do not change this one. */
export function openSession(
  { pool, client }: Pick<AuthContext, 'pool' | 'client'>,
  challenge: string,
  attempt: Attempt,
  data: Readonly<Record<string, string>> = {},
): string {
  const now = pool.host.now()
  const id = newSessionId(pool)
  const session: Session = {
    id,
    challenge,
    attempt: structuredClone(attempt),
    expiresAt: now + client.lifetimes.session * 1000,
    data,
    used: false,
    tries: 0,
  }
  setWithSweep(pool.sessions, id, session, now)
  return id
}

/** Refuse a Session that is used, expired or of another challenge. */
export function checkSession(pool: Pool, session: Session | undefined, challenge: string): Session {
  if (session === undefined || session.challenge !== challenge) throw invalidSession()
  if (session.used) throw usedSession()
  if (session.expiresAt <= pool.host.now()) throw invalidSession()
  return session
}

/**
 * Find the open Session of this challenge.
 * @throws ServiceError "Missing required parameter Session" (amazon-cognito-identity-js #627, #542), or the refusal of one
 * that is expired, used, of another client or challenge
 */
export function findSession(context: AuthContext, challenge: string): Session {
  if (context.session === undefined) throw missingParameter('Session')
  const session = checkSession(context.pool, context.pool.sessions.get(context.session), challenge)
  if (session.attempt.clientId !== context.client.clientId) throw invalidSession()
  return session
}

/** Use a Session up. Of two requests that answer it at once, one gets through. */
export function closeSession(session: Session): Attempt {
  if (session.used) throw usedSession()
  session.used = true
  return structuredClone(session.attempt)
}

/** Count a wrong answer; the last one that is allowed uses the Session up. */
export function countWrongAnswer(pool: Pool, session: Session): void {
  session.tries++
  if (session.tries >= pool.settings.assumptions.codeTries) session.used = true
}
