import { codeExpired, invalidParameter, noSuchUser, notAuthorized, ServiceError } from '../config/errors.js'
import type { Json } from '../config/json.js'
import { mediumFor, redeemCode, sendKeptCode } from '../credentials/codes.js'
import { checkLockout, clearFailures, countFailure } from '../credentials/lockout.js'
import { checkPasswordPolicy, isPassword, setPassword } from '../credentials/passwords.js'
import { verifyAccessToken } from '../credentials/tokens.js'
import type { Pool } from '../model/pool.js'
import type { User } from '../model/state.js'
import { findUser } from '../model/users.js'
import { type Call, type Operations, open } from './operation.js'
import { findNamed } from './sign-up.js'

/** A new password of the user's own: every older grant stays, as in the service. */
function replacePassword(pool: Pool, user: User, password: string): void {
  setPassword(pool, user, password)
  user.status = 'CONFIRMED'
  user.temporaryPasswordUntil = undefined
  user.modifiedAt = pool.host.now()
}

/** The code for a forgotten password goes to a verified address only. */
export function sendResetCode(pool: Pool, user: User): object {
  const medium = mediumFor(user)
  const attribute = medium === 'SMS' ? 'phone_number' : 'email'
  if (medium === undefined || user.attributes[`${attribute}_verified`] !== 'true') {
    throw invalidParameter(
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    )
  }
  return sendKeptCode(pool, user, medium, 'forgot-password')
}

function forgot({ host, input }: Call): Json {
  const { pool, client, username } = findNamed(host, input)
  const user = findUser(pool, username)
  if (user === undefined) {
    if (client.preventUserExistenceErrors === 'LEGACY') throw noSuchUser()
    return { CodeDeliveryDetails: { Destination: 'a***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' } }
  }
  if (!user.enabled) throw notAuthorized('User is disabled.')
  if (user.status === 'FORCE_CHANGE_PASSWORD')
    throw notAuthorized('User password cannot be reset in the current state.')
  return { CodeDeliveryDetails: sendResetCode(pool, user) }
}

function confirmForgot({ host, input }: Call): Json {
  const { pool, client, username } = findNamed(host, input)
  const code = input.string('ConfirmationCode')
  const password = input.string('Password')
  const user = findUser(pool, username)
  if (user === undefined) throw client.preventUserExistenceErrors === 'LEGACY' ? noSuchUser() : codeExpired()
  checkPasswordPolicy(pool, password)
  redeemCode(pool, user, 'forgot-password', code)
  replacePassword(pool, user, password)
  clearFailures(pool, user.username)
  return {}
}

async function change({ host, input }: Call): Promise<Json> {
  const proposed = input.string('ProposedPassword')
  const previous = input.optionalString('PreviousPassword')
  const { pool, user } = await verifyAccessToken(host, input.string('AccessToken'))
  if (user.verifier !== '') {
    if (previous === undefined) throw invalidParameter('Missing required parameter PreviousPassword')
    checkLockout(pool, user.username)
    if (!isPassword(pool, user, previous)) {
      countFailure(pool, user.username)
      throw notAuthorized('Incorrect username or password.')
    }
  }
  checkPasswordPolicy(pool, proposed)
  if (user.status === 'RESET_REQUIRED') {
    throw new ServiceError('PasswordResetRequiredException', 'Password reset required for the user')
  }
  replacePassword(pool, user, proposed)
  return {}
}

/** Passwords forgotten and changed. */
export const passwordOperations: Operations = {
  ForgotPassword: open(forgot),
  ConfirmForgotPassword: open(confirmForgot),
  ChangePassword: open(change),
}
