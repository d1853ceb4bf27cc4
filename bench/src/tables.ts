// Figures and tables in Markdown, made from the results: for the terminal and for the README.
import { figure } from './charts/bars.js'
import type { Entry, Results } from './results.js'
import type { Spread } from './statistics.js'

export function milliseconds({ median }: { median: number }): string {
  return `${figure(median)} ms`
}

/** `27 (26 to 28)`: the median of the rounds' ratios and the half of the rounds around it. */
export function ratio({ median, low, high }: Spread): string {
  return `${exact(median)} (${exact(low)} to ${exact(high)})`
}

/** Three digits: a bound such as 3.4 must not be reached by rounding. */
export function exact(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)))
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}

/** Fastest first. */
export function entryTable(entries: Record<string, Entry>, subject: string): string {
  const sorted = Object.entries(entries).sort(([, a], [, b]) => a.ms.median - b.ms.median)
  const rows = sorted.map(([name, entry]) => [
    `${entry.label}${entry.version === undefined ? '' : ` ${entry.version}`}${partOf(name)}`,
    entry.arithmetic ?? '',
    milliseconds(entry.ms),
    entry.overOurs === undefined ? '' : ratio(entry.overOurs),
    entry.overOpenssl === undefined ? '' : ratio(entry.overOpenssl),
  ])
  return withoutEmptyColumns(table, [subject, 'arithmetic', 'median', 'times ours', 'times OpenSSL'], rows)
}

/** `verify` of `default/verify`. */
function partOf(name: string): string {
  const part = name.split('/')[1]
  return part === undefined || /^\d+$/.test(part) ? '' : `, ${part}`
}

function withoutEmptyColumns(
  make: typeof table,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const kept = head.map((_, index) => rows.some((cells) => cells[index] !== ''))
  const keep = (cells: readonly string[]): string[] => cells.filter((_, index) => kept[index])
  return make(keep(head), rows.map(keep))
}

export function firstTable(first: NonNullable<Results['first']>): string {
  const sorted = Object.values(first).sort((a, b) => a.totalMs.median - b.totalMs.median)
  return withoutEmptyColumns(
    table,
    ['first sign-in of a process', 'import', 'sign-in', 'together', 'together, the quickest'],
    sorted.map(({ label, importMs, signInMs, totalMs }) => [
      label,
      milliseconds(importMs),
      milliseconds(signInMs),
      milliseconds(totalMs),
      totalMs.least === undefined ? '' : `${figure(totalMs.least)} ms`,
    ]),
  )
}

/** A row for each library, a column for each group; empty where a library has not that group. */
export function generalTable(general: NonNullable<Results['general']>): string {
  const sizes = Object.keys(general).sort((a, b) => Number(a) - Number(b))
  const libraries = new Map<string, string>()
  for (const entries of Object.values(general)) {
    for (const [name, { label, version }] of Object.entries(entries)) {
      libraries.set(name, version === undefined ? label : `${label} ${version}`)
    }
  }
  const rows = [...libraries].map(([name, label]) => [
    label,
    ...sizes.map((bits) => {
      const entry = general[bits]?.[name]
      return entry === undefined ? '' : milliseconds(entry.ms)
    }),
  ])
  return table(['whole handshake, by bits', ...sizes], rows)
}

/**
 * A row for each library and group. Logins a second are what one core can serve if clients elsewhere do their half;
 * handshakes a second, what it can do alone on both sides.
 */
export function loginTable(logins: NonNullable<Results['logins']>): string {
  const rows = Object.entries(logins).flatMap(([bits, entries]) => {
    const libraries = [...new Set(Object.keys(entries).map((name) => name.split('/')[0]))]
    return libraries.flatMap((library) => {
      const part = (name: string): Entry | undefined => entries[`${library}/${bits}/${name}`]
      const [start, verify, handshake] = [part('start'), part('verify'), part('handshake')]
      if (start === undefined || verify === undefined || handshake === undefined) return []
      const { label, version } = start
      return [
        [
          version === undefined ? label : `${label} ${version}`,
          bits,
          milliseconds(start.ms),
          milliseconds(verify.ms),
          figure(1_000 / (start.ms.median + verify.ms.median)),
          figure(1_000 / handshake.ms.median),
        ],
      ]
    })
  })
  return table(['as a server', 'bits', 'B', 'verification', 'logins/s per core', 'handshakes/s per core'], rows)
}
