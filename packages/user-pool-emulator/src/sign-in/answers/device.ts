import { SrpError } from '@srp6a/srp/cognito'
import { assumptions } from '../../assumptions.js'
import { checkSecretHash } from '../../clients.js'
import { getDevice, knownDevice } from '../../devices.js'
import { invalidParameter, invalidSession, noSuchDevice, wrongPassword } from '../../errors.js'
import type { Session } from '../../state.js'
import { advance } from '../advance.js'
import { isSameUser } from '../first-factor.js'
import { closeSession, findSession, openSession } from '../session.js'
import { findExchange, srpAOf, startExchange, verifyClaim } from '../srp-exchange.js'
import { parameter, type Reply, type Turn, userOf } from '../turn.js'

/** The open session of this user and device when the answer came without one, as Amazon's documentation shows it. */
function findOpenSession(turn: Turn, deviceKey: string): Session {
  if (turn.session !== undefined) return findSession(turn, 'DEVICE_SRP_AUTH')
  const now = turn.host.now()
  const session = [...turn.pool.sessions.values()].findLast(
    ({ challenge, attempt, expiresAt }) =>
      challenge === 'DEVICE_SRP_AUTH' &&
      expiresAt > now &&
      attempt.clientId === turn.client.clientId &&
      attempt.deviceKey === deviceKey,
  )
  if (session === undefined) throw invalidSession()
  return session
}

/** DEVICE_SRP_AUTH: the device sends its A and gets the parameters of its own SRP. */
export async function answerDeviceSrp(turn: Turn): Promise<Reply> {
  const username = parameter(turn, 'USERNAME')
  const deviceKey = parameter(turn, 'DEVICE_KEY')
  const srpA = srpAOf(turn)
  checkSecretHash(turn.client, username, turn.parameters.get('SECRET_HASH'))
  const session = findOpenSession(turn, deviceKey)
  if (!(await isSameUser(turn, session.attempt))) throw invalidSession()
  const user = userOf(turn, session.attempt)
  const device = getDevice(user, deviceKey)
  if (deviceKey !== session.attempt.deviceKey) throw noSuchDevice()
  const { salt, verifier, groupKey } = device
  const record = { scope: groupKey, userId: device.key, salt, verifier }
  const next = openSession(turn, 'DEVICE_PASSWORD_VERIFIER', session.attempt)
  try {
    const exchange = startExchange(turn, session.attempt, 'device', record, srpA, next)
    closeSession(turn, session)
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
export async function answerDevicePasswordVerifier(turn: Turn): Promise<Reply> {
  const username = parameter(turn, 'USERNAME')
  const deviceKey = parameter(turn, 'DEVICE_KEY')
  for (const name of ['PASSWORD_CLAIM_SIGNATURE', 'PASSWORD_CLAIM_SECRET_BLOCK', 'TIMESTAMP']) parameter(turn, name)
  checkSecretHash(turn.client, username, turn.parameters.get('SECRET_HASH'))
  const exchange = findExchange(turn, 'device')
  if (turn.session !== undefined && turn.session !== exchange.session) throw invalidSession()
  const session = findSession({ ...turn, session: exchange.session }, 'DEVICE_PASSWORD_VERIFIER')
  if (!(await isSameUser(turn, exchange.attempt))) throw wrongPassword()
  const device = knownDevice(turn.pool, userOf(turn, exchange.attempt), deviceKey)
  if (device === undefined || deviceKey !== exchange.attempt.deviceKey) throw noSuchDevice()
  if (!verifyClaim(turn, exchange)) throw wrongPassword()
  const attempt = closeSession(turn, session)
  device.authenticatedAt = turn.host.now()
  attempt.deviceVerified = true
  return advance(turn, attempt)
}
