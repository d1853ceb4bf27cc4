import type { Host } from './pool.js'
import type { PoolState } from './state.js'

// One list for taking and restoring: a store that is added to PoolState and forgotten here fails to compile.
const STORES = {
  clients: true,
  users: true,
  groups: true,
  sessions: true,
  exchanges: true,
  grants: true,
  refreshTokens: true,
  failures: true,
} as const satisfies { [K in keyof PoolState as PoolState[K] extends ReadonlyMap<string, unknown> ? K : never]: true }

type Store = keyof typeof STORES
const stores = Object.keys(STORES) as Store[]

/** Everything an emulator remembers, as JSON. It holds verifiers and a private key: keep it like one. */
export interface Snapshot {
  readonly version: 1
  readonly pools: readonly Readonly<Record<string, unknown>>[]
}

export function takeSnapshot(host: Host): Snapshot {
  const pools = [...host.pools.values()].map((pool) => {
    const { id, settings, decoySeed, signingKey } = pool
    const entries = stores.map((name) => [name, [...pool[name]]] as const)
    return { id, settings, decoySeed, signingKey, ...Object.fromEntries(entries) }
  })
  return structuredClone({ version: 1, pools })
}

/** Undefined for what cannot be copied. */
function cloned(snapshot: Snapshot): Snapshot | undefined {
  try {
    return structuredClone(snapshot)
  } catch {
    return undefined
  }
}

const isState = (pool: Readonly<Record<string, unknown>> | null): boolean =>
  typeof pool === 'object' &&
  pool !== null &&
  typeof pool.id === 'string' &&
  typeof pool.settings === 'object' &&
  typeof pool.decoySeed === 'string' &&
  stores.every((name) => Array.isArray(pool[name]))

/** @throws TypeError when it is no snapshot of this version */
export function restoreState(snapshot: Snapshot): PoolState[] {
  const { version, pools } = cloned(snapshot) ?? {}
  if (version !== 1 || !Array.isArray(pools) || pools.length === 0 || !pools.every(isState)) {
    throw new TypeError('snapshot is not one that this version of the emulator took')
  }
  return pools.map((pool) => {
    const entries = stores.map((name) => [name, new Map(pool[name] as [string, unknown][])] as const)
    return { signingKey: undefined, ...pool, ...Object.fromEntries(entries) } as unknown as PoolState
  })
}
