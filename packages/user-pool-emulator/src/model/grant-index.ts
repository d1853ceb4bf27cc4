import type { Grant, PoolState } from './state.js'

const SWEEP_ABOVE = 256

/** Grants by user, made from the state and kept beside it. */
export class GrantIndex {
  readonly #state: PoolState
  readonly #bySub = new Map<string, Set<Grant>>()
  #sweepAt = SWEEP_ABOVE

  constructor(state: PoolState) {
    this.#state = state
    for (const grant of state.grants.values()) this.#list(grant)
  }

  #list(grant: Grant): void {
    const grants = this.#bySub.get(grant.sub)
    if (grants === undefined) this.#bySub.set(grant.sub, new Set([grant]))
    else grants.add(grant)
  }

  /** Return the grants of one user. */
  of(sub: string): readonly Grant[] {
    return [...(this.#bySub.get(sub) ?? [])]
  }

  /** Add a grant. Expired ones are dropped whenever their number has doubled, so that a sign-in costs the same among many. */
  add(grant: Grant, now: number): void {
    if (this.#state.grants.size >= this.#sweepAt) {
      for (const old of this.#state.grants.values()) if (old.expiresAt <= now) this.#drop(old)
      this.#sweepAt = Math.max(SWEEP_ABOVE, 2 * this.#state.grants.size)
    }
    this.#state.grants.set(grant.originJti, grant)
    this.#list(grant)
  }

  #drop(grant: Grant): void {
    this.#state.grants.delete(grant.originJti)
    for (const token of grant.tokens) this.#state.refreshTokens.delete(token)
    const grants = this.#bySub.get(grant.sub)
    grants?.delete(grant)
    if (grants?.size === 0) this.#bySub.delete(grant.sub)
  }
}
