import type { Json } from '../config/json.js'
import { signingKey } from '../credentials/signing-key.js'
import { issuerOf } from '../credentials/tokens.js'
import type { Host } from '../model/pool.js'

/** `/<poolId>/.well-known/jwks.json` and `openid-configuration`; undefined for every other path. */
export async function wellKnown(host: Host, url: URL): Promise<Json | undefined> {
  const [, id, folder, file, ...rest] = url.pathname.split('/')
  const pool = host.pools.get(id ?? '')
  if (pool === undefined || folder !== '.well-known' || rest.length > 0) return undefined
  if (file === 'jwks.json') return { keys: [(await signingKey(pool)).publicJwk] }
  if (file !== 'openid-configuration') return undefined
  const issuer = issuerOf(pool, url.origin)
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ['code', 'token'],
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  }
}
