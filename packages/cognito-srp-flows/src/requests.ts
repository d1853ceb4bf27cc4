import { secretHash } from '@srp6a/srp/cognito'
import type { AbortSignalLike, AnyOperation } from './api.js'
import type { AppClient } from './app-client.js'
import { FlowError, own, ownValue } from './errors.js'
import { type Fields, isException, isFields, isTextMap, optional } from './replies.js'
import type { State } from './state.js'
import type { AnswerOptions, RequestOptions } from './step.js'

type Answers = Record<string, string | undefined>

/** The options that go into every request, under the names of the service. */
export interface Metadata {
  readonly ClientMetadata?: object
  readonly AnalyticsMetadata?: object
  readonly UserContextData?: object
}

/** Leave out the fields that are undefined: some transports send those as `null`. */
export function present<T>(fields: Record<string, T | undefined>): Record<string, T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Record<string, T>
}

/** Add USERNAME to `responses`, the SECRET_HASH over that very username, and DEVICE_KEY if known. */
function identified(client: AppClient, state: State, responses: Answers): Record<string, string> {
  const username = ownValue(responses, 'USERNAME') ?? state.username
  const { clientId, clientSecret } = client
  return present({
    USERNAME: username,
    SECRET_HASH: clientSecret && secretHash({ username, clientId, clientSecret }),
    DEVICE_KEY: state.deviceKey,
    ...responses,
  })
}

/** The options of a call's requests: the fields they carry, and the signal that ends them. */
export interface CallOptions {
  readonly metadata: Metadata
  readonly signal: AbortSignalLike | undefined
}

/** The options of requests under the caller's names, and under those of the service. */
const METADATA = {
  clientMetadata: 'ClientMetadata',
  analyticsMetadata: 'AnalyticsMetadata',
  userContextData: 'UserContextData',
} as const

/** Read a caller's options, each once. */
export function readOptions(options: AnswerOptions = {}, name = 'options'): CallOptions {
  const given = own(options, name)
  return { signal: given.signal, metadata: metadata(given) }
}

/** Read the options that go into every request, under the names of the service. */
export function metadata(given: RequestOptions): Metadata {
  const read = (name: keyof typeof METADATA) => {
    const value: object | undefined = given[name]
    // A copy: later answers and a saved step say what this one said.
    const copy = value === undefined ? value : { ...own(value, name) }
    if (name === 'clientMetadata' && copy && !isTextMap(copy)) throw new TypeError(`${name}: expected strings`)
    return [METADATA[name], copy]
  }
  return present<object>(Object.fromEntries((Object.keys(METADATA) as (keyof typeof METADATA)[]).map(read)))
}

/** Read the metadata of a saved step. */
export const readMetadata = (from: Fields): Metadata =>
  present<object>({
    ClientMetadata: optional(from, 'ClientMetadata', isTextMap),
    AnalyticsMetadata: optional(from, 'AnalyticsMetadata', isFields),
    UserContextData: optional(from, 'UserContextData', isFields),
  })

/** A sign-in as its requests have it. */
interface Requester {
  readonly client: AppClient
  readonly state: State
  readonly options: CallOptions
}

/**
 * Build the request of InitiateAuth or RespondToAuthChallenge. The Session is echoed whenever the last reply had one.
 *
 * @param head - The flow or the challenge.
 * @param field - The name of the field of the answers.
 */
export const authRequest = (
  { client, state, options }: Requester,
  head: Fields,
  field: string,
  answers: Answers,
): Fields => ({
  ...state.metadata,
  ...options.metadata,
  ClientId: client.clientId,
  ...head,
  Session: state.session,
  [field]: identified(client, state, answers),
})

export const LOST = 'the sign-in has expired: start again with signIn'

/** Send one request. A session that the service no longer knows becomes a FlowError; all else passes untouched. */
export async function send({ client, options }: Requester, operation: AnyOperation, input: Fields): Promise<unknown> {
  try {
    return await client.api.call(operation, present(input), options.signal)
  } catch (error) {
    if (!isException(error, 'NotAuthorizedException', /\bsession\b/i)) throw error
    throw new FlowError('session-lost', LOST, error)
  }
}
