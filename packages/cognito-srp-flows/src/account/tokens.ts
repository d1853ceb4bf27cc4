import { type AppClient, checkAppClient } from '../app-client.js'
import { text } from '../errors.js'
import { type CallOptions, type SignedInRequest, send, sendSignedIn } from './request.js'

/** The token to revoke. */
export interface RevokeTokenRequest extends CallOptions {
  readonly refreshToken: string
}

/**
 * Revoke a refresh token, and the access tokens that came of it (RevokeToken). A session does so in `signOut`.
 *
 * @param client - The app client.
 * @param request - The refresh token.
 * @throws TypeError that names a wrong argument; of the service: UnauthorizedException, UnsupportedOperationException (the
 * app client has revocation off), UnsupportedTokenTypeException.
 */
export async function revokeToken(client: AppClient, request: RevokeTokenRequest): Promise<void> {
  checkAppClient(client, request)
  const Token = text(request.refreshToken, 'refreshToken')
  // The plain secret here, not a SECRET_HASH.
  await send(client, 'RevokeToken', request, { Token, ClientId: client.clientId, ClientSecret: client.clientSecret })
}

/**
 * Sign the user out on all devices (GlobalSignOut). A session does so in `signOut({ everywhere: true })`.
 *
 * @param client - The app client.
 * @param request - The access token.
 * @throws TypeError that names a wrong argument; of the service: NotAuthorizedException.
 */
export async function globalSignOut(client: AppClient, request: SignedInRequest): Promise<void> {
  await sendSignedIn(client, 'GlobalSignOut', request)
}
