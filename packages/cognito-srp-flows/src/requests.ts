import { secretHash } from '@srp6a/srp/cognito'
import type { AppClient, State } from './app-client.js'
import { object } from './errors.js'
import type { RequestOptions } from './step.js'

type Answers = Record<string, string | undefined>

/** Without the fields that are undefined: some transports send those as `null`. */
export function present<T>(fields: Record<string, T | undefined>): Record<string, T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Record<string, T>
}

/** `responses` with USERNAME, and the SECRET_HASH over that very username, and DEVICE_KEY if known. */
export function identified(client: AppClient, state: State, responses: Answers): Record<string, string> {
  const username = responses.USERNAME ?? state.username
  return present({
    USERNAME: username,
    SECRET_HASH:
      client.clientSecret && secretHash({ username, clientId: client.clientId, clientSecret: client.clientSecret }),
    DEVICE_KEY: state.deviceKey,
    ...responses,
  })
}

/** The options as the service names them: what goes into every request as it is. */
export function metadata(options: RequestOptions): Record<string, object> {
  object(options, 'options')
  const { clientMetadata, analyticsMetadata, userContextData } = options
  for (const [name, value] of Object.entries({ clientMetadata, analyticsMetadata, userContextData })) {
    if (value !== undefined) object(value, name)
  }
  return present<object>({
    ClientMetadata: clientMetadata,
    AnalyticsMetadata: analyticsMetadata,
    UserContextData: userContextData,
  })
}

/** InitiateAuth. */
export const initiate = (
  client: AppClient,
  AuthFlow: string,
  state: State,
  parameters: Answers,
): Record<string, unknown> => ({
  ClientId: client.clientId,
  AuthFlow,
  AuthParameters: identified(client, state, parameters),
  Session: state.session,
  ...state.metadata,
})

/** RespondToAuthChallenge. The Session is echoed whenever the last reply had one. */
export const answer = (client: AppClient, state: State, responses: Answers): Record<string, unknown> => ({
  ClientId: client.clientId,
  ChallengeName: state.challenge,
  Session: state.session,
  ChallengeResponses: identified(client, state, responses),
  ...state.metadata,
})
