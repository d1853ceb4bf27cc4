import { ATTRIBUTE_NAME } from '../config/check-options.js'
import { invalidParameter, notAuthorized } from '../config/errors.js'
import type { User } from './state.js'

/** `[{ Name, Value }]` as the service lists a user's attributes: `sub` first. */
export function attributeList(user: User): { Name: string; Value: string }[] {
  return Object.entries({ sub: user.sub, ...user.attributes }).map(([Name, Value]) => ({ Name, Value }))
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
