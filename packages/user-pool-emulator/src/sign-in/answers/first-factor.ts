import { checkSecretHash } from '../../clients.js'
import { decoyFor } from '../../decoy.js'
import { invalidParameter, invalidSession, wrongPassword } from '../../errors.js'
import type { Session } from '../../state.js'
import { verifyAssertion } from '../../web-authn.js'
import { advance, checkDeviceKey } from '../advance.js'
import { askSrp } from '../ask/srp.js'
import { type Candidate, isSameUser } from '../first-factor.js'
import { closeSession, findSession } from '../session.js'
import { srpAOf } from '../srp-exchange.js'
import { parameter, type Reply, type Turn } from '../turn.js'
import { availableChallenges, chooseFactor, passPassword } from '../user-auth.js'
import { findAnswered } from './answered.js'

/** The user of an open Session, or the same made-up parameters again. */
async function candidateOf(turn: Turn, challenge: string): Promise<{ session: Session; candidate: Candidate }> {
  const username = parameter(turn, 'USERNAME')
  checkSecretHash(turn.client, username, turn.parameters.get('SECRET_HASH'))
  const session = findSession(turn, challenge)
  if (!(await isSameUser(turn, session.attempt))) throw invalidSession()
  const attempt = structuredClone(session.attempt)
  attempt.deviceKey = turn.parameters.get('DEVICE_KEY') ?? attempt.deviceKey
  const user = attempt.decoy ? undefined : turn.pool.users.get(attempt.username)
  const { salt, verifier } =
    user === undefined || user.verifier === '' ? await decoyFor(turn.pool, attempt.typed) : user
  return { session, candidate: { user, attempt, salt, verifier } }
}

/** SELECT_CHALLENGE: ANSWER is one of AvailableChallenges; its parameters may come in the same call. */
export async function answerSelectChallenge(turn: Turn): Promise<Reply> {
  const choice = parameter(turn, 'ANSWER')
  const { session, candidate } = await candidateOf(turn, 'SELECT_CHALLENGE')
  if (!availableChallenges(turn.pool, candidate.user).includes(choice)) {
    throw invalidParameter(`Challenge ${choice} is not available.`)
  }
  const reply = await chooseFactor(turn, candidate, choice)
  closeSession(turn, session)
  return reply
}

/** PASSWORD: a plain password as first factor. */
export async function answerPassword(turn: Turn): Promise<Reply> {
  parameter(turn, 'PASSWORD')
  const { session, candidate } = await candidateOf(turn, 'PASSWORD')
  const reply = await passPassword(turn, candidate)
  closeSession(turn, session)
  return reply
}

/** PASSWORD_SRP: SRP_A, then PASSWORD_VERIFIER. */
export async function answerPasswordSrp(turn: Turn): Promise<Reply> {
  parameter(turn, 'SRP_A')
  const { session, candidate } = await candidateOf(turn, 'PASSWORD_SRP')
  const reply = askSrp(turn, candidate, srpAOf(turn), true)
  closeSession(turn, session)
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
export async function answerPasskey(turn: Turn): Promise<Reply> {
  const credential = parseCredential(parameter(turn, 'CREDENTIAL'))
  const { session, user } = await findAnswered(turn, 'WEB_AUTHN')
  if (!(await verifyAssertion(turn.pool, user, session.data.challenge ?? '', credential))) throw wrongPassword()
  checkDeviceKey(turn, session.attempt)
  const attempt = closeSession(turn, session)
  attempt.mfaDone = true
  attempt.deviceKey = turn.parameters.get('DEVICE_KEY') ?? attempt.deviceKey
  return advance(turn, attempt)
}
