import { noSuchUser, notAuthorized, ServiceError, wrongPassword } from '../config/errors.js'
import { runTrigger } from '../config/triggers.js'
import { decoyFor } from '../credentials/decoy.js'
import { checkLockout, clearFailures, countFailure } from '../credentials/lockout.js'
import { matchesVerifier } from '../credentials/passwords.js'
import { checkSecretHash } from '../credentials/secret-hash.js'
import type { Attempt, User } from '../model/state.js'
import { findUser } from '../model/users.js'
import { type AuthContext, newAttempt, parameter } from './auth-context.js'

/** Who wants to sign in: a user, or made-up parameters where the client hides which users exist. */
export interface Candidate {
  readonly user: User | undefined
  readonly attempt: Attempt
  readonly salt: string
  readonly verifier: string
}

/**
 * Looks up the USERNAME of the request, after its SECRET_HASH.
 * A user without a password goes through the made-up arithmetic as well.
 */
export async function findCandidate(context: AuthContext): Promise<Candidate> {
  const typed = parameter(context, 'USERNAME')
  checkSecretHash(context.client, typed, context.parameters.get('SECRET_HASH'))
  const decoy = await decoyFor(context.pool, typed)
  const user = findUser(context.pool, typed)
  if (user === undefined) {
    if (context.client.preventUserExistenceErrors === 'LEGACY') throw noSuchUser()
    return { user, attempt: newAttempt(context, decoy.username, true), salt: decoy.salt, verifier: decoy.verifier }
  }
  await preAuthentication(context, user)
  const attempt = newAttempt(context, user.username)
  const { salt, verifier } = user.verifier === '' ? decoy : user
  return { user, attempt, salt, verifier }
}

/** May refuse a sign-in before anything is checked, by throwing. */
async function preAuthentication({ host, pool, client, clientMetadata }: AuthContext, user: User): Promise<void> {
  await runTrigger(host.triggers, 'preAuthentication', {
    version: '1',
    triggerSource: 'PreAuthentication_Authentication',
    region: pool.region,
    userPoolId: pool.id,
    userName: user.username,
    callerContext: { awsSdkVersion: 'emulator', clientId: client.clientId },
    request: {
      userAttributes: { sub: user.sub, ...user.attributes },
      validationData: clientMetadata,
      userNotFound: false,
    },
    response: {},
  })
}

/** Whether the USERNAME of an answer (the real name, or again what was typed) means the user of this attempt. */
export async function isSameUser(context: AuthContext, attempt: Attempt): Promise<boolean> {
  const given = parameter(context, 'USERNAME')
  if (given === attempt.username) return true
  if (attempt.decoy) return (await decoyFor(context.pool, given)).username === attempt.username
  return findUser(context.pool, given)?.username === attempt.username
}

/** What a right password may still be refused for. */
export function checkMaySignIn(context: AuthContext, user: User): void {
  if (!user.enabled) throw notAuthorized('User is disabled.')
  if (user.status === 'UNCONFIRMED') throw new ServiceError('UserNotConfirmedException', 'User is not confirmed.')
  if (user.status === 'RESET_REQUIRED') {
    throw new ServiceError('PasswordResetRequiredException', 'Password reset required for the user')
  }
  const until = user.temporaryPasswordUntil
  if (user.status === 'FORCE_CHANGE_PASSWORD' && until !== undefined && until <= context.host.now()) {
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.')
  }
}

/** Counts right and wrong passwords, for SRP and plain ones alike. `prove` runs only when the user is not locked out. */
export function checkPassword(
  context: AuthContext,
  username: string,
  user: User | undefined,
  prove: () => boolean,
): User {
  checkLockout(context.pool, username)
  if (!prove() || user === undefined || user.verifier === '') {
    countFailure(context.pool, username)
    throw wrongPassword()
  }
  clearFailures(context.pool, username)
  checkMaySignIn(context, user)
  return user
}

/** A password in plain text: its verifier is worked out anew and compared in constant time. */
export function checkPlainPassword(
  context: AuthContext,
  { user, attempt, salt, verifier }: Candidate,
  password: string,
): User {
  const record = { userId: attempt.username, salt, verifier }
  return checkPassword(context, attempt.username, user, () => matchesVerifier(context.pool, record, password))
}
