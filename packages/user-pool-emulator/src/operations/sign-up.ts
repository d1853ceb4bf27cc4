import { toUuid } from '../config/encoding.js'
import { codeExpired, invalidParameter, noSuchUser, notAuthorized, ServiceError } from '../config/errors.js'
import type { Json } from '../config/json.js'
import { addressOf, checkCode, mediumFor, type Occasion, redeemCode, sendKeptCode } from '../credentials/codes.js'
import { simulatedDelivery } from '../credentials/decoy.js'
import { addUser } from '../credentials/new-user.js'
import { checkPasswordPolicy } from '../credentials/passwords.js'
import { checkSecretHash } from '../credentials/secret-hash.js'
import { aliasExists, checkAttributes } from '../model/attributes.js'
import { callTrigger, eventAttributes } from '../model/call-trigger.js'
import { findClient } from '../model/clients.js'
import type { Host, Pool } from '../model/pool.js'
import type { Client, User } from '../model/state.js'
import { aliasHolder, findUser, setAttributes } from '../model/users.js'
import { signUpSession } from '../sign-in/after-sign-up.js'
import type { Input } from './input.js'
import { type Call, metadataOf, type Operations, open } from './operation.js'

/** Pool, client and Username of a request that carries ClientId, Username and SecretHash. */
export function findNamed(host: Host, input: Input): { pool: Pool; client: Client; username: string } {
  const { pool, client } = findClient(host, input.string('ClientId'))
  const username = input.string('Username')
  checkSecretHash(client, username, input.optionalString('SecretHash'))
  return { pool, client, username }
}

/** Mark the address that a code came to as verified. */
export function verifyAddress(pool: Pool, user: User, name: 'email' | 'phone_number'): void {
  setAttributes(pool, user, { ...user.attributes, [`${name}_verified`]: 'true' })
}

interface PreSignUp {
  readonly autoConfirmUser?: boolean
  readonly autoVerifyEmail?: boolean
  readonly autoVerifyPhone?: boolean
}

/** Ask PreSignUp_SignUp or PreSignUp_AdminCreateUser, which may refuse by throwing, confirm, and verify. */
export async function preSignUp(
  pool: Pool,
  clientId: string,
  source: string,
  userName: string,
  userAttributes: Readonly<Record<string, string>>,
  call: Call,
): Promise<PreSignUp> {
  const validationData = call.input.attributes('ValidationData')
  const request = { userAttributes, validationData, clientMetadata: metadataOf(call) }
  const response = { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false }
  return (await callTrigger(pool, 'preSignUp', { source, clientId, userName, request, response })) ?? {}
}

/**
 * Tell the PostConfirmation trigger, after AdminConfirmSignUp and ConfirmForgotPassword too.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-confirmation.html
 */
export async function postConfirmation(
  pool: Pool,
  clientId: string,
  user: User,
  source: string,
  clientMetadata: Readonly<Record<string, string>>,
): Promise<void> {
  await callTrigger(pool, 'postConfirmation', {
    source,
    clientId,
    userName: user.username,
    request: { userAttributes: eventAttributes(user), clientMetadata },
  })
}

const occasion = (call: Call, { clientId }: Client, source: string): Occasion => ({
  purpose: 'sign-up',
  source,
  clientId,
  clientMetadata: metadataOf(call),
})

