import { invalidParameter, notAuthorized, ServiceError } from '../config/errors.js'
import { ATTRIBUTE_NAME } from '../config/option-checks.js'
import { ALIASES, type Alias } from '../config/options.js'
import { undeclared } from './custom-attributes.js'
import type { Pool } from './pool.js'
import type { User } from './state.js'
import { aliasHolder, setAttributes } from './users.js'

/** `[{ Name, Value }]` as the service lists a user's attributes: `sub` first. */
export function attributeList(user: User): { Name: string; Value: string }[] {
  return Object.entries({ sub: user.sub, ...user.attributes }).map(([Name, Value]) => ({ Name, Value }))
}

/** Good enough for an address that no mail is sent to. */
export const ATTRIBUTE_EMAIL: RegExp = /^[^\s@]+@[^\s@]+$/
const ATTRIBUTE_PHONE = /^\+[0-9]{4,15}$/

/** A new, unverified address. */
export function setEmail(pool: Pool, user: User, email: string): void {
  setAttributes(pool, user, { ...user.attributes, email, email_verified: 'false' })
}

const FORMATS: Readonly<Record<string, readonly [RegExp, string]>> = {
  email: [ATTRIBUTE_EMAIL, 'Invalid email address format.'],
  phone_number: [ATTRIBUTE_PHONE, 'Invalid phone number format.'],
}

/** Refuses attributes that no schema has, that a user may not write, or that have no such form. */
export function checkAttributes({ settings }: Pool, attributes: Readonly<Record<string, string>>, admin = false): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (!ATTRIBUTE_NAME.test(name) || undeclared(settings, [name]) !== undefined) {
      throw invalidParameter(
        `Attributes did not conform to the schema: ${name}: Attribute does not exist in the schema.`,
      )
    }
    if (name === 'sub' || (!admin && (name === 'email_verified' || name === 'phone_number_verified'))) {
      throw notAuthorized('A client attempted to write unauthorized attribute')
    }
    const [pattern, message] = FORMATS[name] ?? []
    if (pattern !== undefined && value !== '' && !pattern.test(value)) throw invalidParameter(message ?? '')
  }
}

/**
 * Return the refusal of a sign-in name that is taken. Where people sign up with an address it is their username.
 * Service model: UsernameExistsException and AliasExistsException of AdminCreateUser, UpdateUserAttributes and others.
 */
export const aliasExists = (pool: Pool, alias: Alias): ServiceError => {
  const name = pool.settings.usernameAttributes.includes(alias) ? 'UsernameExistsException' : 'AliasExistsException'
  return new ServiceError(name, `An account with the given ${alias} already exists.`)
}

/** Refuse attributes that make another user's sign-in name a name of this one. */
export function checkAliases(pool: Pool, attributes: Readonly<Record<string, string>>, user?: User): void {
  for (const alias of ALIASES) {
    const value = attributes[alias]
    if (value !== undefined && aliasHolder(pool, alias, value, user) !== undefined) throw aliasExists(pool, alias)
  }
}

/**
 * Write attributes; a new address or number is unverified until its code comes back. An empty value deletes.
 * @throws ServiceError AliasExistsException or UsernameExistsException for a sign-in name of another user
 */
export function updateAttributes(
  pool: Pool,
  user: User,
  changes: Readonly<Record<string, string>>,
  admin = false,
): void {
  checkAttributes(pool, changes, admin)
  for (const name of Object.keys(changes)) {
    // A custom attribute that is not Mutable keeps the value of the sign-up (API reference, SchemaAttributeType).
    if (pool.settings.customAttributes[name]?.Mutable === false && user.attributes[name] !== undefined) {
      throw invalidParameter(`${name}: Attribute cannot be updated. Attribute is immutable.`)
    }
  }
  checkAliases(pool, changes, user)
  const attributes = { ...user.attributes }
  for (const [name, value] of Object.entries(changes)) {
    if ((name === 'email' || name === 'phone_number') && value !== attributes[name]) {
      attributes[`${name}_verified`] = changes[`${name}_verified`] ?? 'false'
    }
    if (value !== '') attributes[name] = value
    else for (const gone of [name, `${name}_verified`]) delete attributes[gone]
  }
  setAttributes(pool, user, attributes)
}

/** Delete attributes; with an address goes its verification. */
export function deleteAttributes(pool: Pool, user: User, names: readonly string[]): void {
  for (const name of names) {
    if (!ATTRIBUTE_NAME.test(name) || name === 'sub') throw invalidParameter(`Cannot delete the attribute ${name}`)
  }
  const gone = new Set(names.flatMap((name) => [name, `${name}_verified`]))
  setAttributes(pool, user, Object.fromEntries(Object.entries(user.attributes).filter(([name]) => !gone.has(name))))
}
