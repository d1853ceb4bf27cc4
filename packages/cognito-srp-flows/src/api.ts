/** The operations of the service that a sign-in needs, by the names of its API. */
export type Operation =
  | 'InitiateAuth'
  | 'RespondToAuthChallenge'
  | 'GetTokensFromRefreshToken'
  | 'AssociateSoftwareToken'
  | 'VerifySoftwareToken'
  | 'ConfirmDevice'
  | 'UpdateDeviceStatus'
  | 'ForgetDevice'
  | 'ListDevices'

/** What we need of an `AbortSignal`. */
export interface AbortSignalLike {
  readonly aborted: boolean
  readonly reason?: unknown
  /** Calls `listener` when it is aborted. */
  addEventListener(type: 'abort', listener: () => void): void
  /** Does so no more. */
  removeEventListener(type: 'abort', listener: () => void): void
}

/**
 * The port to the service: `sdkApi`, `adminSdkApi` and `fetchApi` make one, and so can you.
 * `input` is the request and the result is the reply, both with the field names of the Cognito API reference.
 * An exception of the service is thrown as an `Error` whose `name` is the exception's, e.g. `NotAuthorizedException`.
 */
export interface CognitoApi {
  /** Sends one request; rejects with the exception of the service, or what the transport threw. */
  call(operation: Operation, input: Record<string, unknown>, signal?: AbortSignalLike): Promise<unknown>
}
