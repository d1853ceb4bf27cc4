import { invalidParameter, resourceNotFound, ServiceError } from '../config/errors.js'
import type { Json } from '../config/json.js'
import { verifyAccessToken } from '../credentials/tokens.js'
import { sessionId, userSessions } from '../credentials/user-sessions.js'
import type { Pool } from '../model/pool.js'
import type { Grant, User } from '../model/state.js'
import { namedUser } from './admin-users.js'
import type { Input } from './input.js'
import { type Call, type Operations, open, signed } from './operation.js'
import { page } from './page.js'
import { namedClient } from './pool-clients.js'
import { getPool } from './pools.js'

// One session for each sign-in over the API. Sessions of managed login (SSO) are not played, so that no session is linked
// to another: RevokeAssociatedSessions has no effect. Which exception a pool without tracking answers is assumed.

function checkTracking({ settings }: Pool): void {
  if (!settings.sessionTracking.enabled) {
    throw new ServiceError('OperationNotEnabledException', 'User session tracking is not enabled for the user pool.')
  }
}

function checkTier({ settings }: Pool): void {
  if (settings.tier === 'LITE') {
    throw new ServiceError(
      'FeatureUnavailableInTierException',
      'User session tracking is not available in the LITE tier of the user pool.',
    )
  }
}

/** SessionDescriptionType of the service's model. */
const describe = (grant: Grant, current: Grant | undefined): Json => ({
  SessionId: sessionId(grant),
  SessionType: 'TOKEN',
  ClientId: grant.clientId,
  CreateDate: grant.authTime / 1000,
  LastActiveDate: grant.lastActiveAt / 1000,
  DeviceType: 'unknown',
  LastIPAddress: '127.0.0.1',
  LastLocation: { Country: 'unknown' },
  IsCurrentSession: grant === current,
})

function list(pool: Pool, user: User, input: Input, current?: Grant): Json {
  checkTracking(pool)
  const { items, next } = page(
    { all: userSessions(pool, user), scope: `sessions ${user.sub}`, keyOf: sessionId },
    undefined,
    input.optionalString('NextToken'),
  )
  return { Sessions: items.map((grant) => describe(grant, current)), NextToken: next }
}

function revoke(pool: Pool, user: User, input: Input, current?: Grant): Json {
  checkTracking(pool)
  const id = input.string('SessionId')
  const grant = userSessions(pool, user).find((session) => sessionId(session) === id)
  if (grant === undefined) throw resourceNotFound('Session does not exist.')
  // "You can't revoke the session that the calling access token belongs to." (service model)
  if (grant === current) throw invalidParameter('The current session cannot be revoked.')
  grant.revoked = true
  return {}
}

function describeTracking({ id, settings: { sessionTracking } }: Pool): Json {
  return {
    UserPoolId: id,
    UserSessionTracking: sessionTracking.enabled ? 'ENABLED' : 'DISABLED',
    TokenSession: { MaxPerUser: sessionTracking.maxPerUser },
  }
}

/** Limits that the model states in prose only. */
function inRange(value: number | undefined, path: string, least: number, most: number): number {
  const number = value ?? least
  const [bound, limit] = number < least ? ['greater', least] : ['less', most]
  if (number >= least && number <= most) return number
  throw invalidParameter(
    `1 validation error detected: Value '${number}' at '${path}' failed to satisfy constraint: Member must have value ${bound} than or equal to ${limit}`,
  )
}

function setTracking({ host, input }: Call): Json {
  const pool = getPool(host, input.string('UserPoolId'))
  checkTier(pool)
  const enabled = input.string('UserSessionTracking') === 'ENABLED'
  const most = input.optionalStructure('TokenSession')?.number('MaxPerUser')
  const maxPerUser = inRange(most, 'tokenSession.maxPerUser', 1, 100)
  pool.settings = { ...pool.settings, sessionTracking: { enabled, maxPerUser } }
  return describeTracking(pool)
}

const describeClient = (call: Call): Json => {
  const { pool, client } = namedClient(call)
  return { UserPoolId: pool.id, ClientId: client.clientId, SSOSession: { MaxValidityMinutes: client.ssoMinutes } }
}

function setClient(call: Call): Json {
  const { pool, client } = namedClient(call)
  checkTier(pool)
  checkTracking(pool)
  const minutes = call.input.optionalStructure('SSOSession')?.number('MaxValidityMinutes')
  const ssoMinutes = inRange(minutes, 'sSOSession.maxValidityMinutes', 0, 129_600)
  pool.clients.set(client.clientId, { ...client, ssoMinutes })
  return describeClient(call)
}

/** The sign-ins of a user: listed and ended one by one. */
export const userSessionOperations: Operations = {
  ListUserSessions: open(async ({ host, input }) => {
    const { pool, user, grant } = await verifyAccessToken(host, input.string('AccessToken'))
    return list(pool, user, input, grant)
  }),
  RevokeUserSession: open(async ({ host, input }) => {
    const { pool, user, grant } = await verifyAccessToken(host, input.string('AccessToken'))
    return revoke(pool, user, input, grant)
  }),
  AdminListUserSessions: signed((call) => {
    const { pool, user } = namedUser(call)
    return list(pool, user, call.input)
  }),
  AdminRevokeUserSession: signed((call) => {
    const { pool, user } = namedUser(call)
    return revoke(pool, user, call.input)
  }),
  GetUserPoolSessionConfiguration: signed(({ host, input }) =>
    describeTracking(getPool(host, input.string('UserPoolId'))),
  ),
  SetUserPoolSessionConfiguration: signed(setTracking),
  GetUserPoolClientSessionConfiguration: signed(describeClient),
  SetUserPoolClientSessionConfiguration: signed(setClient),
}
