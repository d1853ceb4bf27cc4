// The figures of a timing run that Markdown files may quote; see src/figures.ts.
import type { Core } from 'srp6a-tools/measure/core.mjs'
import { exact } from '../src/tables.js'
import type { TargetSummary } from './report.js'

/** `results/timing.json`, as far as it is read here. */
export interface TimingResults {
  date: string
  core: Core
  samples: number
  runtime: { readonly node: string }
  results: readonly TargetSummary[]
}

/** The commit that a measurement is of, as documents name it. */
export const shortCommit = ({ commit }: Core): string => commit?.slice(0, 12) ?? 'not committed'

const listed = (items: readonly string[]): string =>
  [items.slice(0, -1).join(', '), ...items.slice(-1)].filter((part) => part !== '').join(' and ')

/** `timing.largest`: the largest |t| of all that is measured; `timing.controls`: those of what must be caught. */
export function timingFigures({ date, core, samples, runtime, results }: TimingResults): Map<string, string> {
  const pairs = results.filter(({ mustReach }) => mustReach === undefined).flatMap((target) => target.pairs)
  const controls = results.filter(({ mustReach }) => mustReach !== undefined)
  const size = (pair: { t: number }): number => Math.abs(pair.t)
  return new Map([
    ['timing.date', date.slice(0, 10)],
    ['timing.commit', shortCommit(core)],
    ['timing.runtime', `Node ${runtime.node}`],
    ['timing.samples', samples.toLocaleString('en')],
    ['timing.pairs', String(pairs.length)],
    ['timing.largest', Math.max(...pairs.map(size)).toFixed(1)],
    ['timing.controls', listed(controls.map((control) => exact(Math.max(...control.pairs.map(size)))))],
    ['timing.power', `${(100 * Math.max(...pairs.map(({ detectableShare }) => detectableShare))).toFixed(3)} %`],
  ])
}
