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
  /** the AuthFlow of InitiateAuth; undefined in an answer to a challenge */
  readonly flow: string | undefined
}

/**
 * Return the ClientMetadata that reaches PostAuthentication, PreTokenGeneration and the triggers of CUSTOM_AUTH: that of an
 * answer. What InitiateAuth brings reaches PreAuthentication, UserMigration and PreSignUp alone, as validationData.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
 */
export const metadataForTriggers = (context: AuthContext): { clientMetadata?: Readonly<Record<string, string>> } =>
  context.flow === undefined ? { clientMetadata: context.clientMetadata } : {}

export type Reply = Json

/** @throws ServiceError InvalidParameterException "Missing required parameter …" */
export function parameter(context: AuthContext, name: string): string {
  const value = context.parameters.get(name)
  if (value === undefined || value === '') throw missingParameter(name)
  return value
}

/** Begin a sign-in, as this user or as the made-up one of an unknown name. */
export function newAttempt(context: AuthContext, username: string, user: User | undefined): Attempt {
  return {
    clientId: context.client.clientId,
    username,
    typed: parameter(context, 'USERNAME'),
    decoy: user === undefined,
    sub: user?.sub ?? '',
    credentialVersion: user?.credentialVersion ?? 0,
    flow: context.flow ?? '',
    deviceKey: context.parameters.get('DEVICE_KEY'),
    deviceVerified: false,
    mfaDone: false,
    mfaPassed: false,
    newPassword: false,
    rounds: undefined,
  }
}

/** Note a factor that was passed, by its name in `amr`. */
export function passed(attempt: Attempt, method: string): Attempt {
  attempt.methods = [...new Set([...(attempt.methods ?? []), method])]
  attempt.authTime = undefined
  return attempt
}

/** Find the user whom a sign-in began with: not another one of that name, and with the password of then. */
export function knownUser(pool: Pool, attempt: Attempt): User | undefined {
  const user = attempt.decoy ? undefined : pool.users.get(attempt.username)
  return user?.sub === attempt.sub && user.credentialVersion === attempt.credentialVersion ? user : undefined
}

/** Find the user of a sign-in under way; one that was deleted or changed meanwhile is as good as a wrong password. */
export function userOf(context: AuthContext, attempt: Attempt): User {
  const user = knownUser(context.pool, attempt)
  if (user === undefined) throw wrongPassword()
  return user
}
