import { toUuid } from '../config/encoding.js'
import type { Pool } from '../model/pool.js'
import type { Client } from '../model/state.js'
import { askPreTokenGeneration, override, overrideScopes } from './claims.js'
import { signJwt } from './signing-key.js'
import { issuerOf } from './tokens.js'

/** ClientAuthenticationResult of the service. */
export interface ClientToken {
  readonly AccessToken: string
  readonly ExpiresIn: number
  readonly TokenType: 'Bearer'
}

/**
 * Issue an access token to an app client itself, for no user. The claims are those of an access token of the client
 * credentials grant, the event that of its trigger (version 3).
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
export async function issueClientToken(
  pool: Pool,
  client: Client,
  request: {
    readonly scopes: readonly string[]
    readonly origin: string
    readonly clientMetadata: Readonly<Record<string, string>>
  },
): Promise<ClientToken> {
  const { clientId, lifetimes } = client
  const { scopes, origin, clientMetadata } = request
  const { access } = await askPreTokenGeneration(pool, {
    version: '3',
    source: 'TokenGeneration_ClientCredentials',
    clientId,
    userName: clientId,
    request: { userAttributes: {}, groupConfiguration: {}, scopes, clientMetadata },
  })
  const iat = Math.floor(pool.host.now() / 1000)
  const claims = {
    sub: clientId,
    token_use: 'access',
    scope: overrideScopes(scopes, access),
    auth_time: iat,
    iss: issuerOf(pool, origin),
    iat,
    exp: iat + lifetimes.access,
    version: 2,
    jti: toUuid(pool.host.random(16)),
    client_id: clientId,
  }
  return {
    AccessToken: await signJwt(pool, override(claims, access)),
    ExpiresIn: lifetimes.access,
    TokenType: 'Bearer',
  }
}
