import { autoEngine } from '@srp6a/srp/auto'
import { func } from './config/check.js'
import { checkHostOptions, checkOptions } from './config/check-options.js'
import { cryptoRandom } from './config/encoding.js'
import type { HostOptions, UserPoolOptions } from './config/options.js'
import { addUser } from './credentials/new-user.js'
import { passwordRecord } from './credentials/passwords.js'
import { dispatch } from './http/dispatch.js'
import { describeExchange, type Exchanged } from './http/log.js'
import { Faults } from './model/faults.js'
import { Outbox } from './model/outbox.js'
import { addPool, type Host } from './model/pool.js'
import { newPoolState } from './model/settings.js'
import { restoreState, type Snapshot, takeSnapshot } from './model/snapshot.js'

/** A user pool in memory. */
export interface UserPool {
  /** id of the pool it was created with */
  readonly id: string
  /**
   * Answers one request as the service would; what is not the service's protocol gets 404.
   * Rejects only when a fault drops the connection (`error.name` is 'DroppedConnection').
   */
  handle(request: Request): Promise<Response>
  /** every code that would have been sent */
  readonly outbox: Outbox
  /** trouble on request */
  readonly faults: Faults
  /** everything the pool remembers as JSON, its private key included: for `restoreUserPool` */
  snapshot(): Snapshot
  /** called with every request and reply from now on; they hold secrets */
  onExchange(listener: (entry: Exchanged) => void): void
}

const DEFAULT_BODY_BYTES = 131_072
const RECENT = 50

function createHost(options: HostOptions): Host {
  const source = options.random ?? cryptoRandom
  const random = (length: number): Uint8Array => {
    const bytes: unknown = source(length)
    if (bytes instanceof Uint8Array && bytes.length === length) return bytes
    throw new TypeError(`random must return a Uint8Array of ${length} bytes`)
  }
  const clock = options.clock ?? (() => new Date())
  return {
    pools: new Map(),
    triggers: options.triggers ?? {},
    outbox: new Outbox(),
    faults: new Faults(),
    recent: [],
    random,
    srpOptions: { random, engine: options.engine ?? autoEngine },
    now: () => {
      const now: unknown = clock()
      if (now instanceof Date && !Number.isNaN(now.getTime())) return now.getTime()
      throw new TypeError('clock must return a valid Date')
    },
  }
}

function facade(host: Host, id: string, options: HostOptions): UserPool {
  const limit = options.maximumBodyBytes ?? DEFAULT_BODY_BYTES
  let listener: ((entry: Exchanged) => void) | undefined
  const record = (entry: Exchanged): void => {
    host.recent.push(describeExchange(entry, new Date()))
    if (host.recent.length > RECENT) host.recent.shift()
    listener?.(entry)
  }
  return {
    id,
    async handle(request) {
      if (typeof request?.method !== 'string' || typeof request.headers?.get !== 'function') {
        throw new TypeError('request must be a Request')
      }
      return dispatch(host, request, limit, record)
    },
    outbox: host.outbox,
    faults: host.faults,
    snapshot: () => {
      for (const pool of host.pools.values()) for (const user of pool.users.values()) passwordRecord(pool, user)
      return takeSnapshot(host)
    },
    onExchange: (added) => {
      func(added, 'listener')
      listener = added
    },
  }
}

/**
 * Make a user pool in memory.
 *
 * @param options the pool's users, clients and settings, and the functions that JSON cannot hold
 * @returns the pool: pass its `handle` a `Request`, or `serve` it
 * @throws TypeError or RangeError that names the setting, as in `users[0].attributes.mail`
 */
export function createUserPool(options: UserPoolOptions): UserPool {
  checkOptions(options)
  const host = createHost(options)
  const pool = addPool(host, newPoolState(options, host.random))
  for (const [i, user] of (options.users ?? []).entries()) {
    try {
      addUser(pool, user)
    } catch (cause) {
      throw new RangeError(`users[${i}]: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    }
  }
  return facade(host, pool.id, options)
}

/**
 * Restore the pool of a snapshot, sessions and tokens included.
 *
 * @param snapshot the result of `snapshot()`, also after a way through JSON
 * @param options the functions that JSON cannot hold; each may be left out
 * @returns the pool as it was
 * @throws TypeError unless it is a snapshot of this version
 */
export function restoreUserPool(snapshot: Snapshot, options: HostOptions = {}): UserPool {
  checkHostOptions(options)
  const host = createHost(options)
  const states = restoreState(snapshot)
  for (const state of states) addPool(host, state)
  return facade(host, states[0]?.id ?? '', options)
}
