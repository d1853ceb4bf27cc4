import { secretHash } from '@srp6a/srp/cognito'
import type { Pool, State } from './pool.js'
import type { AnswerOptions, RequestOptions } from './step.js'

/** Without the fields that are undefined: some transports send those as `null`. */
export function present<T>(fields: Record<string, T | undefined>): Record<string, T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Record<string, T>
}

/** `responses` with USERNAME, and the SECRET_HASH over that very username, and DEVICE_KEY if known. */
export function identified(
  pool: Pool,
  state: State,
  responses: Record<string, string | undefined>,
): Record<string, string> {
  const username = responses.USERNAME ?? state.username
  return present({
    USERNAME: username,
    SECRET_HASH:
      pool.clientSecret && secretHash({ username, clientId: pool.clientId, clientSecret: pool.clientSecret }),
    DEVICE_KEY: state.deviceKey,
    ...responses,
  })
}

/** The options of this answer, or else those of `signIn`. */
export function merged(base: RequestOptions, options: AnswerOptions): RequestOptions {
  return present<object>({
    clientMetadata: options.clientMetadata ?? base.clientMetadata,
    analyticsMetadata: options.analyticsMetadata ?? base.analyticsMetadata,
    userContextData: options.userContextData ?? base.userContextData,
  })
}

const metadata = (options: RequestOptions) => ({
  ClientMetadata: options.clientMetadata,
  AnalyticsMetadata: options.analyticsMetadata,
  UserContextData: options.userContextData,
})

/** InitiateAuth. */
export const initiate = (
  pool: Pool,
  flow: string,
  state: State,
  parameters: Record<string, string | undefined>,
): Record<string, unknown> =>
  present<unknown>({
    ClientId: pool.clientId,
    AuthFlow: flow,
    AuthParameters: identified(pool, state, parameters),
    Session: state.session,
    ...metadata(state.options),
  })

/** RespondToAuthChallenge. The Session is echoed whenever the last reply had one. */
export const answer = (
  pool: Pool,
  state: State,
  responses: Record<string, string>,
  options: RequestOptions,
): Record<string, unknown> =>
  present<unknown>({
    ClientId: pool.clientId,
    ChallengeName: state.challenge,
    Session: state.session,
    ChallengeResponses: identified(pool, state, responses),
    ...metadata(options),
  })
