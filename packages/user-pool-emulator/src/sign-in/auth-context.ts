import { missingParameter, wrongPassword } from '../config/errors.js'
import type { Json } from '../config/json.js'
import type { Host, Pool } from '../model/pool.js'
import type { Attempt, Client, User } from '../model/state.js'

/** One request of a sign-in: who asks, and with what. */
export interface AuthContext {
  readonly host: Host
  readonly pool: Pool
  readonly client: Client
  readonly admin: boolean
  /** scheme and host of the request, for `iss` */
  readonly origin: string
  /** AuthParameters or ChallengeResponses */
  readonly parameters: ReadonlyMap<string, string>
  readonly session: string | undefined
  readonly clientMetadata: Readonly<Record<string, string>>
}

export type Reply = Json

/** @throws ServiceError InvalidParameterException "Missing required parameter …" */
export function parameter(context: AuthContext, name: string): string {
  const value = context.parameters.get(name)
  if (value === undefined || value === '') throw missingParameter(name)
  return value
}

/** The beginning of a sign-in, as this user or as the made-up one of an unknown name. */
export function newAttempt(context: AuthContext, username: string, decoy = false): Attempt {
  return {
    clientId: context.client.clientId,
    username,
    typed: parameter(context, 'USERNAME'),
    decoy,
    deviceKey: context.parameters.get('DEVICE_KEY'),
    deviceVerified: false,
    mfaDone: false,
    rounds: undefined,
  }
}

/** The user of a sign-in under way; one that was deleted meanwhile is as good as a wrong password. */
export function userOf(context: AuthContext, attempt: Attempt): User {
  const user = attempt.decoy ? undefined : context.pool.users.get(attempt.username)
  if (user === undefined) throw wrongPassword()
  return user
}
