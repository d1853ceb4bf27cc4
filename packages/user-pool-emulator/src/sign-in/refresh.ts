import { invalidParameter, invalidRefreshToken, notAuthorized, ServiceError } from '../config/errors.js'
import { checkSecretHash } from '../credentials/secret-hash.js'
import { addRefreshToken, issueTokens } from '../credentials/tokens.js'
import { allows } from '../model/clients.js'
import type { Pool } from '../model/pool.js'
import type { Client, Grant, RefreshToken, User } from '../model/state.js'
import { type AuthContext, parameter, type Reply } from './auth-context.js'

interface Refreshing {
  readonly record: RefreshToken
  readonly grant: Grant
  readonly user: User
}

/**
 * Tell whether a refresh token may be used: in a pool that tracks devices only with the key of the device of its sign-in,
 * and once that is confirmed. AWS knowledge centre (cognito-invalid-refresh-token-error), amplify-android #2506, model text
 * of GetTokensFromRefreshToken. A sign-in that got no device cannot refresh at all: aws-sdk-java-v2 #1389, amplify-js #2087.
 */
function deviceFits(user: User, grant: Grant, deviceKey: string | undefined): boolean {
  if (grant.deviceKey === undefined) return !grant.withoutDevice
  const device = user.devices.find(({ key }) => key === grant.deviceKey)
  if (device === undefined || device.status === 'unconfirmed') return false
  return deviceKey === grant.deviceKey
}

/** @throws ServiceError NotAuthorizedException "Invalid Refresh Token", or "Refresh Token has expired / been revoked" */
export function findRefreshToken(pool: Pool, client: Client, token: string, deviceKey: string | undefined): Refreshing {
  const record = pool.refreshTokens.get(token)
  const grant = record && pool.grants.get(record.originJti)
  const user = grant && pool.users.get(grant.username)
  if (record === undefined || grant === undefined || user?.sub !== grant.sub) throw invalidRefreshToken()
  if (grant.clientId !== client.clientId) throw invalidRefreshToken()
  if (grant.revoked) throw notAuthorized('Refresh Token has been revoked')
  if (grant.expiresAt <= pool.host.now()) throw notAuthorized('Refresh Token has expired')
  if (!deviceFits(user, grant, deviceKey)) throw invalidRefreshToken()
  if (!user.enabled) throw notAuthorized('User is disabled.')
  return { record, grant, user }
}

/** Replaces a refresh token; one that was replaced before is refused once its time of grace is over. */
export function rotate(pool: Pool, client: Client, { record, grant }: Refreshing): string | undefined {
  const { assumptions } = pool.settings
  const grace = client.rotationGraceSeconds
  const now = pool.host.now()
  if (record.rotatedAt !== undefined && now >= record.rotatedAt + (grace ?? 0) * 1000) {
    if (assumptions.reuseRevokesFamily) grant.revoked = true
    throw new ServiceError('RefreshTokenReuseException', assumptions.refreshTokenReuse)
  }
  if (grace === undefined) return undefined
  record.rotatedAt ??= now
  return addRefreshToken(pool, grant)
}

/** REFRESH_TOKEN_AUTH, and its other name REFRESH_TOKEN. */
export async function signInByRefreshToken(context: AuthContext): Promise<Reply> {
  const { pool, client } = context
  const { assumptions } = pool.settings
  if (client.rotationGraceSeconds !== undefined) throw invalidParameter(assumptions.refreshFlowUnderRotation)
  if (!allows(client, 'ALLOW_REFRESH_TOKEN_AUTH')) {
    throw invalidParameter('REFRESH_TOKEN_AUTH is not enabled for the client.')
  }
  const token = parameter(context, 'REFRESH_TOKEN')
  const hash = context.parameters.get('SECRET_HASH')
  if (client.clientSecret !== undefined && hash === undefined) checkSecretHash(client, '', undefined)
  const { grant, user } = findRefreshToken(pool, client, token, context.parameters.get('DEVICE_KEY'))
  // The request names no user: the hash is over the real username.
  checkSecretHash(client, user.username, hash)
  const tokens = await issueTokens({
    pool,
    client,
    user,
    grant,
    origin: context.origin,
    source: 'TokenGeneration_RefreshTokens',
    // ClientMetadata of InitiateAuth does not reach PreTokenGeneration.
    clientMetadata: undefined,
  })
  return { ChallengeParameters: {}, AuthenticationResult: tokens }
}
