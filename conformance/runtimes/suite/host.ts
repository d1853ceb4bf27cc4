import type { Engine, RandomSource } from '@srp6a/srp'
import type { CognitoApi } from 'cognito-srp-flows'

/** Everything that a runtime supplies to the suite, given by the entry that starts it there. */
export interface Host {
  /** Engines beside the default one. */
  readonly engines: readonly Engine[]
  /** The wasm engine, of a module that the platform compiled, where it lets no one else compile. */
  readonly precompiled?: Engine
  /** Random bytes for platforms without crypto.getRandomValues. */
  readonly random?: RandomSource
  /** True if neither `process` nor `Buffer` may be there, so that passing shows that none is needed. */
  readonly bare?: boolean
  readonly settings: Settings
  /** Emulated user pools on loopback; absent where there is no fetch. */
  readonly pools?: Pools
  /** The AWS SDK, where it runs too. */
  readonly sdkApi?: (endpoint: string) => CognitoApi
}

/** The long or the short form of the suite. */
export interface Settings {
  /** Every nth sign-in vector only. */
  readonly every: number
  /** Every nth vector of what must be rejected. */
  readonly everyRejection: number
  /** Batches of five sign-ins, of which the fastest counts. */
  readonly batches: number
  /** Engines whose handshakes are left out, by name, with the reason. */
  readonly without: Readonly<Record<string, string>>
}

/** Endpoints, and who signs in there. */
export interface Pools {
  readonly plain: string
  readonly tracked: string
  readonly invited: string
  readonly userPoolId: string
  readonly clientId: string
  readonly username: string
  readonly password: string
}

/**
 * Make a source of bytes that are the same in every run, for tests only. Its generator is its own, for the suite is
 * bundled from a copy in which only the packages are installed.
 */
export function predictable(seed: number): RandomSource {
  let state = seed
  return (length) => {
    const bytes = new Uint8Array(length)
    for (let i = 0; i < length; i++) {
      // Marsaglia's xorshift32.
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      bytes[i] = state
    }
    return bytes
  }
}
