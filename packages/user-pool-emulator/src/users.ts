import { cognitoVerifier } from '@srp6a/srp/cognito'
import { ATTRIBUTE_NAME } from './check-options.js'
import { invalidParameter, noSuchUser, notAuthorized, ServiceError } from './errors.js'
import type { UserOptions } from './options.js'
import type { Pool } from './pool.js'
import type { User } from './state.js'
import { sameText, toShortHex, toUuid } from './text.js'

const fold = (pool: Pool, name: string): string => (pool.settings.caseSensitive ? name : name.toLowerCase())

/** Only a verified address is an alias, except where people sign up with it instead of a username. */
const isSignInName = (pool: Pool, user: User, alias: string): boolean =>
  alias === 'preferred_username' ||
  pool.settings.usernameAttributes.includes(alias) ||
  user.attributes[`${alias}_verified`] === 'true'

/** Finds a user by the real username, then by `sub`, then by a verified alias. */
export function findUser(pool: Pool, name: string): User | undefined {
  const exact = pool.users.get(name)
  if (exact !== undefined) return exact
  const folded = fold(pool, name)
  for (const user of pool.users.values()) {
    if (fold(pool, user.username) === folded || user.sub === name) return user
  }
  for (const user of pool.users.values()) {
    for (const alias of pool.settings.aliases) {
      const value = user.attributes[alias]
      if (value !== undefined && fold(pool, value) === folded && isSignInName(pool, user, alias)) return user
    }
  }
  return undefined
}

/** @throws ServiceError UserNotFoundException */
export function getUser(pool: Pool, name: string): User {
  const user = findUser(pool, name)
  if (user === undefined) throw noSuchUser()
  return user
}

/** Replaces the password by a fresh salt and its verifier; the password itself is not kept. */
export function setPassword(pool: Pool, user: User, password: string, salt?: string): void {
  user.salt = salt ?? toShortHex(pool.host.random(16))
  user.verifier = cognitoVerifier({ scope: pool.poolName, userId: user.username, password, salt: user.salt })
}

function withVerified(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const result = { ...attributes }
  for (const alias of ['email', 'phone_number']) {
    if (result[alias] !== undefined) result[`${alias}_verified`] ??= 'true'
  }
  return result
}

/** A seed's MFA settings as a user has them. */
export const mfaOf = (options: UserOptions['mfa'] = {}): Pick<User, 'mfa' | 'preferredMfa' | 'totp'> => ({
  mfa: [
    ...(options.totpSecret === undefined ? [] : (['SOFTWARE_TOKEN_MFA'] as const)),
    ...(options.sms ? (['SMS_MFA'] as const) : []),
    ...(options.email ? (['EMAIL_OTP'] as const) : []),
  ],
  preferredMfa: options.preferred,
  totp:
    options.totpSecret === undefined
      ? undefined
      : { secret: options.totpSecret, name: options.totpName ?? '', lastStep: -1 },
})

/**
 * Adds a user.
 * @throws ServiceError UsernameExistsException when the name or sub is taken
 */
export function addUser(pool: Pool, options: UserOptions): User {
  const now = pool.host.now()
  const sub = options.sub ?? toUuid(pool.host.random(16))
  const username = options.username ?? sub
  const taken = [...pool.users.values()].some(
    (other) => fold(pool, other.username) === fold(pool, username) || other.sub === sub,
  )
  if (taken) throw new ServiceError('UsernameExistsException', 'User already exists')
  const user: User = {
    username,
    sub,
    attributes: withVerified(options.attributes ?? {}),
    enabled: options.enabled ?? true,
    status: options.status ?? 'CONFIRMED',
    salt: options.salt ?? '',
    verifier: options.verifier ?? '',
    temporaryPasswordUntil: options.status === 'FORCE_CHANGE_PASSWORD' ? now + temporaryPasswordMs(pool) : undefined,
    groups: options.groups ?? [],
    createdAt: now,
    modifiedAt: now,
    ...mfaOf(options.mfa),
    pendingTotp: undefined,
    passkeys: [],
    pendingPasskey: undefined,
    devices: [],
    codes: {},
  }
  if (options.password !== undefined) setPassword(pool, user, options.password, options.salt)
  pool.users.set(username, user)
  return user
}

/** How long a temporary password is good for, in milliseconds. */
export const temporaryPasswordMs = (pool: Pool): number =>
  pool.settings.passwordPolicy.temporaryPasswordValidityDays * 86_400_000

