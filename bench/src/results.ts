// The results file: what was measured, on what, with which versions.
import type { Core } from 'srp6a-tools/measure/core.mjs'
import type { Machine } from 'srp6a-tools/measure/machine.js'
import type { Kind } from './cognito/contender.js'
import type { Spread } from './statistics.js'

/** One contender in one section of interleaved rounds. Times are milliseconds a call. */
export interface Entry {
  label: string
  kind: Kind
  arithmetic?: string
  version?: string
  privateBits?: number
  ms: Spread
  /** The time in multiples of our default engine's, round by round; above 1 is slower. */
  overOurs?: Spread
  /** The time in multiples of OpenSSL's. */
  overOpenssl?: Spread
  /** Samples whose last result was compared with the plain reference, and how many of them were wrong. */
  checked: number
  wrong: number
  rounds: number[]
}

/** Of fresh processes the quickest one says what the code takes; the median, what one waits. */
interface Least {
  least: number
}

export interface FirstEntry {
  label: string
  kind: Kind
  importMs: Spread & Least
  signInMs: Spread & Least
  totalMs: Spread & Least
  checked: number
  wrong: number
}

export interface HeapEntry {
  signIns: number
  heapBytes: { before: number; after: number }
  bufferBytes: { before: number; after: number }
}

export interface HermesEntry {
  version: string
  signIns: number
  firstMs: number
  ms: Spread
  checked: number
  wrong: number
}

export interface OtherNode {
  version: string
  v8: string
  openssl: string
  kernel?: string
  signIn: Record<string, Entry>
  first?: Record<string, FirstEntry>
}

export interface Results {
  schema: 1
  date: string
  quick: boolean
  rounds: number
  seed: number
  core: Core
  machine: Machine
  /** `kernel` is what wasmEngine takes here. */
  runtime: { node: string; v8: string; openssl: string; kernel?: string }
  signIn?: Record<string, Entry>
  /** Sign-ins on other versions of Node. */
  otherNodes?: Record<string, OtherNode>
  bun?: { version: string; kernel: string; signIn: Record<string, Entry> }
  latency?: Record<string, Entry>
  first?: Record<string, FirstEntry>
  devices?: Record<string, Entry>
  servers?: Record<string, Entry>
  /** By bits of the group, then by library, bits and part: `default/2048/verify`. */
  logins?: Record<string, Record<string, Entry>>
  /** By bits of the group, then by library. */
  general?: Record<string, Record<string, Entry>>
  heap?: Record<string, HeapEntry>
  hermes?: HermesEntry
}
