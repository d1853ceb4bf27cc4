import { autoEngine } from '@srp6a/srp/auto'
import { func, string } from './config/check.js'
import { checkHostOptions, checkOptions, checkSeeds } from './config/check-options.js'
import { cryptoRandom } from './config/encoding.js'
import type { HostOptions, UserPoolOptions, UserPoolSeed } from './config/options.js'
import { addUser } from './credentials/new-user.js'
import { deriveVerifiers } from './credentials/passwords.js'
import { dispatch } from './http/dispatch.js'
import { describeExchange, type Exchanged } from './http/log.js'
import { Faults } from './model/faults.js'
import { Outbox } from './model/outbox.js'
import { addPool, type Host } from './model/pool.js'
import { newPoolState } from './model/settings.js'
import { restoreState, type Snapshot, takeSnapshot } from './model/snapshot.js'
import { findUser } from './model/users.js'

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
  /**
   * Confirm a user who signed up, without a code and without a trigger.
   *
   * @param username a sign-in name or `sub`
   * @param userPoolId which pool, where there are several; default `id`
   * @throws RangeError when there is no such pool or user
   */
  confirmUser(username: string, userPoolId?: string): void
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
  const pool: UserPool = {
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
      deriveVerifiers(host.pools.values(), Number.POSITIVE_INFINITY)
      return takeSnapshot(host)
    },
    confirmUser: (username, userPoolId = id) => {
      string()(username, 'username')
      string()(userPoolId, 'userPoolId')
      const pool = host.pools.get(userPoolId)
      if (pool === undefined)
        throw new RangeError(`userPoolId ${JSON.stringify(userPoolId.slice(0, 60))} is no pool of this emulator`)
      const user = findUser(pool, username) ?? pool.index.withSub(username)
      if (user === undefined)
        throw new RangeError(`username ${JSON.stringify(username.slice(0, 60))} is no user of ${userPoolId}`)
      if (user.status === 'UNCONFIRMED') user.status = 'CONFIRMED'
      user.modifiedAt = host.now()
    },
    onExchange: (added) => {
      func(added, 'listener')
      listener = added
    },
  }
  hosts.set(pool, host)
  return pool
}

const hosts = new WeakMap<UserPool, Host>()

/**
 * Work out verifiers of seeded passwords for a while, so that a later snapshot has less to do.
 *
 * @param pool the emulator's pools
 * @param milliseconds after which it stops
 * @returns how many users are left
 */
export function prepareSnapshot(pool: UserPool, milliseconds: number): number {
  return deriveVerifiers(hosts.get(pool)?.pools.values() ?? [], milliseconds)
}

/** Add the pool of a seed, with its users, to an emulator. */
function seedPool(host: Host, seed: UserPoolSeed, path: string): string {
  const pool = addPool(host, newPoolState(seed, host.random, host.now()))
  for (const [i, user] of (seed.users ?? []).entries()) {
    try {
      addUser(pool, user)
    } catch (cause) {
      throw new RangeError(`${path}users[${i}]: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    }
  }
  return pool.id
}

/**
 * Make a user pool in memory.
 *
 * @param options the seed (`clients`, `users` and settings of the pool), and `triggers`, `clock` (gives a Date),
 * `random` (gives as many bytes as asked), `engine` and `maximumBodyBytes` of a request
 * @returns the pool: pass its `handle` a `Request`, or `serve` it
 * @throws TypeError or RangeError that names the setting, as in `users[0].attributes.mail`
 */
export function createUserPool(options: UserPoolOptions): UserPool {
  checkOptions(options)
  const host = createHost(options)
  return facade(host, seedPool(host, options, ''), options)
}

/**
 * Make several user pools in memory that answer at one address.
 *
 * @param seeds one for each pool; each has its own `id`, and no two have an app client of the same name
 * @param options shared by all pools, each may be left out: `triggers`, `clock` (gives a Date), `random` (gives as
 * many bytes as asked), `engine`, and `maximumBodyBytes` of a request
 * @returns the emulator of all of them; its `id` is that of the first
 * @throws TypeError or RangeError that names the setting, as in `pools[1].users[0].attributes.mail`
 */
export function createUserPools(seeds: readonly UserPoolSeed[], options: HostOptions = {}): UserPool {
  checkHostOptions(options)
  checkSeeds(seeds)
  const host = createHost(options)
  const ids = seeds.map((seed, i) => seedPool(host, seed, seeds.length === 1 ? '' : `pools[${i}].`))
  return facade(host, ids[0] ?? '', options)
}

/**
 * Restore the pool of a snapshot, sessions and tokens included.
 *
 * @param snapshot the result of `snapshot()`, also after a way through JSON
 * @param options each may be left out: `triggers`, `clock` (gives a Date), `random` (gives as many bytes as asked),
 * `engine`, and `maximumBodyBytes` of a request
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
