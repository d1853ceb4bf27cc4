import type { Operation } from './operations.js'

export type { Operation } from './operations.js'

/** The name of any operation: those known today autocomplete, and those to come are sent as well. */
export type AnyOperation = Operation | (string & Record<never, never>)

/** The part of an `AbortSignal` that is used here. */
export interface AbortSignalLike {
  readonly aborted: boolean
  readonly reason?: unknown
  /** Call `listener` when it is aborted. */
  addEventListener(type: 'abort', listener: () => void): void
  /** Stop calling `listener`. */
  removeEventListener(type: 'abort', listener: () => void): void
}

/**
 * The port to the service: `sdkApi`, `adminSdkApi` and `fetchApi` make one, and so can you.
 * An exception of the service is thrown as an `Error` whose `name` is the exception's, e.g. `NotAuthorizedException`.
 */
export interface CognitoApi {
  /** The region that it talks to, where it knows: a user pool of another one is refused. */
  readonly region?: string | undefined
  /**
   * Send one request.
   *
   * @param operation - Any operation of the service, e.g. `SignUp`.
   * @param input - The request, with the field names of the Cognito API reference.
   * @param signal - Ends the request.
   * @returns The reply, with the field names of the Cognito API reference.
   * @throws The exception of the service, or what the transport threw.
   */
  call(operation: AnyOperation, input: Record<string, unknown>, signal?: AbortSignalLike): Promise<unknown>
}
