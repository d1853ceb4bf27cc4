import { invalidParameter } from '../config/errors.js'
import type { Json } from '../config/json.js'
import { checkCode, type Medium, redeemCode, sendKeptCode } from '../credentials/codes.js'
import { type AccessTokenOwner, revokeAll, verifyAccessToken } from '../credentials/tokens.js'
import { attributeList, deleteAttributes, updateAttributes } from '../model/attributes.js'
import { removeUser } from '../model/users.js'
import { availableChallenges } from '../sign-in/user-auth.js'
import type { Input } from './input.js'
import { type Call, metadataOf, type Operations, open } from './operation.js'
import { claimAlias } from './sign-up.js'

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

async function sendVerification(
  call: Call,
  { pool, client, user }: AccessTokenOwner,
  name: string,
  source: string,
): Promise<object> {
  const occasion = { purpose: 'attribute', source, clientId: client.clientId, clientMetadata: metadataOf(call) }
  return sendKeptCode(pool, user, ADDRESSES[name] ?? 'EMAIL', occasion, `attribute:${name}`)
}

async function update(call: Call): Promise<Json> {
  const owner = await verifyAccessToken(call.host, call.input.string('AccessToken'))
  const { pool, user } = owner
  const changes = call.input.attributes('UserAttributes')
  const before = user.attributes
  updateAttributes(pool, user, changes)
  user.modifiedAt = call.host.now()
  const sent: object[] = []
  for (const name of Object.keys(ADDRESSES)) {
    if (!changes[name] || changes[name] === before[name]) continue
    sent.push(await sendVerification(call, owner, name, 'CustomMessage_UpdateUserAttribute'))
  }
  return { CodeDeliveryDetailsList: sent }
}

async function removeAttributes({ host, input }: Call): Promise<Json> {
  const { pool, user } = await verifyAccessToken(host, input.string('AccessToken'))
  deleteAttributes(pool, user, input.stringList('UserAttributeNames') ?? [])
  return {}
}

async function sendAttributeCode(call: Call): Promise<Json> {
  const owner = await verifyAccessToken(call.host, call.input.string('AccessToken'))
  const source = 'CustomMessage_VerifyUserAttribute'
  return { CodeDeliveryDetails: await sendVerification(call, owner, addressName(call.input), source) }
}

async function verifyAttribute({ host, input }: Call): Promise<Json> {
  const { pool, user } = await verifyAccessToken(host, input.string('AccessToken'))
  const name = addressName(input)
  checkCode(pool, user, `attribute:${name}`, input.string('Code'))
  claimAlias(pool, user, name, false)
  redeemCode(pool, user, `attribute:${name}`, input.string('Code'))
  return {}
}

async function deleteUser({ host, input }: Call): Promise<Json> {
  const { pool, user } = await verifyAccessToken(host, input.string('AccessToken'))
  revokeAll(pool, user)
  removeUser(pool, user)
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

/** The operations of signed-in users on their own accounts. */
export const userOperations: Operations = {
  GetUser: open(getUser),
  UpdateUserAttributes: open(update),
  DeleteUserAttributes: open(removeAttributes),
  GetUserAttributeVerificationCode: open(sendAttributeCode),
  VerifyUserAttribute: open(verifyAttribute),
  DeleteUser: open(deleteUser),
  GetUserAuthFactors: open(authFactors),
}