/** `[{ Name, Value }]` as the service lists a user's attributes: `sub` first. */
export function attributeList(user: User): { Name: string; Value: string }[] {
  return Object.entries({ sub: user.sub, ...user.attributes }).map(([Name, Value]) => ({ Name, Value }))
}

/** Refuses passwords outside the pool's policy, in the service's words. */
export function checkPasswordPolicy(pool: Pool, password: string): void {
  const policy = pool.settings.passwordPolicy
  const refuse = (what: string): never => {
    throw new ServiceError('InvalidPasswordException', `Password did not conform with policy: ${what}`)
  }
  if ([...password].length < policy.minimumLength) refuse('Password not long enough')
  if (policy.requireLowercase && !/[a-z]/.test(password)) refuse('Password must have lowercase characters')
  if (policy.requireUppercase && !/[A-Z]/.test(password)) refuse('Password must have uppercase characters')
  if (policy.requireNumbers && !/[0-9]/.test(password)) refuse('Password must have numeric characters')
  if (policy.requireSymbols && !/[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+ -]/.test(password)) {
    refuse('Password must have symbol characters')
  }
}

/** Good enough for an address that no mail is sent to. */
export const ATTRIBUTE_EMAIL: RegExp = /^[^\s@]+@[^\s@]+$/
const ATTRIBUTE_PHONE = /^\+[0-9]{4,15}$/

/** A new, unverified address. */
export function setEmail(user: User, email: string): void {
  user.attributes = { ...user.attributes, email, email_verified: 'false' }
}

const FORMATS: Readonly<Record<string, readonly [RegExp, string]>> = {
  email: [ATTRIBUTE_EMAIL, 'Invalid email address format.'],
  phone_number: [ATTRIBUTE_PHONE, 'Invalid phone number format.'],
}

/** Refuses attributes that no schema has, that a user may not write, or that have no such form. */
export function checkAttributes(attributes: Readonly<Record<string, string>>, admin = false): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (!ATTRIBUTE_NAME.test(name)) {
      throw invalidParameter(
        `Attributes did not conform to the schema: ${name}: Attribute does not exist in the schema.`,
      )
    }
    if (name === 'sub' || (!admin && name.endsWith('_verified'))) {
      throw notAuthorized('A client attempted to write unauthorized attribute')
    }
    const [pattern, message] = FORMATS[name] ?? []
    if (pattern !== undefined && !pattern.test(value)) throw invalidParameter(message ?? '')
  }
}

/** Writes attributes; a new address or number is unverified until its code comes back. An empty value deletes. */
export function updateAttributes(user: User, changes: Readonly<Record<string, string>>, admin = false): void {
  checkAttributes(changes, admin)
  const attributes = { ...user.attributes }
  for (const [name, value] of Object.entries(changes)) {
    if ((name === 'email' || name === 'phone_number') && value !== attributes[name]) {
      attributes[`${name}_verified`] = changes[`${name}_verified`] ?? 'false'
    }
    if (value === '') delete attributes[name]
    else attributes[name] = value
  }
  user.attributes = attributes
}

/** Deletes attributes; with an address goes its verification. */
export function deleteAttributes(user: User, names: readonly string[]): void {
  for (const name of names) {
    if (!ATTRIBUTE_NAME.test(name) || name === 'sub') throw invalidParameter(`Cannot delete the attribute ${name}`)
  }
  const gone = new Set(names.flatMap((name) => [name, `${name}_verified`]))
  user.attributes = Object.fromEntries(Object.entries(user.attributes).filter(([name]) => !gone.has(name)))
}

/** Whether this is the user's password: its verifier is worked out anew and compared in constant time. */
export function isPassword(pool: Pool, user: User, password: string): boolean {
  const { username, salt, verifier } = user
  return verifier !== '' && matchesVerifier(pool, { userId: username, salt, verifier }, password)
}

const trim = (hex: string): string => hex.toLowerCase().replace(/^0+/, '')

/** The same for made-up parameters, so that an unknown user costs as much as a real one. */
export function matchesVerifier(
  pool: Pool,
  record: { readonly userId: string; readonly salt: string; readonly verifier: string },
  password: string,
): boolean {
  const { userId, salt, verifier } = record
  const computed = cognitoVerifier({ scope: pool.poolName, userId, password, salt })
  return sameText(trim(verifier), trim(computed))
}