async function signUp(call: Call): Promise<Json> {
  const { host, input } = call
  const { pool, client, username } = findNamed(host, input)
  if (Object(pool.settings.kept.AdminCreateUserConfig).AllowAdminCreateUserOnly === true) {
    throw notAuthorized('SignUp is not permitted for this user pool')
  }
  const password = input.optionalString('Password')
  const attributes = input.attributes('UserAttributes')
  if (/\s/u.test(username)) throw invalidParameter('Username must not contain white space.')
  checkAttributes(pool, attributes)
  if (password !== undefined) checkPasswordPolicy(pool, password)
  else if (pool.settings.firstFactors.every((factor) => factor === 'PASSWORD'))
    throw invalidParameter('Password is missing.')
  for (const name of pool.settings.requiredAttributes) {
    if (!attributes[name])
      throw invalidParameter(`Attributes did not conform to the schema: ${name}: The attribute is required`)
  }
  // In a pool where people sign in by e-mail or phone, what they typed is an alias of a user named by its UUID.
  const { usernameAttributes } = pool.settings
  const sub = toUuid(host.random(16))
  const byAlias = usernameAttributes.length > 0
  if (byAlias) {
    const name = username.includes('@') ? 'email' : 'phone_number'
    if (!usernameAttributes.includes(name))
      throw invalidParameter('Username should be either an email or a phone number.')
    attributes[name] ??= username
  }
  const taken = findUser(pool, username)
  if (taken !== undefined) throw new ServiceError('UsernameExistsException', 'User already exists')
  const wish = await preSignUp(pool, client.clientId, 'PreSignUp_SignUp', username, attributes, call)
  const confirmed = wish.autoConfirmUser === true
  const user = addUser(pool, {
    sub,
    username: byAlias ? sub : username,
    ...(password === undefined ? {} : { password }),
    status: confirmed ? 'CONFIRMED' : 'UNCONFIRMED',
    attributes: {
      ...attributes,
      ...(attributes.email === undefined ? {} : { email_verified: String(wish.autoVerifyEmail === true) }),
      ...(attributes.phone_number === undefined
        ? {}
        : { phone_number_verified: String(wish.autoVerifyPhone === true) }),
    },
  })
  if (confirmed) {
    await postConfirmation(pool, client.clientId, user, 'PostConfirmation_ConfirmSignUp', metadataOf(call))
    return { UserConfirmed: true, UserSub: user.sub, Session: signUpSession(pool, client, user, username) }
  }
  const medium = mediumFor(user)
  const CodeDeliveryDetails =
    medium && (await sendKeptCode(pool, user, medium, occasion(call, client, 'CustomMessage_SignUp')))
  const Session = signUpSession(pool, client, user, username)
  return { UserConfirmed: false, UserSub: user.sub, CodeDeliveryDetails, Session }
}

/** Make a verified address the name of one user; ForceAliasCreation takes it away from the one who had it. */
export function claimAlias(pool: Pool, user: User, name: 'email' | 'phone_number', force: boolean): void {
  const value = user.attributes[name]
  const holder = value === undefined ? undefined : aliasHolder(pool, name, value, user)
  if (holder !== undefined) {
    if (!force) throw aliasExists(pool, name)
    setAttributes(pool, holder, { ...holder.attributes, [`${name}_verified`]: 'false' })
  }
  verifyAddress(pool, user, name)
}

async function confirmSignUp(call: Call): Promise<Json> {
  const { host, input } = call
  const { pool, client, username } = findNamed(host, input)
  const code = input.string('ConfirmationCode')
  const user = findUser(pool, username)
  if (user === undefined) {
    if (client.preventUserExistenceErrors === 'LEGACY') throw noSuchUser()
    throw codeExpired()
  }
  if (user.status !== 'UNCONFIRMED') {
    throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`)
  }
  checkCode(pool, user, 'sign-up', code)
  const name = mediumFor(user) === 'SMS' ? 'phone_number' : 'email'
  claimAlias(pool, user, name, input.boolean('ForceAliasCreation') ?? false)
  redeemCode(pool, user, 'sign-up', code)
  user.status = 'CONFIRMED'
  user.modifiedAt = host.now()
  await postConfirmation(pool, client.clientId, user, 'PostConfirmation_ConfirmSignUp', metadataOf(call))
  return { Session: signUpSession(pool, client, user, username) }
}

async function resend(call: Call): Promise<Json> {
  const { pool, client, username } = findNamed(call.host, call.input)
  const user = findUser(pool, username)
  if (user === undefined) {
    if (client.preventUserExistenceErrors === 'LEGACY') throw noSuchUser()
    return { CodeDeliveryDetails: await simulatedDelivery(pool, username) }
  }
  if (user.status !== 'UNCONFIRMED') throw invalidParameter('User is already confirmed.')
  const medium = mediumFor(user)
  if (medium === undefined || addressOf(user, medium) === undefined) {
    throw invalidParameter('Cannot resend codes. Auto verification not turned on.')
  }
  const sent = await sendKeptCode(pool, user, medium, occasion(call, client, 'CustomMessage_ResendCode'))
  return { CodeDeliveryDetails: sent }
}

/** Signing oneself up. */
export const signUpOperations: Operations = {
  SignUp: open(signUp),
  ConfirmSignUp: open(confirmSignUp),
  ResendConfirmationCode: open(resend),
}
