import { noSuchUser } from '../config/errors.js'
import type { Pool } from './pool.js'
import type { User } from './state.js'

/** Fold a sign-in name to the form under which the pool compares it. */
export const foldName = (pool: Pool, name: string): string => (pool.settings.caseSensitive ? name : name.toLowerCase())

/** Only a verified address is an alias, except where people sign up with it instead of a username. */
const isSignInName = (pool: Pool, user: User, alias: string): boolean =>
  alias === 'preferred_username' ||
  pool.settings.usernameAttributes.includes(alias) ||
  user.attributes[`${alias}_verified`] === 'true'

/** Finds a user by the real username, then by `sub`, then by a verified alias. */
export function findUser(pool: Pool, name: string): User | undefined {
  const exact = pool.users.get(name)
  if (exact !== undefined) return exact
  const folded = foldName(pool, name)
  for (const user of pool.users.values()) {
    if (foldName(pool, user.username) === folded || user.sub === name) return user
  }
  for (const user of pool.users.values()) {
    for (const alias of pool.settings.aliases) {
      const value = user.attributes[alias]
      if (value !== undefined && foldName(pool, value) === folded && isSignInName(pool, user, alias)) return user
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
