import type { Alias } from '../config/options.js'
import { ALIASES } from '../config/options.js'
import type { PoolState, User } from './state.js'

/**
 * Users by every name that a request may bring. Kept beside the state and made from it, so that an unknown name costs as
 * much as a known one, however many users there are.
 */
export class UserIndex {
  readonly #state: PoolState
  readonly #byName = new Map<string, User>()
  readonly #bySub = new Map<string, User>()
  readonly #byAlias = new Map<string, Set<User>>()

  constructor(state: PoolState) {
    this.#state = state
    for (const user of state.users.values()) this.add(user)
  }

  #fold(name: string): string {
    return this.#state.settings.caseSensitive ? name : name.toLowerCase()
  }

  #aliasKeys(user: User): string[] {
    return ALIASES.flatMap((alias) => {
      const value = user.attributes[alias]
      return value === undefined ? [] : [`${alias} ${this.#fold(value)}`]
    })
  }

  add(user: User): void {
    this.#byName.set(this.#fold(user.username), user)
    this.#bySub.set(user.sub, user)
    this.addAliases(user)
  }

  addAliases(user: User): void {
    for (const key of this.#aliasKeys(user)) {
      const holders = this.#byAlias.get(key)
      if (holders === undefined) this.#byAlias.set(key, new Set([user]))
      else holders.add(user)
    }
  }

  removeAliases(user: User): void {
    for (const key of this.#aliasKeys(user)) {
      const holders = this.#byAlias.get(key)
      holders?.delete(user)
      if (holders?.size === 0) this.#byAlias.delete(key)
    }
  }

  remove(user: User): void {
    this.#byName.delete(this.#fold(user.username))
    this.#bySub.delete(user.sub)
    this.removeAliases(user)
  }

  named(name: string): User | undefined {
    return this.#byName.get(this.#fold(name))
  }

  withSub(sub: string): User | undefined {
    return this.#bySub.get(sub)
  }

  /** Everybody with this value, verified or not, in the order in which they got it. */
  holders(alias: Alias, value: string): readonly User[] {
    return [...(this.#byAlias.get(`${alias} ${this.#fold(value)}`) ?? [])]
  }
}
