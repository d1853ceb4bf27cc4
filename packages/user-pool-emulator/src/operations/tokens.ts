import { decodeJwt } from 'jose'
import { sameText } from '../config/encoding.js'
import { notAuthorized, ServiceError } from '../config/errors.js'
import type { Json } from '../config/json.js'
import { issueTokens, revokeAll, verifyAccessToken } from '../credentials/tokens.js'
import { findClient } from '../model/clients.js'
import type { Host } from '../model/pool.js'
import type { Client } from '../model/state.js'
import { findRefreshToken, rotate } from '../sign-in/refresh.js'
import { type Call, type Operations, open } from './operation.js'

const unauthorized = (message: string): ServiceError => new ServiceError('UnauthorizedException', message)

/**
 * These two take the plain ClientSecret, not its hash.
 * @param refuse the exception: NotAuthorizedException is not among those of RevokeToken
 */
function checkSecret(
  { clientId, secrets }: Client,
  given: string | undefined,
  refuse: (message: string) => ServiceError,
): void {
  if (secrets.length === 0 && given === undefined) return
  if (!secrets.map(({ value }) => sameText(value, given ?? '')).includes(true)) {
    throw refuse(`Unable to verify client secret for client ${clientId}`)
  }
}

async function getTokensFromRefreshToken({ host, input, origin }: Call): Promise<Json> {
  const token = input.string('RefreshToken')
  const { pool, client } = findClient(host, input.string('ClientId'))
  checkSecret(client, input.optionalString('ClientSecret'), notAuthorized)
  const refreshing = findRefreshToken(pool, client, token, input.optionalString('DeviceKey'))
  const RefreshToken = rotate(pool, client, refreshing)
  const { grant, user } = refreshing
  const clientMetadata = Object.fromEntries(input.stringMap('ClientMetadata'))
  const source = 'TokenGeneration_RefreshTokens'
  const tokens = await issueTokens({ pool, client, user, grant, origin, source, clientMetadata })
  return { AuthenticationResult: { ...tokens, RefreshToken } }
}

function isJwt(token: string): boolean {
  try {
    decodeJwt(token)
    return true
  } catch {
    return false
  }
}

/** Find a client; ResourceNotFoundException is not among the exceptions of RevokeToken. */
function clientOf(host: Host, clientId: string): ReturnType<typeof findClient> {
  try {
    return findClient(host, clientId)
  } catch (error) {
    throw error instanceof ServiceError ? unauthorized(error.message) : error
  }
}

function revokeToken({ host, input }: Call): Json {
  const token = input.string('Token')
  const { pool, client } = clientOf(host, input.string('ClientId'))
  checkSecret(client, input.optionalString('ClientSecret'), unauthorized)
  const record = pool.refreshTokens.get(token)
  const grant = record && pool.grants.get(record.originJti)
  if (grant === undefined) {
    if (isJwt(token)) throw new ServiceError('UnsupportedTokenTypeException', 'Unsupported token type')
    if (pool.settings.assumptions.revokingUnknownTokenSucceeds) return {}
    throw unauthorized('Invalid Refresh Token')
  }
  if (grant.clientId !== client.clientId) throw unauthorized('The client does not match')
  grant.revoked = true
  return {}
}

async function globalSignOut({ host, input }: Call): Promise<Json> {
  const { pool, user } = await verifyAccessToken(host, input.string('AccessToken'))
  revokeAll(pool, user)
  return {}
}

/** Refreshing and revoking. */
export const tokenOperations: Operations = {
  GetTokensFromRefreshToken: open(getTokensFromRefreshToken),
  RevokeToken: open(revokeToken),
  GlobalSignOut: open(globalSignOut),
}
