import { allows } from '../clients.js'
import { invalidParameter, notAuthorized } from '../errors.js'
import { advance } from './advance.js'
import { checkPlainPassword, findCandidate } from './first-factor.js'
import { signInByRefreshToken } from './refresh.js'
import { srpAOf, startExchange } from './srp-exchange.js'
import { parameter, type Reply, type Turn } from './turn.js'

export type Flow = (turn: Turn) => Promise<Reply>

/** USER_SRP_AUTH: answered by PASSWORD_VERIFIER without a Session. */
const userSrp: Flow = async (turn) => {
  if (!allows(turn.client, 'ALLOW_USER_SRP_AUTH')) {
    throw invalidParameter('USER_SRP_AUTH is not enabled for the client.')
  }
  parameter(turn, 'USERNAME')
  const srpA = srpAOf(turn)
  const { attempt, salt, verifier } = await findCandidate(turn, 'USER_SRP_AUTH')
  const record = { scope: turn.pool.poolName, userId: attempt.username, salt, verifier }
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      ...startExchange(turn, attempt, 'user', record, srpA, undefined),
      USERNAME: attempt.username,
      USER_ID_FOR_SRP: attempt.username,
    },
  }
}

const plainPassword =
  (flow: string): Flow =>
  async (turn) => {
    parameter(turn, 'USERNAME')
    const password = parameter(turn, 'PASSWORD')
    const candidate = await findCandidate(turn, flow)
    checkPlainPassword(turn, candidate, password)
    return advance(turn, candidate.attempt)
  }

const userPassword: Flow = (turn) => {
  if (!allows(turn.client, 'ALLOW_USER_PASSWORD_AUTH')) {
    throw invalidParameter('USER_PASSWORD_AUTH flow not enabled for this client')
  }
  return plainPassword('USER_PASSWORD_AUTH')(turn)
}

const adminPassword: Flow = (turn) => {
  if (!turn.admin) throw invalidParameter('Initiate Auth method not supported.')
  if (!allows(turn.client, 'ALLOW_ADMIN_USER_PASSWORD_AUTH')) {
    throw notAuthorized('Auth flow not enabled for this client')
  }
  return plainPassword('ADMIN_USER_PASSWORD_AUTH')(turn)
}

/** By AuthFlowType. */
export const flows: ReadonlyMap<string, Flow> = new Map([
  ['USER_SRP_AUTH', userSrp],
  ['USER_PASSWORD_AUTH', userPassword],
  ['ADMIN_USER_PASSWORD_AUTH', adminPassword],
  ['ADMIN_NO_SRP_AUTH', adminPassword],
  ['REFRESH_TOKEN_AUTH', signInByRefreshToken],
  ['REFRESH_TOKEN', signInByRefreshToken],
])
