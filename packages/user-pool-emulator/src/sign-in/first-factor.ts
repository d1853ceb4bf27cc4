import { checkSecretHash } from '../clients.js'
import { decoyFor } from '../decoy.js'
import { noSuchUser, notAuthorized, ServiceError, wrongPassword } from '../errors.js'
import { checkLockout, clearFailures, countFailure } from '../lockout.js'
import type { Attempt, User } from '../state.js'
import { runTrigger } from '../triggers.js'
import { findUser, matchesVerifier } from '../users.js'
import { newAttempt, parameter, type Turn } from './turn.js'

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
export async function findCandidate(turn: Turn): Promise<Candidate> {
  const typed = parameter(turn, 'USERNAME')
  checkSecretHash(turn.client, typed, turn.parameters.get('SECRET_HASH'))
  const decoy = await decoyFor(turn.pool, typed)
  const user = findUser(turn.pool, typed)
  if (user === undefined) {
    if (turn.client.preventUserExistenceErrors === 'LEGACY') throw noSuchUser()
    return { user, attempt: newAttempt(turn, decoy.username, true), salt: decoy.salt, verifier: decoy.verifier }
  }
  await preAuthentication(turn, user)
  const attempt = newAttempt(turn, user.username)
  const { salt, verifier } = user.verifier === '' ? decoy : user
  return { user, attempt, salt, verifier }
}

/** May refuse a sign-in before anything is checked, by throwing. */
async function preAuthentication({ host, pool, client, clientMetadata }: Turn, user: User): Promise<void> {
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
export async function isSameUser(turn: Turn, attempt: Attempt): Promise<boolean> {
  const given = parameter(turn, 'USERNAME')
  if (given === attempt.username) return true
  if (attempt.decoy) return (await decoyFor(turn.pool, given)).username === attempt.username
  return findUser(turn.pool, given)?.username === attempt.username
}

/** What a right password may still be refused for. */
export function checkMaySignIn(turn: Turn, user: User): void {
  if (!user.enabled) throw notAuthorized('User is disabled.')
  if (user.status === 'UNCONFIRMED') throw new ServiceError('UserNotConfirmedException', 'User is not confirmed.')
  if (user.status === 'RESET_REQUIRED') {
    throw new ServiceError('PasswordResetRequiredException', 'Password reset required for the user')
  }
  const until = user.temporaryPasswordUntil
  if (user.status === 'FORCE_CHANGE_PASSWORD' && until !== undefined && until <= turn.host.now()) {
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.')
  }
}

/** Counts right and wrong passwords, for SRP and plain ones alike. `prove` runs only when the user is not locked out. */
export function checkPassword(turn: Turn, username: string, user: User | undefined, prove: () => boolean): User {
  checkLockout(turn.pool, username)
  if (!prove() || user === undefined || user.verifier === '') {
    countFailure(turn.pool, username)
    throw wrongPassword()
  }
  clearFailures(turn.pool, username)
  checkMaySignIn(turn, user)
  return user
}

/** A password in plain text: its verifier is worked out anew and compared in constant time. */
export function checkPlainPassword(turn: Turn, { user, attempt, salt, verifier }: Candidate, password: string): User {
  const record = { userId: attempt.username, salt, verifier }
  return checkPassword(turn, attempt.username, user, () => matchesVerifier(turn.pool, record, password))
}
