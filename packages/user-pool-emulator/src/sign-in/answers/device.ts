import { SrpError } from '@srp6a/srp/cognito'
import { assumptions } from '../../config/assumptions.js'
import { invalidParameter, invalidSession, noSuchDevice, wrongPassword } from '../../config/errors.js'
import { getDevice, knownDevice } from '../../credentials/devices.js'
import { checkSecretHash } from '../../credentials/secret-hash.js'
import type { Session } from '../../model/state.js'
import { advance } from '../advance.js'
import { type AuthContext, parameter, type Reply, userOf } from '../auth-context.js'
import { isSameUser } from '../first-factor.js'
import { closeSession, findSession, openSession } from '../session.js'
import { findExchange, srpAOf, startExchange, verifyClaim } from '../srp-exchange.js'

/** The open session of this user and device when the answer came without one, as Amazon's documentation shows it. */
function findOpenSession(context: AuthContext, deviceKey: string): Session {
  if (context.session !== undefined) return findSession(context, 'DEVICE_SRP_AUTH')
  const now = context.host.now()
  const session = [...context.pool.sessions.values()].findLast(
    ({ challenge, attempt, expiresAt }) =>
      challenge === 'DEVICE_SRP_AUTH' &&
      expiresAt > now &&
      attempt.clientId === context.client.clientId &&
      attempt.deviceKey === deviceKey,
  )
  if (session === undefined) throw invalidSession()
  return session
}

/** DEVICE_SRP_AUTH: the device sends its A and gets the parameters of its own SRP. */
export async function answerDeviceSrp(context: AuthContext): Promise<Reply> {
  const username = parameter(context, 'USERNAME')
  const deviceKey = parameter(context, 'DEVICE_KEY')
  const srpA = srpAOf(context)
  checkSecretHash(context.client, username, context.parameters.get('SECRET_HASH'))
  const session = findOpenSession(context, deviceKey)
  if (!(await isSameUser(context, session.attempt))) throw invalidSession()
  const user = userOf(context, session.attempt)
  const device = getDevice(user, deviceKey)
  if (deviceKey !== session.attempt.deviceKey) throw noSuchDevice()
  const { salt, verifier, groupKey } = device
  const record = { scope: groupKey, userId: device.key, salt, verifier }
  const next = openSession(context, 'DEVICE_PASSWORD_VERIFIER', session.attempt)
  try {
    const exchange = startExchange(context, session.attempt, 'device', record, srpA, next)
    closeSession(context, session)
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
  const device = knownDevice(context.pool, userOf(context, exchange.attempt), deviceKey)
  if (device === undefined || deviceKey !== exchange.attempt.deviceKey) throw noSuchDevice()
  if (!verifyClaim(context, exchange)) throw wrongPassword()
  const attempt = closeSession(context, session)
  device.authenticatedAt = context.host.now()
  attempt.deviceVerified = true
  return advance(context, attempt)
}
