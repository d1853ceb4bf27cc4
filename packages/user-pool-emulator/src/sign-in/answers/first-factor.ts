import { invalidParameter, invalidSession, wrongPassword } from '../../config/errors.js'
import { decoyFor } from '../../credentials/decoy.js'
import { checkSecretHash } from '../../credentials/secret-hash.js'
import { verifyAssertion } from '../../credentials/web-authn.js'
import type { Session } from '../../model/state.js'
import { advance, checkDeviceKey } from '../advance.js'
import { askSrp } from '../ask/srp.js'
import { type AuthContext, parameter, type Reply } from '../auth-context.js'
import { type Candidate, isSameUser } from '../first-factor.js'
import { closeSession, findSession } from '../session.js'
import { srpAOf } from '../srp-exchange.js'
import { availableChallenges, chooseFactor, passPassword } from '../user-auth.js'
import { findAnswered } from './answered.js'

/** The user of an open Session, or the same made-up parameters again. */
async function candidateOf(
  context: AuthContext,
  challenge: string,
): Promise<{ session: Session; candidate: Candidate }> {
  const username = parameter(context, 'USERNAME')
  checkSecretHash(context.client, username, context.parameters.get('SECRET_HASH'))
  const session = findSession(context, challenge)
  if (!(await isSameUser(context, session.attempt))) throw invalidSession()
  const attempt = structuredClone(session.attempt)
  attempt.deviceKey = context.parameters.get('DEVICE_KEY') ?? attempt.deviceKey
  const user = attempt.decoy ? undefined : context.pool.users.get(attempt.username)
  const { salt, verifier } =
    user === undefined || user.verifier === '' ? await decoyFor(context.pool, attempt.typed) : user
  return { session, candidate: { user, attempt, salt, verifier } }
}

/** SELECT_CHALLENGE: ANSWER is one of AvailableChallenges; its parameters may come in the same call. */
export async function answerSelectChallenge(context: AuthContext): Promise<Reply> {
  const choice = parameter(context, 'ANSWER')
  const { session, candidate } = await candidateOf(context, 'SELECT_CHALLENGE')
  if (!availableChallenges(context.pool, candidate.user).includes(choice)) {
    throw invalidParameter(`Challenge ${choice} is not available.`)
  }
  const reply = await chooseFactor(context, candidate, choice)
  closeSession(context, session)
  return reply
}

/** PASSWORD: a plain password as first factor. */
export async function answerPassword(context: AuthContext): Promise<Reply> {
  parameter(context, 'PASSWORD')
  const { session, candidate } = await candidateOf(context, 'PASSWORD')
  const reply = await passPassword(context, candidate)
  closeSession(context, session)
  return reply
}

/** PASSWORD_SRP: SRP_A, then PASSWORD_VERIFIER. */
export async function answerPasswordSrp(context: AuthContext): Promise<Reply> {
  parameter(context, 'SRP_A')
  const { session, candidate } = await candidateOf(context, 'PASSWORD_SRP')
  const reply = askSrp(context, candidate, srpAOf(context), true)
  closeSession(context, session)
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

/** WEB_AUTHN: what `navigator.credentials.get` gave, as JSON. A passkey counts as both factors. */
export async function answerPasskey(context: AuthContext): Promise<Reply> {
  const credential = parseCredential(parameter(context, 'CREDENTIAL'))
  const { session, user } = await findAnswered(context, 'WEB_AUTHN')
  if (!(await verifyAssertion(context.pool, user, session.data.challenge ?? '', credential))) throw wrongPassword()
  checkDeviceKey(context, session.attempt)
  const attempt = closeSession(context, session)
  attempt.mfaDone = true
  attempt.deviceKey = context.parameters.get('DEVICE_KEY') ?? attempt.deviceKey
  return advance(context, attempt)
}
