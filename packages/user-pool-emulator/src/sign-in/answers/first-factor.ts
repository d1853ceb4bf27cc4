import { invalidParameter, invalidSession, wrongPassword } from '../../config/errors.js'
import { decoyFor } from '../../credentials/decoy.js'
import { passwordRecord } from '../../credentials/passwords.js'
import { checkSecretHash } from '../../credentials/secret-hash.js'
import { verifyAssertion } from '../../credentials/web-authn.js'
import type { Session } from '../../model/state.js'
import { advance, checkDeviceKey } from '../advance.js'
import { askSrp } from '../ask/srp.js'
import { type AuthContext, knownUser, parameter, passed, type Reply } from '../auth-context.js'
import { type Candidate, isSameUser } from '../first-factor.js'
import { closeSession, findSession } from '../session.js'
import { srpAOf } from '../srp-exchange.js'
import { suitable } from '../step-up.js'
import { availableChallenges, chooseFactor, passkeyIsMultiFactor, passPassword } from '../user-auth.js'
import { findAnswered } from './answered.js'

/** Find the user of an open Session, or the same made-up parameters again. */
export async function candidateOf(
  context: AuthContext,
  challenge: string,
): Promise<{ session: Session; candidate: Candidate }> {
  const username = parameter(context, 'USERNAME')
  checkSecretHash(context.client, username, context.parameters.get('SECRET_HASH'))
  const session = findSession(context, challenge)
  if (!(await isSameUser(context, session.attempt))) throw invalidSession()
  const attempt = structuredClone(session.attempt)
  attempt.deviceKey = context.parameters.get('DEVICE_KEY') ?? attempt.deviceKey
  const user = knownUser(context.pool, attempt)
  if (user === undefined && !attempt.decoy) throw invalidSession()
  const record = user && passwordRecord(context.pool, user)
  const { salt, verifier } = record ?? (await decoyFor(context.pool, attempt.typed))
  return { session, candidate: { user, attempt, salt, verifier } }
}

/** SELECT_CHALLENGE: ANSWER is one of AvailableChallenges; its parameters may come in the same call. */
export async function answerSelectChallenge(context: AuthContext): Promise<Reply> {
  const choice = parameter(context, 'ANSWER')
  const { session, candidate } = await candidateOf(context, 'SELECT_CHALLENGE')
  const { user, attempt } = candidate
  if (!suitable(context, attempt, user, availableChallenges(context.pool, user)).includes(choice)) {
    throw invalidParameter(`Challenge ${choice} is not available.`)
  }
  const reply = await chooseFactor(context, candidate, choice)
  closeSession(session)
  return reply
}

/** PASSWORD: a plain password as first factor. */
export async function answerPassword(context: AuthContext): Promise<Reply> {
  parameter(context, 'PASSWORD')
  const { session, candidate } = await candidateOf(context, 'PASSWORD')
  const reply = await passPassword(context, candidate)
  closeSession(session)
  return reply
}

/** PASSWORD_SRP: SRP_A, then PASSWORD_VERIFIER. */
export async function answerPasswordSrp(context: AuthContext): Promise<Reply> {
  parameter(context, 'SRP_A')
  const { session, candidate } = await candidateOf(context, 'PASSWORD_SRP')
  const reply = await askSrp(context, candidate, srpAOf(context), true)
  closeSession(session)
  return reply
}

function parseCredential(text: string): object {
  try {
    const credential: unknown = JSON.parse(text)
    if (typeof credential === 'object' && credential !== null) return credential
  } catch {
    // falls through to the refusal
  }
  throw invalidParameter('CREDENTIAL is not a JSON object.')
}

/**
 * Answer WEB_AUTHN: what `navigator.credentials.get` gave, as JSON. A passkey counts as one factor unless
 * WebAuthnConfiguration.FactorConfiguration says otherwise and the user was verified (service model).
 */
export async function answerPasskey(context: AuthContext): Promise<Reply> {
  const credential = parseCredential(parameter(context, 'CREDENTIAL'))
  const { session, user } = await findAnswered(context, 'WEB_AUTHN')
  const verified = await verifyAssertion(context.pool, user, session.data.challenge ?? '', credential)
  if (verified === undefined) throw wrongPassword()
  checkDeviceKey(context, session.attempt)
  const attempt = closeSession(session)
  attempt.mfaDone = verified.userVerified && passkeyIsMultiFactor(context.pool)
  attempt.mfaPassed = attempt.mfaDone
  attempt.deviceKey = context.parameters.get('DEVICE_KEY') ?? attempt.deviceKey
  const roaming = 'authenticatorAttachment' in credential && credential.authenticatorAttachment === 'cross-platform'
  return advance(context, passed(attempt, roaming ? 'hwk' : 'swk'))
}
