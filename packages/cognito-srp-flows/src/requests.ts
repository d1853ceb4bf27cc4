import { secretHash } from '@srp6a/srp/cognito'
import type { AbortSignalLike } from './api.js'
import type { AppClient } from './app-client.js'
import { object, own } from './errors.js'
import { type Fields, isFields, isTextMap, optional } from './replies.js'
import type { State } from './state.js'
import type { AnswerOptions } from './step.js'

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
export function identified(client: AppClient, state: State, responses: Answers): Record<string, string> {
  const username = responses.USERNAME ?? state.username
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

/** Read a caller's options, each once. */
export function readOptions(options: AnswerOptions, name = 'options'): CallOptions {
  const given = own(options, name)
  return { signal: given.signal, metadata: metadata(given, name) }
}

/** Read the options that go into every request, under the names of the service. */
export function metadata(options: AnswerOptions, name = 'options'): Metadata {
  const { clientMetadata, analyticsMetadata, userContextData } = own(options, name)
  const given = present<object>({ clientMetadata, analyticsMetadata, userContextData })
  for (const [field, value] of Object.entries(given)) object(value, field)
  return present<object>({
    ClientMetadata: clientMetadata,
    AnalyticsMetadata: analyticsMetadata,
    UserContextData: userContextData,
  })
}

/** Read the metadata of a saved step. */
export const readMetadata = (from: Fields): Metadata =>
  present<object>({
    ClientMetadata: optional(from, 'ClientMetadata', isTextMap),
    AnalyticsMetadata: optional(from, 'AnalyticsMetadata', isFields),
    UserContextData: optional(from, 'UserContextData', isFields),
  })

/** Build the request of InitiateAuth. */
export const initiate = (client: AppClient, AuthFlow: string, state: State, parameters: Answers): Fields => ({
  ...state.metadata,
  ClientId: client.clientId,
  AuthFlow,
  AuthParameters: identified(client, state, parameters),
  Session: state.session,
})

/** Build the request of RespondToAuthChallenge. The Session is echoed whenever the last reply had one. */
export const answer = (client: AppClient, state: State, responses: Answers, { metadata }: CallOptions): Fields => ({
  ...state.metadata,
  ...metadata,
  ClientId: client.clientId,
  ChallengeName: state.challenge,
  Session: state.session,
  ChallengeResponses: identified(client, state, responses),
})
