import { secretHash } from '@srp6a/srp/cognito'
import type { AbortSignalLike, AnyOperation } from '../api.js'
import { type AppClient, readClient } from '../app-client.js'
import { own, text } from '../errors.js'
import { type Fields, fields } from '../replies.js'
import { metadata, present } from '../requests.js'
import type { RequestOptions } from '../step.js'

/** The optional fields of every request of this entry. */
export interface CallOptions {
  /** Ends the request. */
  readonly signal?: AbortSignalLike | undefined
}

/** The fields of a request about a user who is signed in. */
export interface SignedInRequest extends CallOptions {
  /** The access token of the user, e.g. of `session.tokens()`. */
  readonly accessToken: string
}

/** The fields of a request about a user who is not signed in. */
export interface NamedRequest extends CallOptions, RequestOptions {
  /** The name as typed: the user name or an alias that the pool allows. */
  readonly username: string
}

/** @internal A call that is ready: the fields that were asked for, read once, and the way to send a request. */
export interface Call<T> {
  readonly given: T
  /** Send one request, which ends by the signal of `options`, and return the fields of the reply. */
  send(operation: AnyOperation, input?: Fields, options?: CallOptions): Promise<Fields>
}

/** @internal Read a client and a request, each once; `common` makes what every input has. */
export function readCall<R extends CallOptions>(
  client: AppClient,
  request: R,
  common: (known: AppClient, given: R) => Fields,
): Call<R> {
  const known = readClient(client)
  const given = own(request, 'request')
  const shared = common(known, given)
  return {
    given,
    send: async (operation, input, { signal } = given) =>
      fields(await known.api.call(operation, present<unknown>({ ...shared, ...input }), signal)),
  }
}

/** @internal Read a call about a user who is signed in: each input has AccessToken. */
export const signedInCall = <R extends SignedInRequest>(client: AppClient, request: R): Call<R> =>
  readCall(client, request, (_, { accessToken }) => ({ AccessToken: text(accessToken, 'accessToken') }))

/** @internal Read a call about a user by name: each input has ClientId, Username, and SecretHash for a client with a secret. */
export const namedCall = <R extends NamedRequest>(client: AppClient, request: R): Call<R> =>
  readCall(client, request, ({ clientId, clientSecret }, given) => {
    const username = text(given.username, 'username')
    return {
      ClientId: clientId,
      Username: username,
      SecretHash: clientSecret && secretHash({ username, clientId, clientSecret }),
      ...metadata(given),
    }
  })
