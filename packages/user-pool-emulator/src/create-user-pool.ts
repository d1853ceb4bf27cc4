import { checkOptions } from './check-options.js'
import { createClient } from './clients.js'
import { dispatch, type Exchanged } from './dispatch.js'
import { Faults } from './faults.js'
import {
  ALIASES,
  FIRST_FACTORS,
  type HostOptions,
  MFA_METHODS,
  type UserPoolOptions,
  type UserPoolSeed,
} from './options.js'
import { Outbox } from './outbox.js'
import { addPool, type Host } from './pool.js'
import { restoreState, type Snapshot, takeSnapshot } from './snapshot.js'
import type { PoolState, Settings } from './state.js'
import { cryptoRandom, toBase64Url } from './text.js'
import { addUser } from './users.js'

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

function settingsOf(seed: UserPoolSeed): Settings {
  const tracking = seed.deviceTracking ?? 'off'
  const { mode, skipsMfa = true } = typeof tracking === 'string' ? { mode: tracking } : tracking
  const mfa = seed.mfa ?? 'OFF'
  const { mode: mfaMode, methods = MFA_METHODS, allowTotpReuse = false } = typeof mfa === 'string' ? { mode: mfa } : mfa
  return {
    name: seed.name ?? 'emulator',
    aliases: seed.aliases ?? ALIASES,
    caseSensitive: seed.caseSensitive ?? false,
    passwordPolicy: {
      minimumLength: 8,
      requireLowercase: true,
      requireUppercase: true,
      requireNumbers: true,
      requireSymbols: true,
      temporaryPasswordValidityDays: 7,
      ...seed.passwordPolicy,
    },
    requiredAttributes: seed.requiredAttributes ?? [],
    deviceTracking: { mode, skipsMfa },
    mfa: { mode: mfaMode, methods, allowTotpReuse },
    firstFactors: seed.firstFactors ?? FIRST_FACTORS,
    webAuthn: { relyingPartyId: 'localhost', origins: [], userVerification: 'preferred', ...seed.webAuthn },
    issuer: seed.issuer,
  }
}

/** @internal The state of a pool with clients and no users yet. */
export function newPoolState(seed: UserPoolSeed, random: Host['random']): PoolState {
  return {
    id: seed.id ?? 'us-east-1_Emulator0',
    settings: settingsOf(seed),
    clients: new Map(seed.clients.map((client) => [client.clientId, createClient(client)])),
    users: new Map(),
    sessions: new Map(),
    exchanges: new Map(),
    grants: new Map(),
    refreshTokens: new Map(),
    failures: new Map(),
    decoySeed: toBase64Url(random(32)),
    signingKey: seed.signingKey,
  }
}

function createHost(options: HostOptions): Host {
  const random = options.random ?? cryptoRandom
  const clock = options.clock
  return {
    pools: new Map(),
    triggers: options.triggers ?? {},
    outbox: new Outbox(),
    faults: new Faults(),
    random,
    srpOptions: { random, ...(options.engine === undefined ? {} : { engine: options.engine }) },
    now: () => (clock === undefined ? Date.now() : clock().getTime()),
  }
}

function facade(host: Host, id: string, options: HostOptions): UserPool {
  const limit = options.maximumBodyBytes ?? DEFAULT_BODY_BYTES
  let listener: ((entry: Exchanged) => void) | undefined
  return {
    id,
    handle: (request) => dispatch(host, request, limit, (entry) => listener?.(entry)),
    outbox: host.outbox,
    faults: host.faults,
    snapshot: () => takeSnapshot(host),
    onExchange: (added) => {
      listener = added
    },
  }
}

/**
 * Makes a user pool in memory.
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
 * The pool of a snapshot again, sessions and tokens included.
 * @throws TypeError when it is no snapshot of this version
 */
export function restoreUserPool(snapshot: Snapshot, options: HostOptions = {}): UserPool {
  const host = createHost(options)
  const states = restoreState(snapshot)
  for (const state of states) addPool(host, state)
  return facade(host, states[0]?.id ?? '', options)
}
