// The results file: what was measured, on what, with which versions.
import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem } from 'node:os'
import type { Kind } from './cognito/contender.js'
import type { Spread } from './statistics.js'

export interface Machine {
  cpu: string
  cores: number
  memoryGiB: number
  platform: string
  /** One-minute load average when the run began; the run itself adds one. */
  loadBefore: number
}

/** One contender in one section of interleaved rounds. Times are milliseconds a call. */
export interface Entry {
  label: string
  kind: Kind
  arithmetic?: string
  version?: string
  privateBits?: number
  ms: Spread
  /** How many times as long as our default engine, round by round; above 1 is slower. */
  overOurs?: Spread
  /** How many times as long as OpenSSL. */
  overOpenssl?: Spread
  /** Samples whose last result was compared with the plain reference, and how many of them were wrong. */
  checked: number
  wrong: number
  rounds: number[]
}

export interface FirstEntry {
  label: string
  kind: Kind
  importMs: Spread
  signInMs: Spread
  totalMs: Spread
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

export interface Results {
  schema: 1
  date: string
  quick: boolean
  rounds: number
  seed: number
  machine: Machine
  runtime: { node: string; v8: string; openssl: string }
  signIn?: Record<string, Entry>
  /** The same on other versions of Node. */
  otherNodes?: Record<string, { version: string; v8: string; openssl: string; signIn: Record<string, Entry> }>
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

export function describeMachine(): Machine {
  const [cpu] = cpus()
  return {
    cpu: cpu?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${release().split('-')[0]} ${process.arch}`,
    loadBefore: loadavg()[0] ?? 0,
  }
}

export function describeRuntime(execPath: string): { node: string; v8: string; openssl: string } {
  const text = execFileSync(execPath, ['-p', 'JSON.stringify(process.versions)'], { encoding: 'utf8' })
  const { node, v8, openssl } = JSON.parse(text) as { node: string; v8: string; openssl: string }
  return { node, v8, openssl }
}
