import { identifier, toUuid } from '../config/encoding.js'
import { invalidParameter, notAuthorized, ServiceError } from '../config/errors.js'
import type { Json } from '../config/json.js'
import { mediumFor, send } from '../credentials/codes.js'
import { addUser } from '../credentials/new-user.js'
import {
  checkPasswordHistory,
  checkPasswordPolicy,
  setPassword,
  temporaryPasswordMs,
} from '../credentials/passwords.js'
import { revokeAll } from '../credentials/tokens.js'
import { attributeList, checkAttributes, deleteAttributes, updateAttributes } from '../model/attributes.js'
import type { Pool } from '../model/pool.js'
import type { User } from '../model/state.js'
import { aliasHolder, findUser, getUser, removeUser, setAttributes } from '../model/users.js'
import { type Call, metadataOf, NO_CLIENT, type Operations, signed } from './operation.js'
import { page } from './page.js'
import { sendResetCode } from './passwords.js'
import { getPool } from './pools.js'
import { postConfirmation, preSignUp } from './sign-up.js'

function named({ host, input }: Call): { pool: Pool; user: User } {
  const pool = getPool(host, input.string('UserPoolId'))
  return { pool, user: getUser(pool, input.string('Username')) }
}

/** UserType of the service model. */
const describe = (user: User): { Attributes: { Name: string; Value: string }[]; [member: string]: unknown } => ({
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

async function invite(pool: Pool, user: User, password: string, call: Call): Promise<void> {
  if (call.input.optionalString('MessageAction') === 'SUPPRESS') return
  const mediums = call.input.stringList('DesiredDeliveryMediums')
  const medium = mediums?.includes('EMAIL') ? 'EMAIL' : (mediumFor(user) ?? 'SMS')
  const to = user.attributes[medium === 'EMAIL' ? 'email' : 'phone_number']
  if (to === undefined) return
  const source = 'CustomMessage_AdminCreateUser'
  const occasion = { purpose: 'invitation', source, clientId: NO_CLIENT, clientMetadata: metadataOf(call) }
  await send(pool, user, { medium, to, code: password }, occasion)
}

/** Send an invitation again, with a new temporary password. */
async function inviteAgain(pool: Pool, username: string, password: string, call: Call): Promise<Json> {
  const user = getUser(pool, username)
  if (user.status !== 'FORCE_CHANGE_PASSWORD') {
    throw new ServiceError(
      'UnsupportedUserStateException',
      `Resend not possible. ${username} status is not FORCE_CHANGE_PASSWORD`,
    )
  }
  setPassword(pool, user, password)
  user.temporaryPasswordUntil = pool.host.now() + temporaryPasswordMs(pool)
  await invite(pool, user, password, call)
  return { User: describe(user) }
}

/** Take verified addresses away from whom has them, as ForceAliasCreation asks. */
function releaseAliases(pool: Pool, attributes: Readonly<Record<string, string>>): void {
  for (const name of ['email', 'phone_number'] as const) {
    const value = attributes[name]
    const holder = value === undefined ? undefined : aliasHolder(pool, name, value)
    if (holder !== undefined) setAttributes(pool, holder, { ...holder.attributes, [`${name}_verified`]: 'false' })
  }
}

/** Tell whether a verified address is another user's sign-in name. */
const hasTakenAlias = (pool: Pool, attributes: Readonly<Record<string, string>>): boolean =>
  (['email', 'phone_number'] as const).some(
    (name) =>
      attributes[name] !== undefined &&
      attributes[`${name}_verified`] === 'true' &&
      aliasHolder(pool, name, attributes[name]) !== undefined,
  )

async function create(call: Call): Promise<Json> {
  const { host, input } = call
  const pool = getPool(host, input.string('UserPoolId'))
  const username = input.string('Username')
  const attributes = input.attributes('UserAttributes')
  checkAttributes(pool, attributes, true)
  const given = input.optionalString('TemporaryPassword')
  const password = given ?? `${identifier(host.random, 12)}aA1!`
  if (given !== undefined) checkPasswordPolicy(pool, given)
  if (input.optionalString('MessageAction') === 'RESEND') return inviteAgain(pool, username, password, call)
  const byAlias = pool.settings.usernameAttributes.length > 0
  if (byAlias) attributes[username.includes('@') ? 'email' : 'phone_number'] ??= username
  if (findUser(pool, username) !== undefined) {
    throw new ServiceError('UsernameExistsException', 'User account already exists')
  }
  await preSignUp(pool, NO_CLIENT, 'PreSignUp_AdminCreateUser', username, attributes, call)
  if (input.boolean('ForceAliasCreation') && !byAlias) releaseAliases(pool, attributes)
  const sub = toUuid(host.random(16))
  const verified = (name: string): Record<string, string> =>
    attributes[name] === undefined ? {} : { [`${name}_verified`]: attributes[`${name}_verified`] ?? 'false' }
  // Of the two exceptions for a name that is taken, AdminCreateUser has this one alone in the service's model.
  if (hasTakenAlias(pool, attributes)) {
    throw new ServiceError('UsernameExistsException', 'An account with the given address already exists.')
  }
  const user = addUser(pool, {
    sub,
    username: byAlias ? sub : username,
    password,
    status: 'FORCE_CHANGE_PASSWORD',
    attributes: { ...attributes, ...verified('email'), ...verified('phone_number') },
  })
  await invite(pool, user, password, call)
  return { User: describe(user) }
}

function setUserPassword(call: Call): Json {
  const { pool, user } = named(call)
  const password = call.input.string('Password')
  checkPasswordPolicy(pool, password)
  checkPasswordHistory(pool, user, password)
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

async function confirm(call: Call): Promise<Json> {
  const found = named(call)
  if (found.user.status !== 'UNCONFIRMED') {
    throw notAuthorized(`User cannot be confirmed. Current status is ${found.user.status}`)
  }
  found.user.status = 'CONFIRMED'
  await postConfirmation(found.pool, NO_CLIENT, found.user, 'PostConfirmation_ConfirmSignUp', metadataOf(call))
  return markModified(found)
}

async function resetPassword(call: Call): Promise<Json> {
  const found = named(call)
  await sendResetCode(found.pool, found.user, { clientId: NO_CLIENT, clientMetadata: metadataOf(call) })
  found.user.status = 'RESET_REQUIRED'
  return markModified(found)
}

const FILTER = /^\s*([\w:.-]+)\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/

// "You can only search for the following standard attributes … Custom attributes aren't searchable." (ListUsers, service
// model; ministack #1465)
const SEARCHABLE: ReadonlyMap<string, (user: User) => string | undefined> = new Map([
  ['username', (user: User) => user.username],
  ['sub', (user: User) => user.sub],
  ['status', (user: User) => (user.enabled ? 'Enabled' : 'Disabled')],
  ['cognito:user_status', (user: User) => user.status],
  ...['email', 'phone_number', 'name', 'given_name', 'family_name', 'preferred_username'].map(
    (name) => [name, (user: User) => user.attributes[name]] as const,
  ),
])

/** Return the test of a ListUsers filter, which ignores case. */
function matcher(filter: string | undefined): (user: User) => boolean {
  if (filter === undefined || filter.trim() === '') return () => true
  const [, name = '', operator = '', raw = ''] = FILTER.exec(filter) ?? []
  const fieldOf = SEARCHABLE.get(name)
  if (fieldOf === undefined) throw invalidParameter('Error while parsing filter.')
  const wanted = raw.replace(/\\(.)/g, '$1').toLowerCase()
  return (user) => {
    const found = fieldOf(user)?.toLowerCase()
    return operator === '=' ? found === wanted : (found?.startsWith(wanted) ?? false)
  }
}

function list({ host, input }: Call): Json {
  const pool = getPool(host, input.string('UserPoolId'))
  const users = [...pool.users.values()].filter(matcher(input.optionalString('Filter')))
  const { items, next } = page(
    { all: users, scope: `users ${pool.id}`, keyOf: ({ sub }) => sub },
    input.number('Limit'),
    input.optionalString('PaginationToken'),
  )
  const wanted = input.stringList('AttributesToGet')
  const Users = items.map((user) => {
    const described = describe(user)
    return wanted === undefined
      ? described
      : { ...described, Attributes: described.Attributes.filter(({ Name }) => wanted.includes(Name)) }
  })
  return { Users, PaginationToken: next }
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
    updateAttributes(found.pool, found.user, call.input.attributes('UserAttributes'), true)
    return markModified(found)
  }),
  AdminDeleteUserAttributes: signed((call) => {
    const found = named(call)
    deleteAttributes(found.pool, found.user, call.input.stringList('UserAttributeNames') ?? [])
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
    removeUser(pool, user)
    return {}
  }),
  ListUsers: signed(list),
}
