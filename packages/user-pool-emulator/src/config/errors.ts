/**
 * An exception of the service: it travels as HTTP 400 with this name and message.
 * The exact texts are those that clients are known to look for.
 */
export class ServiceError extends Error {
  override readonly name: string
  readonly status: number

  constructor(name: string, message: string, status = 400) {
    super(message)
    this.name = name
    this.status = status
  }
}

/** A connection that must be cut without an answer: `serve` destroys the socket, `handle` rejects with it. */
export class DroppedConnection extends Error {
  override readonly name = 'DroppedConnection'
}

export const notAuthorized = (message: string): ServiceError => new ServiceError('NotAuthorizedException', message)
export const invalidParameter = (message: string): ServiceError =>
  new ServiceError('InvalidParameterException', message)
export const resourceNotFound = (message: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', message)

export const wrongPassword = (): ServiceError => notAuthorized('Incorrect username or password.')
/** An expired or unknown Session (amplify-js #13123). */
export const invalidSession = (): ServiceError => notAuthorized('Invalid session for the user.')
/** A Session that was answered before, in today's words (amplify-js #14330, #13123). */
export const usedSession = (): ServiceError =>
  notAuthorized('Invalid session for the user, session can only be used once.')
export const invalidRefreshToken = (): ServiceError => notAuthorized('Invalid Refresh Token')
export const noSuchUser = (): ServiceError => new ServiceError('UserNotFoundException', 'User does not exist.')
export const userNotConfirmed = (): ServiceError =>
  new ServiceError('UserNotConfirmedException', 'User is not confirmed.')
export const passwordResetRequired = (): ServiceError =>
  new ServiceError('PasswordResetRequiredException', 'Password reset required for the user')
export const noSuchDevice = (): ServiceError => resourceNotFound('Device does not exist.')
export const missingParameter = (name: string): ServiceError => invalidParameter(`Missing required parameter ${name}`)
export const codeMismatch = (): ServiceError =>
  new ServiceError('CodeMismatchException', 'Invalid verification code provided, please try again.')
export const codeExpired = (): ServiceError =>
  new ServiceError('ExpiredCodeException', 'Invalid code provided, please request a code again.')
