import { SrpError } from '@srp6a/srp/cognito'
import {
  invalidParameter,
  invalidSession,
  noSuchDevice,
  notAuthorized,
  type ServiceError,
  wrongPassword,
} from '../../config/errors.js'
import { getDevice, knownDevice } from '../../credentials/devices.js'
import { checkLockout } from '../../credentials/lockout.js'
import { checkSecretHash } from '../../credentials/secret-hash.js'
import type { Session } from '../../model/state.js'
import { findUser } from '../../model/users.js'
import { advance } from '../advance.js'
import { type AuthContext, parameter, type Reply, userOf } from '../auth-context.js'
import { checkMaySignIn, isSameUser } from '../first-factor.js'
import { closeSession, findSession, openSession } from '../session.js'
import { findExchange, srpAOf, startExchange, verifyClaim } from '../srp-exchange.js'

const noFirstFactor = (): ServiceError =>
  notAuthorized('Cannot initiate DEVICE_SRP_AUTH flow without first authenticating')

/**
 * Find the Session of a DEVICE_SRP_AUTH: the one that came, or that of the sign-in which waits for this device.
 * @throws ServiceError "Cannot initiate DEVICE_SRP_AUTH flow without first authenticating" (amplify-js #10582)
 */
function findWaiting(context: AuthContext, deviceKey: string): Session {
  if (context.session !== undefined) return findSession(context, 'DEVICE_SRP_AUTH')
  const { pool, client } = context
  const user = findUser(pool, parameter(context, 'USERNAME'))
  const id = user?.devices.find(({ key }) => key === deviceKey)?.waitingSession
  const session = id === undefined ? undefined : pool.sessions.get(id)
  if (session === undefined || session.used || session.expiresAt <= pool.host.now()) throw noFirstFactor()
  if (session.attempt.clientId !== client.clientId) throw noFirstFactor()
  return session
}

/** DEVICE_SRP_AUTH: the device sends its A and gets the parameters of its own SRP. */
export async function answerDeviceSrp(context: AuthContext): Promise<Reply> {
  const username = parameter(context, 'USERNAME')
  const deviceKey = parameter(context, 'DEVICE_KEY')
  const srpA = srpAOf(context)
  checkSecretHash(context.client, username, context.parameters.get('SECRET_HASH'))
  const session = findWaiting(context, deviceKey)
  if (!(await isSameUser(context, session.attempt))) throw invalidSession()
  const { assumptions } = context.pool.settings
  const user = userOf(context, session.attempt)
  checkLockout(context.pool, user.username)
  checkMaySignIn(context, user)
  const device = getDevice(user, deviceKey)
  if (deviceKey !== session.attempt.deviceKey) throw noSuchDevice()
  const { salt, verifier, groupKey } = device
  const record = { scope: groupKey, userId: device.key, salt, verifier }
  const next = openSession(context, 'DEVICE_PASSWORD_VERIFIER', session.attempt)
  try {
    const exchange = startExchange(context, session.attempt, 'device', record, srpA, next)
    closeSession(session)
    return {
      ChallengeName: 'DEVICE_PASSWORD_VERIFIER',
      ChallengeParameters: { ...exchange, DEVICE_KEY: device.key, USERNAME: user.username },
      Session: assumptions.sessionInDeviceReplies ? next : undefined,
    }
  } catch (error) {
    // ConfirmDevice takes any verifier; one that no arithmetic can use shows here.
    if (error instanceof SrpError) throw invalidParameter('Invalid device key given.')
    throw error
  }
}

/** DEVICE_PASSWORD_VERIFIER: the device's signature, over its group key and its own key. */
export async function answerDevicePasswordVerifier(context: AuthContext): Promise<Reply> {
  const username = parameter(context, 'USERNAME')
  const deviceKey = parameter(context, 'DEVICE_KEY')
  for (const name of ['PASSWORD_CLAIM_SIGNATURE', 'PASSWORD_CLAIM_SECRET_BLOCK', 'TIMESTAMP']) parameter(context, name)
  checkSecretHash(context.client, username, context.parameters.get('SECRET_HASH'))
  const exchange = findExchange(context, 'device')
  if (context.session !== undefined && context.session !== exchange.session) throw invalidSession()
  const session = findSession({ ...context, session: exchange.session }, 'DEVICE_PASSWORD_VERIFIER')
  if (!(await isSameUser(context, exchange.attempt))) throw wrongPassword()
  const user = userOf(context, exchange.attempt)
  checkMaySignIn(context, user)
  const device = knownDevice(context.pool, user, deviceKey)
  if (device === undefined || deviceKey !== exchange.attempt.deviceKey) throw noSuchDevice()
  if (!verifyClaim(context, exchange)) throw wrongPassword()
  const attempt = closeSession(session)
  device.authenticatedAt = context.host.now()
  attempt.deviceVerified = true
  return advance(context, attempt)
}
