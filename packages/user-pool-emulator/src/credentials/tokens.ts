import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose'
import { identifier, toUuid } from '../config/encoding.js'
import { noSuchUser, notAuthorized } from '../config/errors.js'
import { findClient } from '../model/clients.js'
import type { Host, Pool } from '../model/pool.js'
import type { Client, Grant, User } from '../model/state.js'
import { acrClaims } from './acr.js'
import {
  customise,
  groupClaims,
  override,
  overrideScopes,
  roleClaims,
  type TokenRequest,
  userClaims,
} from './claims.js'
import { signingKey, signJwt } from './signing-key.js'
import { endOldestSession } from './user-sessions.js'

/** AuthenticationResult without a refresh token. */
export interface Tokens {
  readonly AccessToken: string
  readonly IdToken: string
  readonly ExpiresIn: number
  readonly TokenType: 'Bearer'
}

/** `iss`: the setting, or the address that the request came to, and the pool id. */
export const issuerOf = (pool: Pool, origin: string): string => `${pool.settings.issuer ?? origin}/${pool.id}`

/** ID and access token with the claims that Cognito puts in them. */
export async function issueTokens(request: TokenRequest): Promise<Tokens> {
  const { pool, client, user, grant, origin } = request
  grant.lastActiveAt = pool.host.now()
  const changes = await customise(request)
  const iat = Math.floor(pool.host.now() / 1000)
  const uuid = (): string => toUuid(pool.host.random(16))
  const common = {
    sub: user.sub,
    ...groupClaims(user.groups, changes.groups),
    iss: issuerOf(pool, origin),
    origin_jti: grant.originJti,
    event_id: uuid(),
    auth_time: Math.floor(grant.authTime / 1000),
    iat,
    ...acrClaims(pool.settings, grant),
  }
  const id = {
    ...userClaims(user),
    ...roleClaims(pool, user, changes.groups),
    ...common,
    'cognito:username': user.username,
    aud: client.clientId,
    token_use: 'id',
    exp: iat + client.lifetimes.id,
    jti: uuid(),
  }
  const access = {
    ...common,
    ...(grant.deviceKey === undefined ? {} : { device_key: grant.deviceKey }),
    client_id: client.clientId,
    token_use: 'access',
    scope: overrideScopes(['aws.cognito.signin.user.admin'], changes.access),
    exp: iat + client.lifetimes.access,
    jti: uuid(),
    username: user.username,
  }
  const [IdToken, AccessToken] = await Promise.all([
    signJwt(pool, override(id, changes.id)),
    signJwt(pool, override(access, changes.access)),
  ])
  return { AccessToken, IdToken, ExpiresIn: client.lifetimes.access, TokenType: 'Bearer' }
}

/** Start the grant of a new sign-in and its first refresh token. */
export function createGrant(
  pool: Pool,
  client: Client,
  user: User,
  made: Pick<Grant, 'deviceKey' | 'withoutDevice' | 'methods' | 'steppedUp' | 'authTime'>,
): { grant: Grant; refreshToken: string } {
  const now = pool.host.now()
  const grant: Grant = {
    originJti: toUuid(pool.host.random(16)),
    clientId: client.clientId,
    username: user.username,
    sub: user.sub,
    ...made,
    tokens: [],
    expiresAt: now + client.lifetimes.refresh * 1000,
    lastActiveAt: now,
    revoked: false,
  }
  endOldestSession(pool, user)
  pool.grantIndex.add(grant, now)
  return { grant, refreshToken: addRefreshToken(pool, grant) }
}

/** Add a refresh token to a sign-in: its first, or the next one of a rotation. */
export function addRefreshToken(pool: Pool, grant: Grant): string {
  const token = identifier(pool.host.random, 512)
  pool.refreshTokens.set(token, { token, originJti: grant.originJti, rotatedAt: undefined })
  grant.tokens.push(token)
  return token
}

/** End every sign-in of a user. */
export function revokeAll(pool: Pool, user: User): void {
  for (const grant of pool.grantIndex.of(user.sub)) grant.revoked = true
}

/** Everything an access token leads to. */
export interface AccessTokenOwner {
  readonly pool: Pool
  readonly client: Client
  readonly user: User
  readonly grant: Grant
  readonly claims: JWTPayload
}

function poolOfToken(host: Host, token: string): Pool {
  try {
    const { iss, token_use } = decodeJwt(token)
    const pool = host.pools.get(iss?.slice(iss.lastIndexOf('/') + 1) ?? '')
    if (pool !== undefined && token_use === 'access') return pool
  } catch {
    // not a JWT at all
  }
  throw notAuthorized('Invalid Access Token')
}

/** The user an access token speaks for; the service's exceptions for one that is forged, expired or revoked. */
export async function verifyAccessToken(host: Host, token: string): Promise<AccessTokenOwner> {
  const pool = poolOfToken(host, token)
  const { publicKey } = await signingKey(pool)
  let claims: JWTPayload
  try {
    const options = { algorithms: ['RS256'], currentDate: new Date(host.now()) }
    claims = (await jwtVerify(token, publicKey, options)).payload
  } catch (error) {
    throw notAuthorized(error instanceof errors.JWTExpired ? 'Access Token has expired' : 'Invalid Access Token')
  }
  const grant = pool.grants.get(String(claims.origin_jti))
  if (grant === undefined || grant.revoked) throw notAuthorized('Access Token has been revoked')
  const user = pool.users.get(grant.username)
  if (user === undefined || user.sub !== grant.sub || user.sub !== claims.sub) throw noSuchUser()
  if (!user.enabled) throw notAuthorized('User is disabled.')
  const { client } = findClient(host, grant.clientId)
  return { pool, client, user, grant, claims }
}
