import { sameText } from '../config/encoding.js'
import { invalidParameter, notAuthorized } from '../config/errors.js'
import type { Json } from '../config/json.js'
import { issueClientToken } from '../credentials/client-token.js'
import { allows, findClient } from '../model/clients.js'
import { type Call, metadataOf, type Operations, open } from './operation.js'

/** Return the scopes that a client may ask for: AllowedOAuthScopes. Resource servers, which own them, are not played. */
const scopesOf = (kept: Readonly<Record<string, unknown>>): readonly string[] =>
  Array.isArray(kept.AllowedOAuthScopes) ? kept.AllowedOAuthScopes.map(String) : []

/**
 * Give an app client a token of its own. "The app client must have a client secret and the ALLOW_CLIENT_TOKEN_AUTH
 * authentication flow"; without Scopes it gets "the scopes that are configured for the app client" (service model).
 */
async function getClientToken(call: Call): Promise<Json> {
  const { host, input, origin } = call
  const secret = input.string('Secret')
  const { pool, client } = findClient(host, input.string('ClientId'))
  const { assumptions } = pool.settings
  if (!client.secrets.map(({ value }) => sameText(value, secret)).includes(true)) {
    throw notAuthorized(`Unable to verify client secret for client ${client.clientId}`)
  }
  if (!allows(client, 'ALLOW_CLIENT_TOKEN_AUTH')) throw invalidParameter(assumptions.clientTokenNotEnabled)
  const allowed = scopesOf(client.kept)
  const scopes = input.stringList('Scopes') ?? allowed
  if (!scopes.every((scope) => allowed.includes(scope))) throw invalidParameter(assumptions.unknownScope)
  const token = await issueClientToken(pool, client, { scopes, origin, clientMetadata: metadataOf(call) })
  return { ClientAuthenticationResult: { ...token } }
}

/** Tokens between machines. */
export const clientTokenOperations: Operations = { GetClientToken: open(getClientToken) }
