import { toUuid } from '../config/encoding.js'
import { invalidParameter, noSuchUser, notAuthorized, ServiceError } from '../config/errors.js'
import type { Json } from '../config/json.js'
import { runTrigger } from '../config/triggers.js'
import { addressOf, checkCode, mediumFor, redeemCode, sendKeptCode } from '../credentials/codes.js'
import { addUser } from '../credentials/new-user.js'
import { checkPasswordPolicy } from '../credentials/passwords.js'
import { checkSecretHash } from '../credentials/secret-hash.js'
import { checkAttributes } from '../model/attributes.js'
import { findClient } from '../model/clients.js'
import type { Host, Pool } from '../model/pool.js'
import type { Client, User } from '../model/state.js'
import { findUser } from '../model/users.js'
import type { Input } from './input.js'
import { type Call, type Operations, open } from './operation.js'

/** Pool, client and Username of a request that carries ClientId, Username and SecretHash. */
export function findNamed(host: Host, input: Input): { pool: Pool; client: Client; username: string } {
  const { pool, client } = findClient(host, input.string('ClientId'))
  const username = input.string('Username')
  checkSecretHash(client, username, input.optionalString('SecretHash'))
  return { pool, client, username }
}

/** Marks the address that a code came to as verified. */
export function verifyAddress(user: User, name: 'email' | 'phone_number'): void {
  user.attributes = { ...user.attributes, [`${name}_verified`]: 'true' }
}

interface PreSignUp {
  readonly autoConfirmUser?: boolean
  readonly autoVerifyEmail?: boolean
  readonly autoVerifyPhone?: boolean
}

/** PreSignUp_SignUp or PreSignUp_AdminCreateUser: may refuse by throwing, confirm, and verify. */
export async function preSignUp(
  pool: Pool,
  client: string,
  source: string,
  userName: string,
  userAttributes: Readonly<Record<string, string>>,
  input: Input,
): Promise<PreSignUp> {
  const event = await runTrigger(pool.host.triggers, 'preSignUp', {
    version: '1',
    triggerSource: source,
    region: pool.region,
    userPoolId: pool.id,
    userName,
    callerContext: { awsSdkVersion: 'emulator', clientId: client },
    request: {
      userAttributes,
      validationData: input.attributes('ValidationData'),
      clientMetadata: Object.fromEntries(input.stringMap('ClientMetadata')),
    },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  })
  return event?.response ?? {}
}

async function postConfirmation(pool: Pool, client: Client, user: User, source: string): Promise<void> {
  await runTrigger(pool.host.triggers, 'postConfirmation', {
    version: '1',
    triggerSource: source,
    region: pool.region,
    userPoolId: pool.id,
    userName: user.username,
    callerContext: { awsSdkVersion: 'emulator', clientId: client.clientId },
    request: { userAttributes: { sub: user.sub, ...user.attributes } },
    response: {},
  })
}

async function signUp({ host, input }: Call): Promise<Json> {
  const { pool, client, username } = findNamed(host, input)
  const password = input.optionalString('Password')
  const attributes = input.attributes('UserAttributes')
  if (/\s/u.test(username)) throw invalidParameter('Username must not contain white space.')
  checkAttributes(attributes)
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
  const wish = await preSignUp(pool, client.clientId, 'PreSignUp_SignUp', username, attributes, input)
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
    await postConfirmation(pool, client, user, 'PostConfirmation_ConfirmSignUp')
    return { UserConfirmed: true, UserSub: user.sub }
  }
  const medium = mediumFor(user)
  const CodeDeliveryDetails = medium && sendKeptCode(pool, user, medium, 'sign-up')
  return { UserConfirmed: false, UserSub: user.sub, CodeDeliveryDetails }
}

/** An address belongs to one user; ForceAliasCreation takes it away from the one who had it. */
function claimAlias(pool: Pool, user: User, name: 'email' | 'phone_number', force: boolean): void {
  const value = user.attributes[name]
  const holder = value === undefined || !pool.settings.aliases.includes(name) ? undefined : findUser(pool, value)
  if (holder !== undefined && holder !== user) {
    if (!force) {
      throw new ServiceError('AliasExistsException', `An account with the given ${name} already exists.`)
    }
    holder.attributes = { ...holder.attributes, [`${name}_verified`]: 'false' }
  }
  verifyAddress(user, name)
}

async function confirmSignUp({ host, input }: Call): Promise<Json> {
  const { pool, client, username } = findNamed(host, input)
  const code = input.string('ConfirmationCode')
  const user = findUser(pool, username)
  if (user === undefined) {
    if (client.preventUserExistenceErrors === 'LEGACY') throw noSuchUser()
    throw new ServiceError('ExpiredCodeException', 'Invalid code provided, please request a code again.')
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
  await postConfirmation(pool, client, user, 'PostConfirmation_ConfirmSignUp')
  return {}
}

function resend({ host, input }: Call): Json {
  const { pool, client, username } = findNamed(host, input)
  const user = findUser(pool, username)
  if (user === undefined) {
    if (client.preventUserExistenceErrors === 'LEGACY') throw noSuchUser()
    return { CodeDeliveryDetails: { Destination: 'a***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' } }
  }
  if (user.status !== 'UNCONFIRMED') throw invalidParameter('User is already confirmed.')
  const medium = mediumFor(user)
  if (medium === undefined || addressOf(user, medium) === undefined) {
    throw invalidParameter('Cannot resend codes. Auto verification not turned on.')
  }
  return { CodeDeliveryDetails: sendKeptCode(pool, user, medium, 'sign-up') }
}

/** Signing oneself up. */
export const signUpOperations: Operations = {
  SignUp: open(signUp),
  ConfirmSignUp: open(confirmSignUp),
  ResendConfirmationCode: open(resend),
}
