import { invalidParameter, notAuthorized } from '../config/errors.js'
import { checkSecretHash } from '../credentials/secret-hash.js'
import { allows } from '../model/clients.js'
import { advance } from './advance.js'
import { askAdminPassword } from './ask/admin-password.js'
import { askSrp } from './ask/srp.js'
import { type AuthContext, parameter, passed, type Reply } from './auth-context.js'
import { define, follow } from './custom.js'
import { checkMaySignIn, checkPlainPassword, checkStatus, findCandidate, signInName } from './first-factor.js'
import { migrateUser } from './migrate.js'
import { signInByRefreshToken } from './refresh.js'
import { srpAOf } from './srp-exchange.js'
import { userAuth } from './user-auth.js'

export type Flow = (context: AuthContext) => Promise<Reply>

/** USER_SRP_AUTH: answered by PASSWORD_VERIFIER without a Session. */
const userSrp: Flow = async (context) => {
  if (!allows(context.client, 'ALLOW_USER_SRP_AUTH')) {
    throw invalidParameter('USER_SRP_AUTH is not enabled for the client.')
  }
  parameter(context, 'USERNAME')
  const srpA = srpAOf(context)
  const candidate = await findCandidate(context)
  if (context.pool.settings.assumptions.userStatusAtInitiateAuth && candidate.user) checkStatus(candidate.user)
  return askSrp(context, candidate, srpA, false)
}

const plainPassword: Flow = async (context) => {
  const username = signInName(context)
  const password = parameter(context, 'PASSWORD')
  // Only anyone who knows the client's secret may ask about users elsewhere.
  checkSecretHash(context.client, username, context.parameters.get('SECRET_HASH'))
  const { pool, client, clientMetadata } = context
  const source = 'UserMigration_Authentication'
  await migrateUser(pool, { source, clientId: client.clientId, userName: username, password, clientMetadata })
  const candidate = await findCandidate(context)
  checkPlainPassword(context, candidate, password)
  return advance(context, passed(candidate.attempt, 'pwd'))
}

const askForPassword: Flow = async (context) => {
  const { attempt, user } = await findCandidate(context)
  if (user !== undefined) checkStatus(user)
  return askAdminPassword(context, attempt)
}

const userPassword: Flow = (context) => {
  if (context.admin && !context.pool.settings.assumptions.adminTakesUserPasswordAuth) {
    throw invalidParameter('Initiate Auth method not supported.')
  }
  if (!allows(context.client, 'ALLOW_USER_PASSWORD_AUTH')) {
    throw invalidParameter('USER_PASSWORD_AUTH flow not enabled for this client')
  }
  return plainPassword(context)
}

const adminPassword: Flow = (context) => {
  if (!context.admin) throw invalidParameter('Initiate Auth method not supported.')
  if (!allows(context.client, 'ALLOW_ADMIN_USER_PASSWORD_AUTH')) {
    throw notAuthorized('Auth flow not enabled for this client')
  }
  const { adminAsksForPassword } = context.pool.settings.assumptions
  return adminAsksForPassword && !context.parameters.has('PASSWORD') ? askForPassword(context) : plainPassword(context)
}

/**
 * CUSTOM_AUTH: the triggers decide. With CHALLENGE_NAME=SRP_A they are asked first whether SRP comes before their own
 * challenges.
 */
const customAuth: Flow = async (context) => {
  if (!allows(context.client, 'ALLOW_CUSTOM_AUTH')) throw invalidParameter('CUSTOM_AUTH is not enabled for the client.')
  const startsWithSrp = context.parameters.get('CHALLENGE_NAME') === 'SRP_A'
  const srpA = startsWithSrp ? srpAOf(context) : undefined
  const candidate = await findCandidate(context)
  const { user, attempt } = candidate
  if (user !== undefined) checkMaySignIn(context, user)
  attempt.rounds = startsWithSrp ? [{ challengeName: 'SRP_A', challengeResult: true }] : []
  const decision = await define(context, attempt)
  if (srpA === undefined || decision !== 'PASSWORD_VERIFIER') return follow(context, attempt, decision)
  return askSrp(context, candidate, srpA, context.pool.settings.assumptions.sessionInCustomPasswordVerifier)
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
