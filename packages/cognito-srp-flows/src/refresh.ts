import type { AbortSignalLike } from './api.js'
import { type AppClient, checkAppClient, type State } from './app-client.js'
import { text, textIfAny } from './errors.js'
import { fields, isFields, readTokens, required } from './replies.js'
import { initiate, metadata, present } from './requests.js'
import type { RequestOptions, Tokens } from './step.js'

export interface RefreshRequest extends RequestOptions {
  readonly refreshToken: string
  /** Finds the remembered device, and REFRESH_TOKEN_AUTH needs the real user name for a client with a secret. */
  readonly username?: string | undefined
  /** The device of the sign-in that gave the token; without it the service refuses the token of a tracked device. */
  readonly deviceKey?: string | undefined
  /** GetTokensFromRefreshToken unless REFRESH_TOKEN_AUTH is asked for. */
  readonly flow?: 'REFRESH_TOKEN_AUTH' | undefined
  readonly signal?: AbortSignalLike | undefined
}

/**
 * New tokens for a refresh token. It calls GetTokensFromRefreshToken, which works with token rotation on and off, and
 * goes over to REFRESH_TOKEN_AUTH only where the service does not know that operation.
 *
 * @returns Tokens whose `refreshToken` is the one to use next: the new one of a rotating client, else the one given.
 * @throws The service's exceptions untouched, e.g. `RefreshTokenReuseException` for a token that was rotated away.
 */
export async function refresh(client: AppClient, request: RefreshRequest): Promise<Tokens> {
  checkAppClient(client, request)
  const { signal, flow } = request
  const username = textIfAny(request.username, 'username')
  const given = textIfAny(request.deviceKey, 'deviceKey')
  if (flow !== undefined && flow !== 'REFRESH_TOKEN_AUTH') throw new RangeError('flow: expected REFRESH_TOKEN_AUTH')
  const more = metadata(request)
  const refreshToken = text(request.refreshToken, 'refreshToken')
  const stored = username && !given ? await client.devices?.tracking.find(client, username) : undefined
  const deviceKey = given ?? stored?.deviceKey

  const withAuthFlow = () => {
    if (client.clientSecret) text(username, 'username')
    const state: State = {
      challenge: '',
      parameters: {},
      username: username ?? '',
      deviceKey,
      metadata: more,
    }
    const input = initiate(client, 'REFRESH_TOKEN_AUTH', state, { USERNAME: username, REFRESH_TOKEN: refreshToken })
    return client.api.call('InitiateAuth', present(input), signal)
  }
  const withOperation = async () =>
    client.api.call(
      'GetTokensFromRefreshToken',
      present<unknown>({
        ClientId: client.clientId,
        // The plain secret here, not a SECRET_HASH.
        ClientSecret: client.clientSecret,
        RefreshToken: refreshToken,
        DeviceKey: deviceKey,
        ClientMetadata: request.clientMetadata,
      }),
      signal,
    )

  const reply = flow
    ? await withAuthFlow()
    : await withOperation().catch((error: unknown) => {
        if (error instanceof Error && error.name === 'UnknownOperationException') return withAuthFlow()
        throw error
      })
  return readTokens(required(fields(reply), 'AuthenticationResult', isFields), refreshToken)
}
