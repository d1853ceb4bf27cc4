import { parseUserPoolId } from '@srp6a/srp/cognito'
import type { Faults } from './faults.js'
import type { Outbox } from './outbox.js'
import type { PoolState } from './state.js'
import type { RandomSource } from './text.js'
import type { Triggers } from './triggers.js'

/** What all pools of one emulator share. */
export interface Host {
  readonly pools: Map<string, Pool>
  readonly triggers: Triggers
  readonly outbox: Outbox
  readonly faults: Faults
  /** the last requests, one line each */
  readonly recent: string[]
  readonly random: RandomSource
  readonly srpOptions: object
  /** milliseconds since 1970 */
  now(): number
}

/** A pool's state and the host it lives in. */
export interface Pool extends PoolState {
  readonly host: Host
  readonly region: string
  /** the scope of a user's SRP: what follows the first `_` of the id */
  readonly poolName: string
}

/** Puts a pool into its host. */
export function addPool(host: Host, state: PoolState): Pool {
  const pool: Pool = Object.assign(state, { host, ...parseUserPoolId(state.id) })
  host.pools.set(state.id, pool)
  return pool
}

const SWEEP_ABOVE = 256
// Long after it expired a record still tells "expired" from "never existed".
const SWEEP_AFTER_MS = 15 * 60_000

/** Adds to a store whose records expire, and drops the expired ones once there are many. */
export function keep<T extends { readonly expiresAt: number }>(
  store: Map<string, T>,
  key: string,
  record: T,
  now: number,
): void {
  if (store.size >= SWEEP_ABOVE && store.size % 64 === 0) {
    for (const [name, { expiresAt }] of store) if (expiresAt + SWEEP_AFTER_MS <= now) store.delete(name)
  }
  store.set(key, record)
}
