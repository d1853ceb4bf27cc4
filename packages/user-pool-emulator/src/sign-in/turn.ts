import { missingParameter, wrongPassword } from '../errors.js'
import type { Json } from '../input.js'
import type { Host, Pool } from '../pool.js'
import type { Attempt, Client, User } from '../state.js'

/** One request of a sign-in: who asks, and with what. */
export interface Turn {
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
export function parameter(turn: Turn, name: string): string {
  const value = turn.parameters.get(name)
  if (value === undefined || value === '') throw missingParameter(name)
  return value
}

/** The beginning of a sign-in, as this user or as the made-up one of an unknown name. */
export function newAttempt(turn: Turn, username: string, decoy = false): Attempt {
  return {
    clientId: turn.client.clientId,
    username,
    typed: parameter(turn, 'USERNAME'),
    decoy,
    deviceKey: turn.parameters.get('DEVICE_KEY'),
    deviceVerified: false,
    mfaDone: false,
    rounds: undefined,
  }
}

/** The user of a sign-in under way; one that was deleted meanwhile is as good as a wrong password. */
export function userOf(turn: Turn, attempt: Attempt): User {
  const user = attempt.decoy ? undefined : turn.pool.users.get(attempt.username)
  if (user === undefined) throw wrongPassword()
  return user
}
