import { parseUserPoolId } from '@srp6a/srp/cognito'
import type { RandomSource } from '../config/encoding.js'
import type { Triggers } from '../config/triggers.js'
import type { Faults } from './faults.js'
import { GrantIndex } from './grant-index.js'
import type { Outbox } from './outbox.js'
import type { PoolState } from './state.js'
import { UserIndex } from './user-index.js'

/** The state that all pools of one emulator share. */
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
  readonly index: UserIndex
  readonly grantIndex: GrantIndex
  readonly region: string
  /** the scope of a user's SRP: what follows the first `_` of the id */
  readonly poolName: string
}

/** Puts a pool into its host. */
export function addPool(host: Host, state: PoolState): Pool {
  const pool: Pool = Object.assign(state, {
    host,
    index: new UserIndex(state),
    grantIndex: new GrantIndex(state),
    ...parseUserPoolId(state.id),
  })
  host.pools.set(state.id, pool)
  return pool
}
