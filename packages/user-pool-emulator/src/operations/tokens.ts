import { decodeJwt } from 'jose'
import { assumptions } from '../config/assumptions.js'
import { sameText } from '../config/encoding.js'
import { notAuthorized, ServiceError } from '../config/errors.js'
import type { Json } from '../config/json.js'
import { issueTokens, revokeAll, verifyAccessToken } from '../credentials/tokens.js'
import { findClient } from '../model/clients.js'
import type { Client } from '../model/state.js'
import { findRefreshToken, rotate } from '../sign-in/refresh.js'
import { type Call, type Operations, open } from './operation.js'

/** These two take the plain ClientSecret, not its hash. */
function checkSecret({ clientId, clientSecret }: Client, given: string | undefined): void {
  if (clientSecret === undefined && given === undefined) return
  if (!sameText(clientSecret ?? '', given ?? '') || clientSecret === undefined) {
    throw notAuthorized(`Unable to verify client secret for client ${clientId}`)
  }
}

async function getTokensFromRefreshToken({ host, input, origin }: Call): Promise<Json> {
  const token = input.string('RefreshToken')
  const { pool, client } = findClient(host, input.string('ClientId'))
  checkSecret(client, input.optionalString('ClientSecret'))
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

function revokeToken({ host, input }: Call): Json {
  const token = input.string('Token')
  const { pool, client } = findClient(host, input.string('ClientId'))
  checkSecret(client, input.optionalString('ClientSecret'))
  const record = pool.refreshTokens.get(token)
  const grant = record && pool.grants.get(record.originJti)
  if (grant === undefined) {
    if (isJwt(token)) throw new ServiceError('UnsupportedTokenTypeException', 'Unsupported token type')
    if (assumptions.revokingUnknownTokenSucceeds) return {}
    throw notAuthorized('Invalid Refresh Token')
  }
  if (grant.clientId !== client.clientId) throw new ServiceError('UnauthorizedException', 'The client does not match')
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
