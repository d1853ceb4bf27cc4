import { invalidParameter } from '../config/errors.js'
import type { Json } from '../config/json.js'
import { type Medium, redeemCode, sendKeptCode } from '../credentials/codes.js'
import { revokeAll, verifyAccessToken } from '../credentials/tokens.js'
import { attributeList, deleteAttributes, updateAttributes } from '../model/attributes.js'
import type { Pool } from '../model/pool.js'
import type { User } from '../model/state.js'
import { availableChallenges } from '../sign-in/user-auth.js'
import type { Input } from './input.js'
import { type Call, type Operations, open } from './operation.js'
import { verifyAddress } from './sign-up.js'

async function getUser({ host, input }: Call): Promise<Json> {
  const { user } = await verifyAccessToken(host, input.string('AccessToken'))
  return {
    Username: user.username,
    UserAttributes: attributeList(user),
    PreferredMfaSetting: user.preferredMfa,
    UserMFASettingList: user.mfa.length > 0 ? user.mfa : undefined,
  }
}

const ADDRESSES: Readonly<Record<string, Medium>> = { email: 'EMAIL', phone_number: 'SMS' }

function addressName(input: Input): 'email' | 'phone_number' {
  const name = input.string('AttributeName')
  if (name === 'email' || name === 'phone_number') return name
  throw invalidParameter(`Cannot verify the attribute ${name}`)
}

function sendVerification(pool: Pool, user: User, name: string): object {
  return sendKeptCode(pool, user, ADDRESSES[name] ?? 'EMAIL', 'attribute', `attribute:${name}`)
}

async function update({ host, input }: Call): Promise<Json> {
  const { pool, user } = await verifyAccessToken(host, input.string('AccessToken'))
  const changes = input.attributes('UserAttributes')
  const before = user.attributes
  updateAttributes(user, changes)
  user.modifiedAt = host.now()
  const changed = Object.keys(ADDRESSES).filter((name) => changes[name] && changes[name] !== before[name])
  return { CodeDeliveryDetailsList: changed.map((name) => sendVerification(pool, user, name)) }
}

async function removeAttributes({ host, input }: Call): Promise<Json> {
  const { user } = await verifyAccessToken(host, input.string('AccessToken'))
  deleteAttributes(user, input.stringList('UserAttributeNames') ?? [])
  return {}
}

async function sendAttributeCode({ host, input }: Call): Promise<Json> {
  const { pool, user } = await verifyAccessToken(host, input.string('AccessToken'))
  return { CodeDeliveryDetails: sendVerification(pool, user, addressName(input)) }
}

async function verifyAttribute({ host, input }: Call): Promise<Json> {
  const { pool, user } = await verifyAccessToken(host, input.string('AccessToken'))
  const name = addressName(input)
  redeemCode(pool, user, `attribute:${name}`, input.string('Code'))
  verifyAddress(user, name)
  return {}
}

async function deleteUser({ host, input }: Call): Promise<Json> {
  const { pool, user } = await verifyAccessToken(host, input.string('AccessToken'))
  revokeAll(pool, user)
  pool.users.delete(user.username)
  return {}
}

async function authFactors({ host, input }: Call): Promise<Json> {
  const { pool, user } = await verifyAccessToken(host, input.string('AccessToken'))
  return {
    Username: user.username,
    PreferredMfaSetting: user.preferredMfa,
    UserMFASettingList: user.mfa.length > 0 ? user.mfa : undefined,
    ConfiguredUserAuthFactors: availableChallenges(pool, user).filter((name) => name !== 'PASSWORD_SRP'),
  }
}

/** What a signed-in user does with the own account. */
export const userOperations: Operations = {
  GetUser: open(getUser),
  UpdateUserAttributes: open(update),
  DeleteUserAttributes: open(removeAttributes),
  GetUserAttributeVerificationCode: open(sendAttributeCode),
  VerifyUserAttribute: open(verifyAttribute),
  DeleteUser: open(deleteUser),
  GetUserAuthFactors: open(authFactors),
}
