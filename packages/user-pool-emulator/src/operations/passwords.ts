import { codeMismatch, invalidParameter, noSuchUser, notAuthorized, passwordResetRequired } from '../config/errors.js'
import type { Json } from '../config/json.js'
import { checkCode, type Delivery, mediumFor, type Occasion, redeemCode, sendKeptCode } from '../credentials/codes.js'
import { simulatedDelivery } from '../credentials/decoy.js'
import { checkLockout, clearFailures, countFailure } from '../credentials/lockout.js'
import {
  checkPasswordHistory,
  checkPasswordPolicy,
  hasPassword,
  isPassword,
  setPassword,
} from '../credentials/passwords.js'
import { verifyAccessToken } from '../credentials/tokens.js'
import type { Pool } from '../model/pool.js'
import type { User } from '../model/state.js'
import { findUser } from '../model/users.js'
import { migrateUser } from '../sign-in/migrate.js'
import { type Call, metadataOf, type Operations, open } from './operation.js'
import { findNamed, postConfirmation } from './sign-up.js'

/** Give a user a new password of the user's own: every older grant stays, as in the service. */
function replacePassword(pool: Pool, user: User, password: string): void {
  setPassword(pool, user, password)
  user.status = 'CONFIRMED'
  user.temporaryPasswordUntil = undefined
  user.modifiedAt = pool.host.now()
}

/** Tell whether the user has a verified address, to which alone the code for a forgotten password goes. */
function canBeReset(user: User): boolean {
  const medium = mediumFor(user)
  return medium !== undefined && user.attributes[`${medium === 'SMS' ? 'phone_number' : 'email'}_verified`] === 'true'
}

/** Send the code for a forgotten password. */
export async function sendResetCode(
  pool: Pool,
  user: User,
  occasion: Pick<Occasion, 'clientId' | 'clientMetadata'>,
): Promise<Delivery> {
  const medium = mediumFor(user)
  if (medium === undefined || !canBeReset(user)) {
    throw invalidParameter(
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    )
  }
  const source = 'CustomMessage_ForgotPassword'
  return sendKeptCode(pool, user, medium, { purpose: 'forgot-password', source, ...occasion })
}

/**
 * With existence errors hidden, "if a user isn't found, is deactivated, or doesn't have a verified delivery mechanism", the
 * reply simulates a delivery (developer guide, managing error responses; ministack #1576, #1574; amplify-js #7253).
 */
async function forgot(call: Call): Promise<Json> {
  const { pool, client, username } = findNamed(call.host, call.input)
  const { clientId } = client
  const clientMetadata = metadataOf(call)
  const source = 'UserMigration_ForgotPassword'
  const user =
    findUser(pool, username) ?? (await migrateUser(pool, { source, clientId, userName: username, clientMetadata }))
  const hidden = client.preventUserExistenceErrors === 'ENABLED'
  if (hidden && (user === undefined || !user.enabled || !canBeReset(user))) {
    return { CodeDeliveryDetails: await simulatedDelivery(pool, username) }
  }
  if (user === undefined) throw noSuchUser()
  if (!user.enabled) throw notAuthorized('User is disabled.')
  if (user.status === 'FORCE_CHANGE_PASSWORD') {
    throw notAuthorized('User password cannot be reset in the current state.')
  }
  return { CodeDeliveryDetails: await sendResetCode(pool, user, { clientId, clientMetadata }) }
}

/** With existence errors hidden, a user who is unknown or disabled has a wrong code (developer guide; ministack #1576). */
async function confirmForgot(call: Call): Promise<Json> {
  const { input } = call
  const { pool, client, username } = findNamed(call.host, input)
  const code = input.string('ConfirmationCode')
  const password = input.string('Password')
  checkPasswordPolicy(pool, password)
  const user = findUser(pool, username)
  const hidden = client.preventUserExistenceErrors === 'ENABLED'
  if (user === undefined) throw hidden ? codeMismatch() : noSuchUser()
  if (!user.enabled) throw hidden ? codeMismatch() : notAuthorized('User is disabled.')
  checkCode(pool, user, 'forgot-password', code)
  // Before the code is used up, and never to someone without it: the reply tells what the password is or was.
  checkPasswordHistory(pool, user, password)
  redeemCode(pool, user, 'forgot-password', code)
  replacePassword(pool, user, password)
  clearFailures(pool, user.username)
  await postConfirmation(pool, client.clientId, user, 'PostConfirmation_ConfirmForgotPassword', metadataOf(call))
  return {}
}

async function change({ host, input }: Call): Promise<Json> {
  const proposed = input.string('ProposedPassword')
  const previous = input.optionalString('PreviousPassword')
  const { pool, user } = await verifyAccessToken(host, input.string('AccessToken'))
  if (hasPassword(user)) {
    if (previous === undefined) throw invalidParameter('Missing required parameter PreviousPassword')
    checkLockout(pool, user.username)
    if (!isPassword(pool, user, previous)) {
      countFailure(pool, user.username)
      throw notAuthorized('Incorrect username or password.')
    }
  }
  checkPasswordPolicy(pool, proposed)
  if (user.status === 'RESET_REQUIRED') throw passwordResetRequired()
  checkPasswordHistory(pool, user, proposed)
  replacePassword(pool, user, proposed)
  return {}
}

/** Passwords forgotten and changed. */
export const passwordOperations: Operations = {
  ForgotPassword: open(forgot),
  ConfirmForgotPassword: open(confirmForgot),
  ChangePassword: open(change),
}
