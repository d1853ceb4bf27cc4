import { invalidSession } from '../config/errors.js'
import { checkSecretHash } from '../credentials/secret-hash.js'
import { allows } from '../model/clients.js'
import type { Pool } from '../model/pool.js'
import type { Client, User } from '../model/state.js'
import { advance } from './advance.js'
import { type AuthContext, type Reply, userOf } from './auth-context.js'
import { checkMaySignIn, isSameUser, signInName } from './first-factor.js'
import { closeSession, findSession, openSession } from './session.js'

const SIGN_UP = 'SIGN_UP'

/**
 * Return the Session that SignUp and ConfirmSignUp give to clients with ALLOW_USER_AUTH; undefined for other clients.
 * aws-sdk-js-v3 #6724, amplify-android #3135, #3136.
 */
export function signUpSession(pool: Pool, client: Client, user: User, typed: string): string | undefined {
  if (!allows(client, 'ALLOW_USER_AUTH')) return undefined
  return openSession({ pool, client }, SIGN_UP, {
    clientId: client.clientId,
    username: user.username,
    typed,
    decoy: false,
    sub: user.sub,
    credentialVersion: user.credentialVersion,
    flow: 'USER_AUTH',
    deviceKey: undefined,
    deviceVerified: false,
    mfaDone: false,
    mfaPassed: false,
    newPassword: false,
    rounds: undefined,
  })
}

/**
 * Sign in with such a Session: "Amazon Cognito assumes the SMS or email message one-time verification password from the
 * request as the primary authentication factor" (service model, Session of ConfirmSignUp). MFA still comes after it.
 */
export async function signInAfterSignUp(context: AuthContext): Promise<Reply> {
  checkSecretHash(context.client, signInName(context), context.parameters.get('SECRET_HASH'))
  const session = findSession(context, SIGN_UP)
  if (!(await isSameUser(context, session.attempt))) throw invalidSession()
  checkMaySignIn(context, userOf(context, session.attempt))
  return advance(context, { ...closeSession(session), deviceKey: context.parameters.get('DEVICE_KEY') })
}
