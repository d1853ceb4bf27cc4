import type { AppClient } from '../app-client.js'
import { text, textIfAny } from '../errors.js'
import { type CodeDelivery, deliveryOf } from './fields.js'
import { type NamedRequest, namedCall, type SignedInRequest, signedInCall } from './request.js'

/**
 * Send a code to a user who forgot the password (ForgotPassword).
 *
 * @param client - The app client: `{ api, userPoolId, clientId, clientSecret? }`.
 * @param request - `{ username }`: the name, or an alias of the pool.
 * @returns Where the code was sent. The service says so of unknown users too, unless the client shows that they do not exist.
 * @throws TypeError that names a wrong argument; of the service: InvalidParameterException (no verified address),
 * NotAuthorizedException, LimitExceededException, CodeDeliveryFailureException, UserNotFoundException.
 * @example
 * const { sentTo } = await forgotPassword(client, { username })
 */
export async function forgotPassword(client: AppClient, request: NamedRequest): Promise<CodeDelivery> {
  return deliveryOf(await namedCall(client, request).send('ForgotPassword'))
}

/** The code that was sent, and the new password. */
export interface ConfirmForgotPasswordRequest extends NamedRequest {
  readonly code: string
  /** The new one. */
  readonly password: string
}

/**
 * Set a new password by the code that `forgotPassword` had sent (ConfirmForgotPassword).
 *
 * @param client - The app client: `{ api, userPoolId, clientId, clientSecret? }`.
 * @param request - `{ username, code, password }`: the code as it was sent (digits), and the new password.
 * @throws TypeError that names a wrong argument; of the service: CodeMismatchException, ExpiredCodeException,
 * InvalidPasswordException, PasswordHistoryPolicyViolationException, TooManyFailedAttemptsException.
 */
export async function confirmForgotPassword(client: AppClient, request: ConfirmForgotPasswordRequest): Promise<void> {
  const { given, send } = namedCall(client, request)
  await send('ConfirmForgotPassword', {
    ConfirmationCode: text(given.code, 'code'),
    Password: text(given.password, 'password'),
  })
}

/** The old password and the new one. */
export interface ChangePasswordRequest extends SignedInRequest {
  /** Left out for a user who has none yet. */
  readonly previousPassword?: string | undefined
  readonly proposedPassword: string
}

/**
 * Change the password of the user who is signed in (ChangePassword). The tokens stay valid.
 *
 * @param client - The app client: `{ api, userPoolId, clientId, clientSecret? }`.
 * @param request - `{ accessToken, previousPassword?, proposedPassword }`: a JWT, and both passwords as they are typed.
 * @throws TypeError that names a wrong argument; of the service: NotAuthorizedException (the previous password is wrong, or
 * the token is not valid), InvalidPasswordException, PasswordHistoryPolicyViolationException, LimitExceededException.
 */
export async function changePassword(client: AppClient, request: ChangePasswordRequest): Promise<void> {
  const { given, send } = signedInCall(client, request)
  await send('ChangePassword', {
    PreviousPassword: textIfAny(given.previousPassword, 'previousPassword'),
    ProposedPassword: text(given.proposedPassword, 'proposedPassword'),
  })
}
