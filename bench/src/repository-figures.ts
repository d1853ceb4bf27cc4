// The figures that are measured elsewhere: sizes by `npm run size`, runtimes by `npm run test:runtimes`.
import { table } from './tables.js'

/** bench/results/sizes.json. */
export interface Sizes {
  readonly schema: 1
  /** `version` where it is somebody else's. */
  readonly sizes: readonly { readonly name: string; readonly version?: string; readonly bytes: number }[]
}

/** runtimes/results.json. */
export interface Runtimes {
  readonly machine: { readonly cpu: string; readonly cores: number; readonly platform: string }
  readonly runtimes: readonly Runtime[]
}

interface Runtime {
  readonly name: string
  readonly about?: string
  readonly version?: string
  /** Why it did not run. */
  readonly missing?: string
  readonly passed?: number
  readonly failed?: readonly { readonly name: string; readonly error: string }[]
  readonly skipped?: readonly { readonly name: string; readonly reason: string }[]
  readonly signInMs?: number
  /** The machine's load average, over its cores: above their number, times are of waiting too. */
  readonly load?: number
}

/** `sizes.table`, and each size by its name. */
export function sizeFigures({ sizes }: Sizes): Map<string, string> {
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(bytes < 20_000 ? 2 : 1)} kB`
  const rows = [...sizes]
    .sort((a, b) => a.bytes - b.bytes)
    .map(({ name, version, bytes }) => [
      version === undefined ? `**${name}**` : `${name} (${version})`,
      kilobytes(bytes),
    ])
  return new Map([['sizes.table', table(['what an app imports', 'minified + gzip'], rows)]])
}

/** `runtimes.table`, and `runtimes.skipped` with the reasons. */
export function runtimeFigures({ machine, runtimes }: Runtimes): Map<string, string> {
  const rows = runtimes.map(({ name, about, version = '', missing, passed, failed = [], skipped = [], signInMs }) => [
    about === undefined ? name : `${name} (${about})`,
    version,
    missing === undefined ? String(passed ?? 0) : `missing: ${missing}`,
    failed.length === 0 ? '0' : `${failed.length}: ${failed.map((one) => `${one.name}, ${one.error}`).join('; ')}`,
    String(skipped.length),
    signInMs === undefined ? '' : `${signInMs} ms`,
  ])
  const reasons = new Map<string, { cases: Set<string>; where: string[] }>()
  for (const { name, skipped = [] } of runtimes) {
    for (const one of skipped) {
      const { cases, where } = reasons.get(one.reason) ?? { cases: new Set(), where: [] }
      cases.add(one.name)
      if (!where.includes(name)) where.push(name)
      reasons.set(one.reason, { cases, where })
    }
  }
  const skips = [...reasons].map(([reason, { cases, where }]) => [
    reason,
    where.length === runtimes.length ? 'all' : where.join(', '),
    String(cases.size),
  ])
  return new Map([
    ['runtimes.table', table(['runtime', 'version', 'passed', 'failed', 'skipped', 'one sign-in'], rows)],
    ['runtimes.skipped', table(['skipped, because', 'in', 'cases'], skips)],
    ['runtimes.load', range(runtimes.flatMap(({ load }) => load ?? []))],
    ['runtimes.count', String(runtimes.length)],
    ['runtimes.machine', `${machine.cpu}, ${machine.cores} cores, ${machine.platform}`],
  ])
}

function range(values: readonly number[]): string {
  return values.length === 0 ? 'unknown' : `${Math.min(...values)} to ${Math.max(...values)}`
}
