import type { AbortSignalLike } from './api.js'
import { type AppClient, readClient } from './app-client.js'
import { own, text, textIfAny } from './errors.js'
import { deviceInfo, fields, isException, isFields, readNewDevice, readTokens, required } from './replies.js'
import { authRequest, present, readOptions } from './requests.js'
import type { DeviceInfo, RequestOptions, Tokens } from './step.js'

/** The tokens to renew. */
export interface RefreshRequest extends RequestOptions {
  readonly refreshToken: string
  /** Finds the remembered device, and REFRESH_TOKEN_AUTH needs the real user name for a client with a secret. */
  readonly username?: string | undefined
  /** The device of the sign-in that gave the token; without it the service refuses the token of a tracked device. */
  readonly deviceKey?: string | undefined
  /** GetTokensFromRefreshToken unless the older call is asked for, by one of its two names. */
  readonly flow?: 'REFRESH_TOKEN_AUTH' | 'REFRESH_TOKEN' | undefined
  /** Ends the request. */
  readonly signal?: AbortSignalLike | undefined
}

/** Renewed tokens, and the device that they belong to. */
export interface RefreshedTokens extends Tokens {
  readonly device?: DeviceInfo
}

/**
 * Get new tokens for a refresh token. It calls GetTokensFromRefreshToken, which works with token rotation on and off, and
 * goes over to REFRESH_TOKEN_AUTH only where the service, or the installed AWS SDK, does not know that operation.
 *
 * @param client - The app client that the token was made for.
 * @param request - The token, and the device of its sign-in.
 * @returns Tokens whose `refreshToken` is the one to use next: the new one of a rotating client, else the one given.
 * @throws The service's exceptions untouched, e.g. `RefreshTokenReuseException` for a token that was rotated away.
 * @throws TypeError or RangeError naming a wrong argument.
 * @example
 * const { accessToken, refreshToken } = await refresh(client, { refreshToken: tokens.refreshToken })
 */
export async function refresh(client: AppClient, request: RefreshRequest): Promise<RefreshedTokens> {
  const known = readClient(client)
  const { api, clientId, clientSecret, devices } = known
  const given = own(request, 'request')
  const { flow } = given
  const options = readOptions(given, 'request')
  const username = textIfAny(given.username, 'username')
  const refreshToken = text(given.refreshToken, 'refreshToken')
  const namedKey = textIfAny(given.deviceKey, 'deviceKey')
  if (flow !== undefined && flow !== 'REFRESH_TOKEN_AUTH' && flow !== 'REFRESH_TOKEN')
    throw new RangeError('flow: expected REFRESH_TOKEN_AUTH')
  const stored = username ? await devices?.tracking.find(known, username) : undefined
  const deviceKey = namedKey ?? stored?.deviceKey

  const withAuthFlow = () => {
    if (clientSecret) text(username, 'username')
    const state = {
      challenge: '',
      parameters: {},
      username: username ?? '',
      plainPassword: 'refused',
      deviceKey,
      metadata: {},
    } as const
    const parameters = { USERNAME: username, REFRESH_TOKEN: refreshToken }
    const head = { AuthFlow: 'REFRESH_TOKEN_AUTH' }
    const input = authRequest({ client: known, state, options }, head, 'AuthParameters', parameters)
    return api.call('InitiateAuth', present(input), options.signal)
  }
  const withOperation = async () =>
    api.call(
      'GetTokensFromRefreshToken',
      present<unknown>({
        ClientId: clientId,
        // The plain secret here, not a SECRET_HASH.
        ClientSecret: clientSecret,
        RefreshToken: refreshToken,
        DeviceKey: deviceKey,
        ClientMetadata: options.metadata.ClientMetadata,
      }),
      options.signal,
    )

  const reply = flow
    ? await withAuthFlow()
    : await withOperation().catch((error: unknown) => {
        if (isException(error, 'UnknownOperationException')) return withAuthFlow()
        throw error
      })
  const result = required(fields(reply), 'AuthenticationResult', isFields)
  const tokens = readTokens(result, refreshToken)
  const fresh = readNewDevice(result)
  if (fresh) return { ...tokens, device: deviceInfo(fresh, 'new') }
  if (!deviceKey) return tokens
  return { ...tokens, device: deviceInfo(stored?.deviceKey === deviceKey ? stored : { deviceKey }, 'known') }
}
