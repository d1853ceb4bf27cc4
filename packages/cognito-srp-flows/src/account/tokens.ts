import type { AppClient } from '../app-client.js'
import { text } from '../errors.js'
import { type CallOptions, readCall, type SignedInRequest, signedInCall } from './request.js'

/** The token to revoke. */
export interface RevokeTokenRequest extends CallOptions {
  readonly refreshToken: string
}

/**
 * Revoke a refresh token, and the access tokens that came of it (RevokeToken). A session does so in `signOut`.
 *
 * @param client - The app client: `{ api, userPoolId, clientId, clientSecret? }`.
 * @param request - `{ refreshToken }`: opaque text, as the sign-in gave it.
 * @throws TypeError that names a wrong argument; of the service: UnauthorizedException, UnsupportedOperationException (the
 * app client has revocation off), UnsupportedTokenTypeException.
 */
export async function revokeToken(client: AppClient, request: RevokeTokenRequest): Promise<void> {
  const { send } = readCall(client, request, ({ clientId, clientSecret }, { refreshToken }) => ({
    Token: text(refreshToken, 'refreshToken'),
    ClientId: clientId,
    // The plain secret here, not a SECRET_HASH.
    ClientSecret: clientSecret,
  }))
  await send('RevokeToken')
}

/**
 * Sign the user out on all devices (GlobalSignOut). A session does so in `signOut({ everywhere: true })`.
 *
 * @param client - The app client: `{ api, userPoolId, clientId, clientSecret? }`.
 * @param request - `{ accessToken }`: a JWT.
 * @throws TypeError that names a wrong argument; of the service: NotAuthorizedException.
 */
export async function globalSignOut(client: AppClient, request: SignedInRequest): Promise<void> {
  await signedInCall(client, request).send('GlobalSignOut')
}
