import { secretHash } from '@srp6a/srp/cognito'
import type { AbortSignalLike, AnyOperation } from '../api.js'
import { type AppClient, checkAppClient } from '../app-client.js'
import { text } from '../errors.js'
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

/** @internal Send one request, and return the fields of the reply. */
export async function send(
  client: AppClient,
  operation: AnyOperation,
  request: CallOptions,
  input: Record<string, unknown>,
): Promise<Fields> {
  return fields(await client.api.call(operation, present<unknown>(input), request.signal))
}

/** @internal The same for a user who is signed in: `input` with AccessToken. */
export async function sendSignedIn(
  client: AppClient,
  operation: AnyOperation,
  request: SignedInRequest,
  input: Record<string, unknown> = {},
): Promise<Fields> {
  checkAppClient(client, request)
  return send(client, operation, request, { AccessToken: text(request.accessToken, 'accessToken'), ...input })
}

/** @internal The same for a user who is named: `input` with ClientId, Username, and SecretHash for a client with a secret. */
export async function sendNamed(
  client: AppClient,
  operation: AnyOperation,
  request: NamedRequest,
  input: Record<string, unknown> = {},
): Promise<Fields> {
  checkAppClient(client, request)
  const { clientId, clientSecret } = client
  const username = text(request.username, 'username')
  return send(client, operation, request, {
    ClientId: clientId,
    Username: username,
    SecretHash: clientSecret && secretHash({ username, clientId, clientSecret }),
    ...metadata(request),
    ...input,
  })
}
