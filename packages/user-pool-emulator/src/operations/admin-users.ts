import { identifier, toUuid } from '../config/encoding.js'
import { invalidParameter, ServiceError } from '../config/errors.js'
import type { Json } from '../config/json.js'
import { mediumFor, send } from '../credentials/codes.js'
import { addUser } from '../credentials/new-user.js'
import { checkPasswordPolicy, setPassword, temporaryPasswordMs } from '../credentials/passwords.js'
import { revokeAll } from '../credentials/tokens.js'
import { attributeList, checkAttributes, deleteAttributes, updateAttributes } from '../model/attributes.js'
import type { Pool } from '../model/pool.js'
import type { User } from '../model/state.js'
import { getUser } from '../model/users.js'
import type { Input } from './input.js'
import { type Call, type Operations, signed } from './operation.js'
import { page } from './page.js'
import { sendResetCode } from './passwords.js'
import { getPool } from './pools.js'
import { preSignUp } from './sign-up.js'

function named({ host, input }: Call): { pool: Pool; user: User } {
  const pool = getPool(host, input.string('UserPoolId'))
  return { pool, user: getUser(pool, input.string('Username')) }
}

/** UserType of the service model. */
const describe = (user: User): Record<string, unknown> => ({
  Username: user.username,
  Attributes: attributeList(user),
  UserCreateDate: user.createdAt / 1000,
  UserLastModifiedDate: user.modifiedAt / 1000,
  Enabled: user.enabled,
  UserStatus: user.status,
})

const markModified = ({ pool, user }: { pool: Pool; user: User }): Json => {
  user.modifiedAt = pool.host.now()
  return {}
}

function invite(pool: Pool, user: User, password: string, input: Input): void {
  if (input.optionalString('MessageAction') === 'SUPPRESS') return
  const medium = input.stringList('DesiredDeliveryMediums')?.includes('EMAIL') ? 'EMAIL' : (mediumFor(user) ?? 'SMS')
  const to = user.attributes[medium === 'EMAIL' ? 'email' : 'phone_number']
  if (to !== undefined) send(pool, user, { medium, to, purpose: 'invitation', code: password })
}

async function create({ host, input }: Call): Promise<Json> {
  const pool = getPool(host, input.string('UserPoolId'))
  const username = input.string('Username')
  const attributes = input.attributes('UserAttributes')
  checkAttributes(attributes, true)
  const given = input.optionalString('TemporaryPassword')
  const password = given ?? `${identifier(host.random, 12)}aA1!`
  if (given !== undefined) checkPasswordPolicy(pool, given)
  if (input.optionalString('MessageAction') === 'RESEND') {
    const user = getUser(pool, username)
    if (user.status !== 'FORCE_CHANGE_PASSWORD') {
      throw new ServiceError(
        'UnsupportedUserStateException',
        `Resend not possible. ${username} status is not FORCE_CHANGE_PASSWORD`,
      )
    }
    setPassword(pool, user, password)
    user.temporaryPasswordUntil = host.now() + temporaryPasswordMs(pool)
    invite(pool, user, password, input)
    return { User: describe(user) }
  }
  await preSignUp(pool, '', 'PreSignUp_AdminCreateUser', username, attributes, input)
  const byAlias = pool.settings.usernameAttributes.length > 0
  if (byAlias) attributes[username.includes('@') ? 'email' : 'phone_number'] ??= username
  const sub = toUuid(host.random(16))
  const user = addUser(pool, {
    sub,
    username: byAlias ? sub : username,
    password,
    status: 'FORCE_CHANGE_PASSWORD',
    attributes: { email_verified: 'false', phone_number_verified: 'false', ...attributes },
  })
  for (const name of ['email', 'phone_number']) {
    if (user.attributes[name] === undefined) delete user.attributes[`${name}_verified`]
  }
  invite(pool, user, password, input)
  return { User: describe(user) }
}

function setUserPassword(call: Call): Json {
  const { pool, user } = named(call)
  const password = call.input.string('Password')
  checkPasswordPolicy(pool, password)
  const permanent = call.input.boolean('Permanent') ?? false
  setPassword(pool, user, password)
  user.status = permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD'
  user.temporaryPasswordUntil = permanent ? undefined : pool.host.now() + temporaryPasswordMs(pool)
  return markModified({ pool, user })
}

function get(call: Call): Json {
  const { user } = named(call)
  const { Attributes, ...rest } = describe(user)
  return {
    ...rest,
    UserAttributes: Attributes,
    PreferredMfaSetting: user.preferredMfa,
    UserMFASettingList: user.mfa.length > 0 ? user.mfa : undefined,
  }
}

const setEnabled =
  (enabled: boolean) =>
  (call: Call): Json => {
    const found = named(call)
    found.user.enabled = enabled
    return markModified(found)
  }

function confirm(call: Call): Json {
  const found = named(call)
  if (found.user.status !== 'UNCONFIRMED') {
    throw new ServiceError('NotAuthorizedException', `User cannot be confirmed. Current status is ${found.user.status}`)
  }
  found.user.status = 'CONFIRMED'
  return markModified(found)
}

function resetPassword(call: Call): Json {
  const found = named(call)
  sendResetCode(found.pool, found.user)
  found.user.status = 'RESET_REQUIRED'
  return markModified(found)
}

const FILTER = /^\s*([\w:.-]+)\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/

function matcher(filter: string | undefined): (user: User) => boolean {
  if (filter === undefined || filter.trim() === '') return () => true
  const [, name = '', operator = '', raw = ''] = FILTER.exec(filter) ?? []
  if (name === '') throw invalidParameter('Error while parsing filter.')
  const value = raw.replace(/\\(.)/g, '$1')
  return (user) => {
    const facts: Record<string, string | undefined> = {
      username: user.username,
      sub: user.sub,
      status: user.enabled ? 'Enabled' : 'Disabled',
      'cognito:user_status': user.status,
    }
    const found = facts[name] ?? user.attributes[name]
    return operator === '=' ? found === value : (found?.startsWith(value) ?? false)
  }
}

function list({ host, input }: Call): Json {
  const pool = getPool(host, input.string('UserPoolId'))
  const users = [...pool.users.values()].filter(matcher(input.optionalString('Filter')))
  const { items, next } = page(users, input.number('Limit'), input.optionalString('PaginationToken'))
  return { Users: items.map(describe), PaginationToken: next }
}

export { describe as describeUser, named as namedUser }

/** Users, as an administrator sees and changes them. */
export const adminUserOperations: Operations = {
  AdminCreateUser: signed(create),
  AdminGetUser: signed(get),
  AdminSetUserPassword: signed(setUserPassword),
  AdminConfirmSignUp: signed(confirm),
  AdminResetUserPassword: signed(resetPassword),
  AdminEnableUser: signed(setEnabled(true)),
  AdminDisableUser: signed(setEnabled(false)),
  AdminUpdateUserAttributes: signed((call) => {
    const found = named(call)
    updateAttributes(found.user, call.input.attributes('UserAttributes'), true)
    return markModified(found)
  }),
  AdminDeleteUserAttributes: signed((call) => {
    const found = named(call)
    deleteAttributes(found.user, call.input.stringList('UserAttributeNames') ?? [])
    return markModified(found)
  }),
  AdminUserGlobalSignOut: signed((call) => {
    const { pool, user } = named(call)
    revokeAll(pool, user)
    return {}
  }),
  AdminDeleteUser: signed((call) => {
    const { pool, user } = named(call)
    revokeAll(pool, user)
    pool.users.delete(user.username)
    return {}
  }),
  ListUsers: signed(list),
}
