import {
  invalidParameter,
  noSuchUser,
  notAuthorized,
  passwordResetRequired,
  userNotConfirmed,
  wrongPassword,
} from '../config/errors.js'
import { decoyFor } from '../credentials/decoy.js'
import { checkLockout, clearFailures, countFailure } from '../credentials/lockout.js'
import { hasPassword, matchesVerifier, passwordRecord } from '../credentials/passwords.js'
import { checkSecretHash } from '../credentials/secret-hash.js'
import { callTrigger, eventAttributes } from '../model/call-trigger.js'
import type { Attempt, User } from '../model/state.js'
import { findUser } from '../model/users.js'
import { type AuthContext, newAttempt, parameter } from './auth-context.js'

/** The user who wants to sign in, or made-up parameters where the client hides which users exist. */
export interface Candidate {
  readonly user: User | undefined
  readonly attempt: Attempt
  readonly salt: string
  readonly verifier: string
}

const NAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u
const PATTERN = 'Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+'
const LONGEST = 128
const LENGTH = `Member must have length less than or equal to ${LONGEST}`

/**
 * Return USERNAME. White space in it, as autofill leaves it, is refused in the service's words (amplify-flutter #933), and so
 * is one longer than a Username of the service's model.
 * @throws ServiceError InvalidParameterException
 */
export function signInName(context: AuthContext): string {
  const name = parameter(context, 'USERNAME')
  const broken = [...(name.length > LONGEST ? [LENGTH] : []), ...(NAME.test(name) ? [] : [PATTERN])]
  if (broken.length === 0) return name
  const violations = ['userName', 'userAlias'].flatMap((place) =>
    broken.map((constraint) => `Value at '${place}' failed to satisfy constraint: ${constraint}`),
  )
  throw invalidParameter(`${violations.length} validation errors detected: ${violations.join('; ')}`)
}

/**
 * Look up the USERNAME of the request, after its SECRET_HASH.
 * A user without a password goes through the made-up arithmetic as well.
 */
export async function findCandidate(context: AuthContext): Promise<Candidate> {
  const typed = signInName(context)
  checkSecretHash(context.client, typed, context.parameters.get('SECRET_HASH'))
  const decoy = await decoyFor(context.pool, typed)
  const user = findUser(context.pool, typed)
  if (user === undefined) {
    if (context.client.preventUserExistenceErrors === 'LEGACY') throw noSuchUser()
    return { user, attempt: newAttempt(context, decoy.username, user), salt: decoy.salt, verifier: decoy.verifier }
  }
  await preAuthentication(context, user)
  const { salt, verifier } = passwordRecord(context.pool, user) ?? decoy
  return { user, attempt: newAttempt(context, user.username, user), salt, verifier }
}

/** Let the PreAuthentication trigger refuse a sign-in before anything is checked, by throwing. */
async function preAuthentication({ pool, client, clientMetadata }: AuthContext, user: User): Promise<void> {
  await callTrigger(pool, 'preAuthentication', {
    source: 'PreAuthentication_Authentication',
    clientId: client.clientId,
    userName: user.username,
    request: { userAttributes: eventAttributes(user), validationData: clientMetadata, userNotFound: false },
  })
}

/** Tell whether the USERNAME of an answer (the real name, or again what was typed) means the user of this attempt. */
export async function isSameUser(context: AuthContext, attempt: Attempt): Promise<boolean> {
  const given = parameter(context, 'USERNAME')
  if (given === attempt.username) return true
  if (given.length > LONGEST) return false
  if (attempt.decoy) return (await decoyFor(context.pool, given)).username === attempt.username
  return findUser(context.pool, given)?.username === attempt.username
}

/**
 * Refuse users who cannot sign in whatever the password is.
 * Unconfirmed: "this is the intended behavior" (amazon-cognito-identity-js #288, by the service team; aws-sdk-js #4608,
 * amplify-js #1464, #11209; measured in ministack #1758). Reset, as imported users are: aws-sdk-ios #2298, and
 * AdminResetUserPassword of the service model: "deactivates a user's password".
 */
export function checkStatus(user: User): void {
  if (user.status === 'UNCONFIRMED') throw userNotConfirmed()
  if (user.status === 'RESET_REQUIRED') throw passwordResetRequired()
}

/** Refuse what a right password may still be refused for. */
export function checkMaySignIn(context: AuthContext, user: User): void {
  if (!user.enabled) throw notAuthorized('User is disabled.')
  checkStatus(user)
  const until = user.temporaryPasswordUntil
  if (user.status === 'FORCE_CHANGE_PASSWORD' && until !== undefined && until <= context.host.now()) {
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.')
  }
}

/** Count right and wrong passwords, for SRP and plain ones alike. `prove` runs only when the user is not locked out. */
export function checkPassword(
  context: AuthContext,
  username: string,
  user: User | undefined,
  prove: () => boolean,
): User {
  checkLockout(context.pool, username)
  if (user !== undefined) checkStatus(user)
  if (!prove() || user === undefined || !hasPassword(user)) {
    countFailure(context.pool, username)
    throw wrongPassword()
  }
  clearFailures(context.pool, username)
  checkMaySignIn(context, user)
  return user
}

/** Check a password in plain text: its verifier is derived again and compared in constant time. */
export function checkPlainPassword(
  context: AuthContext,
  { user, attempt, salt, verifier }: Candidate,
  password: string,
): User {
  const record = { userId: attempt.username, salt, verifier }
  return checkPassword(context, attempt.username, user, () => matchesVerifier(context.pool, record, password))
}
