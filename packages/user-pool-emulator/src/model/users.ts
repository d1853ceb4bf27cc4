import { noSuchUser } from '../config/errors.js'
import type { Alias } from '../config/options.js'
import type { Pool } from './pool.js'
import type { User } from './state.js'

/** Only a verified address is an alias, except where people sign up with it instead of a username. */
const isSignInName = (pool: Pool, user: User, alias: Alias): boolean =>
  alias === 'preferred_username' ||
  pool.settings.usernameAttributes.includes(alias) ||
  user.attributes[`${alias}_verified`] === 'true'

/** Tell whether this attribute is a sign-in name in the pool, once it is verified. */
export const isAlias = (pool: Pool, alias: Alias): boolean =>
  pool.settings.aliases.includes(alias) || pool.settings.usernameAttributes.includes(alias)

/** Find the user who signs in with this value of an attribute, other than `except`. */
export function aliasHolder(pool: Pool, alias: Alias, value: string, except?: User): User | undefined {
  if (!isAlias(pool, alias)) return undefined
  return pool.index.holders(alias, value).find((user) => user !== except && isSignInName(pool, user, alias))
}

/** Find a user by the real username, else by a verified alias. A `sub` is no sign-in name. */
export function findUser(pool: Pool, name: string): User | undefined {
  const named = pool.users.get(name) ?? pool.index.named(name)
  if (named !== undefined) return named
  for (const alias of pool.settings.aliases) {
    const holder = aliasHolder(pool, alias, name)
    if (holder !== undefined) return holder
  }
  return undefined
}

/**
 * Find a user as an administrator names them: like `findUser`, and by `sub`.
 * @throws ServiceError UserNotFoundException
 */
export function getUser(pool: Pool, name: string): User {
  const user = findUser(pool, name) ?? pool.index.withSub(name)
  if (user === undefined) throw noSuchUser()
  return user
}

/** Put a user into the pool and its index. */
export function insertUser(pool: Pool, user: User): void {
  pool.users.set(user.username, user)
  pool.index.add(user)
}

/** Take a user out of the pool and its index. */
export function removeUser(pool: Pool, user: User): void {
  pool.users.delete(user.username)
  pool.index.remove(user)
}

/** Replace a user's attributes, and index them. */
export function setAttributes(pool: Pool, user: User, attributes: Readonly<Record<string, string>>): void {
  pool.index.removeAliases(user)
  ;(user as { attributes: Readonly<Record<string, string>> }).attributes = attributes
  pool.index.addAliases(user)
}
