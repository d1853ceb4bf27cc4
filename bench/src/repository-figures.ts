// The figures that are measured elsewhere: sizes by `npm run size`, runtimes by `npm run test:runtimes`, handshakes by
// `npm run soak`, mutants by `npm run mutate`.
import type { Core } from 'srp6a-tools/measure/core.mjs'
import { shortCommit } from '../timing/figures.js'
import { table } from './tables.js'

/** bench/results/sizes.json. */
export interface Sizes {
  readonly schema: 1
  /** `version` where it is someone else's. */
  readonly sizes: readonly {
    readonly name: string
    readonly version?: string
    /** The work that the code does. */
    readonly covers: string
    /** Minified by esbuild, gzip. */
    readonly bytes: number
    readonly brotli: number
    /** Bundled and minified by Vite, gzip. */
    readonly vite: number
  }[]
}

/** conformance/runtimes/results.json. */
export interface Runtimes {
  readonly machine: { readonly cpu: string; readonly cores: number; readonly platform: string }
  readonly runtimes: readonly Runtime[]
}

interface Runtime {
  readonly name: string
  readonly about?: string
  readonly version?: string
  /** The reason why it did not run. */
  readonly missing?: string
  readonly passed?: number
  readonly failed?: readonly { readonly name: string; readonly error: string }[]
  /** By reason: the names of the cases. */
  readonly skipped?: Readonly<Record<string, readonly string[]>>
  readonly signInMs?: number
  readonly signInWasmMs?: number
  /** The machine's load average, over its cores: above their number, times are of waiting too. */
  readonly load?: number
}

/** bench/results/soak.json. */
export interface Soak {
  readonly date: string
  readonly oracle: string
  readonly handshakes: number
  readonly mismatches: number
  /** The number of values that were compared, by engine and peer. */
  readonly compared: Readonly<Record<string, number>>
  /** Of each value: how often it began with so many zero bytes, and so on. */
  readonly shapes: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly others: Readonly<Record<string, number>>
}

/** packages/srp/test/mutation/summary.json. */
export interface Mutation {
  readonly date: string
  readonly core: Core
  readonly mutants: number
  readonly survived: number
  readonly uncovered: number
  /** 0 to 1 */
  readonly score: number
}

/** `sizes.table`, and each size by its name, to the kilobyte: `size.cognito-srp-flows-signIn-every-…`. */
export function sizeFigures({ sizes }: Sizes): Map<string, string> {
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(bytes < 20_000 ? 2 : 1)} kB`
  const rows = [...sizes]
    .sort((a, b) => a.bytes - b.bytes)
    .map(({ name, version, covers, bytes, brotli, vite }) => [
      version === undefined ? `**${name}**` : `${name} (${version})`,
      covers,
      kilobytes(bytes),
      kilobytes(brotli),
      kilobytes(vite),
    ])
  const head = ['what an app imports', 'what it covers', 'esbuild, gzip', 'esbuild, brotli', 'Vite, gzip']
  const found = new Map([['sizes.table', table(head, rows)]])
  for (const { name, bytes } of sizes)
    found.set(`size.${name.replace(/\W+/g, '-').replace(/^-/, '')}`, `${Math.round(bytes / 1000)} kB`)
  return found
}

/** `runtimes.table`, and `runtimes.skipped` with the reasons. */
export function runtimeFigures({ machine, runtimes }: Runtimes): Map<string, string> {
  const rows = runtimes.map(({ name, about, version = '', missing, passed, failed = [], skipped = {}, ...times }) => [
    about === undefined ? name : `${name} (${about})`,
    version,
    missing === undefined ? String(passed ?? 0) : `missing: ${missing}`,
    failed.length === 0 ? '0' : `${failed.length}: ${failed.map((one) => `${one.name}, ${one.error}`).join('; ')}`,
    String(Object.values(skipped).flat().length),
    milliseconds(times.signInMs),
    milliseconds(times.signInWasmMs),
  ])
  const reasons = new Map<string, { cases: Set<string>; where: string[] }>()
  for (const { name, skipped = {} } of runtimes) {
    for (const [reason, names] of Object.entries(skipped)) {
      const { cases, where } = reasons.get(reason) ?? { cases: new Set(), where: [] }
      for (const one of names) cases.add(one)
      reasons.set(reason, { cases, where: [...where, name] })
    }
  }
  const skips = [...reasons].map(([reason, { cases, where }]) => [
    reason,
    where.length === runtimes.length ? 'all' : where.join(', '),
    String(cases.size),
  ])
  return new Map([
    [
      'runtimes.table',
      table(['runtime', 'version', 'passed', 'failed', 'skipped', 'one sign-in', 'with wasmEngine'], rows),
    ],
    ['runtimes.skipped', table(['skipped, because', 'in', 'cases'], skips)],
    ['runtimes.load', range(runtimes.flatMap(({ load }) => load ?? []))],
    ['runtimes.count', String(runtimes.length)],
    ['runtimes.machine', `${machine.cpu}, ${machine.cores} cores, ${machine.platform}`],
  ])
}

const milliseconds = (ms: number | undefined): string => (ms === undefined ? '' : `${ms} ms`)

const whole = (n: number): string => n.toLocaleString('en')

/** `soak.handshakes`, `soak.mismatches`, `soak.table`, … */
export function soakFigures({
  date,
  oracle,
  handshakes,
  mismatches,
  compared,
  shapes,
  others,
}: Soak): Map<string, string> {
  const head = ['', 'no zero byte', '1', '2', '3', 'more', 'lengths seen', 'top bit set', 'odd hex digits']
  const rows = Object.entries(shapes).map(([name, counts]) => [name, ...Object.values(counts).map(whole)])
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, n]) => `${name} ${whole(n)}`)
      .join(', ')
  return new Map([
    ['soak.date', date.slice(0, 10)],
    ['soak.oracle', oracle],
    ['soak.handshakes', whole(handshakes)],
    ['soak.mismatches', whole(mismatches)],
    ['soak.compared', list(compared)],
    ['soak.others', list(others)],
    ['soak.table', table(head, rows)],
  ])
}

/** `mutation.score` in percent, and of how many. */
export function mutationFigures({ date, core, mutants, survived, uncovered, score }: Mutation): Map<string, string> {
  return new Map([
    ['mutation.date', date.slice(0, 10)],
    ['mutation.commit', shortCommit(core)],
    ['mutation.mutants', whole(mutants)],
    ['mutation.survivors', whole(survived + uncovered)],
    ['mutation.score', `${(100 * score).toFixed(1)} %`],
  ])
}

function range(values: readonly number[]): string {
  return values.length === 0 ? 'unknown' : `${Math.min(...values)} to ${Math.max(...values)}`
}
