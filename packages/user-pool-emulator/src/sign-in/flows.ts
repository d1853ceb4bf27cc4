import { assumptions } from '../assumptions.js'
import { allows, checkSecretHash } from '../clients.js'
import { invalidParameter, notAuthorized } from '../errors.js'
import { advance } from './advance.js'
import { askSrp } from './ask/srp.js'
import { define, follow } from './custom.js'
import { checkMaySignIn, checkPlainPassword, findCandidate } from './first-factor.js'
import { migrateUser } from './migrate.js'
import { signInByRefreshToken } from './refresh.js'
import { srpAOf } from './srp-exchange.js'
import { parameter, type Reply, type Turn } from './turn.js'
import { userAuth } from './user-auth.js'

export type Flow = (turn: Turn) => Promise<Reply>

/** USER_SRP_AUTH: answered by PASSWORD_VERIFIER without a Session. */
const userSrp: Flow = async (turn) => {
  if (!allows(turn.client, 'ALLOW_USER_SRP_AUTH')) {
    throw invalidParameter('USER_SRP_AUTH is not enabled for the client.')
  }
  parameter(turn, 'USERNAME')
  const srpA = srpAOf(turn)
  return askSrp(turn, await findCandidate(turn), srpA, false)
}

const plainPassword: Flow = async (turn) => {
  const username = parameter(turn, 'USERNAME')
  const password = parameter(turn, 'PASSWORD')
  // Only whoever knows the client's secret may ask about users elsewhere.
  checkSecretHash(turn.client, username, turn.parameters.get('SECRET_HASH'))
  await migrateUser(turn, password)
  const candidate = await findCandidate(turn)
  checkPlainPassword(turn, candidate, password)
  return advance(turn, candidate.attempt)
}

const userPassword: Flow = (turn) => {
  if (!allows(turn.client, 'ALLOW_USER_PASSWORD_AUTH')) {
    throw invalidParameter('USER_PASSWORD_AUTH flow not enabled for this client')
  }
  return plainPassword(turn)
}

const adminPassword: Flow = (turn) => {
  if (!turn.admin) throw invalidParameter('Initiate Auth method not supported.')
  if (!allows(turn.client, 'ALLOW_ADMIN_USER_PASSWORD_AUTH')) {
    throw notAuthorized('Auth flow not enabled for this client')
  }
  return plainPassword(turn)
}

/**
 * CUSTOM_AUTH: the triggers decide. With CHALLENGE_NAME=SRP_A they are asked first whether SRP comes before their own
 * challenges.
 */
const customAuth: Flow = async (turn) => {
  if (!allows(turn.client, 'ALLOW_CUSTOM_AUTH')) throw invalidParameter('CUSTOM_AUTH is not enabled for the client.')
  const startsWithSrp = turn.parameters.get('CHALLENGE_NAME') === 'SRP_A'
  const srpA = startsWithSrp ? srpAOf(turn) : undefined
  const candidate = await findCandidate(turn)
  const { user, attempt } = candidate
  if (user !== undefined) checkMaySignIn(turn, user)
  attempt.rounds = startsWithSrp ? [{ challengeName: 'SRP_A', challengeResult: true }] : []
  const decision = await define(turn, attempt)
  if (srpA === undefined || decision !== 'PASSWORD_VERIFIER') return follow(turn, attempt, decision)
  return askSrp(turn, candidate, srpA, assumptions.sessionInCustomPasswordVerifier)
}

/** By AuthFlowType. */
export const flows: ReadonlyMap<string, Flow> = new Map([
  ['USER_SRP_AUTH', userSrp],
  ['USER_PASSWORD_AUTH', userPassword],
  ['ADMIN_USER_PASSWORD_AUTH', adminPassword],
  ['ADMIN_NO_SRP_AUTH', adminPassword],
  ['CUSTOM_AUTH', customAuth],
  ['USER_AUTH', userAuth],
  ['REFRESH_TOKEN_AUTH', signInByRefreshToken],
  ['REFRESH_TOKEN', signInByRefreshToken],
])
