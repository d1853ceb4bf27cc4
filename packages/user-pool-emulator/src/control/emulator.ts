import type { UserPoolSeed } from '../config/options.js'
import { createUserPools, restoreUserPool, type UserPool } from '../create-user-pool.js'
import type { Snapshot } from '../model/snapshot.js'
import type { AdjustableClock } from './adjustable-clock.js'

/** A running emulator whose pools can be replaced: by those of the seed, of a changed seed, or of a snapshot. */
export class Emulator {
  readonly clock: AdjustableClock
  #seeds: readonly UserPoolSeed[]
  #pool: UserPool
  readonly #attach: (pool: UserPool) => void
  #changed: () => void = () => {}

  /**
   * @param seeds one for each pool
   * @param clock the time of all pools
   * @param attach called with the pools, and with those that replace them: to listen to them
   * @param snapshot the pools to go on with, instead of those of the seeds
   * @throws TypeError or RangeError that names what is wrong with a seed or the snapshot
   */
  constructor(
    seeds: readonly UserPoolSeed[],
    clock: AdjustableClock,
    attach: (pool: UserPool) => void = () => {},
    snapshot?: Snapshot,
  ) {
    this.clock = clock
    this.#attach = attach
    this.#seeds = seeds
    this.#pool = snapshot === undefined ? this.#build(seeds) : restoreUserPool(snapshot, { clock: clock.now })
    attach(this.#pool)
  }

  #build(seeds: readonly UserPoolSeed[]): UserPool {
    return createUserPools(seeds, { clock: this.clock.now })
  }

  #replace(pool: UserPool): void {
    this.#pool = pool
    this.#attach(pool)
    this.#changed()
  }

  /** Return the pools as they are now. */
  get pool(): UserPool {
    return this.#pool
  }

  /**
   * Call back after everything that may have changed what is remembered.
   * @param listener takes the place of the one before
   */
  onChange(listener: () => void): void {
    this.#changed = listener
  }

  /** Say that something was changed from outside, as by control over HTTP. */
  markChanged(): void {
    this.#changed()
  }

  /**
   * Answer a request as the pools do.
   * @param request any request
   */
  async handle(request: Request): Promise<Response> {
    try {
      return await this.#pool.handle(request)
    } finally {
      if (request.method === 'POST') this.#changed()
    }
  }

  /** Return to the seeds and to the system's time: users, codes, faults and sign-ins of before are gone. */
  reset(): void {
    this.clock.reset()
    this.#replace(this.#build(this.#seeds))
  }

  /**
   * Start afresh with other seeds. When they are wrong, the running pools stay.
   * @param seeds one for each pool
   * @throws TypeError or RangeError that names what is wrong
   */
  reseed(seeds: readonly UserPoolSeed[]): void {
    const pool = this.#build(seeds)
    this.#seeds = seeds
    this.#replace(pool)
  }

  /**
   * Go on with a snapshot.
   * @param snapshot what `snapshot` of a pool returned
   * @throws TypeError when it is no snapshot of this version
   */
  restore(snapshot: Snapshot): void {
    this.#replace(restoreUserPool(snapshot, { clock: this.clock.now }))
  }
}
