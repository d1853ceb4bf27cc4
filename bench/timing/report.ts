// The verdict on what was collected, and how it reads.
import { table } from '../src/tables.js'
import { THRESHOLD } from './analyse.js'
import type { PairResult, TargetResult } from './worker.js'

export interface Verdict {
  /** Controls that were not caught: then nothing else in the run counts. */
  missed: string[]
  /** Pairs of a target that differ. */
  leaks: string[]
}

/** A target with what documents quote of it. */
export interface TargetSummary extends Omit<TargetResult, 'pairs'> {
  pairs: Omit<PairResult, 'all'>[]
}

export function judge(results: readonly TargetResult[]): Verdict {
  const missed: string[] = []
  const leaks: string[] = []
  let seen = 0
  for (const { name, pairs, mustReach } of results) {
    for (const { first, second, t } of pairs) {
      if (mustReach === undefined) {
        if (!(Math.abs(t) < THRESHOLD)) leaks.push(`${name}: ${first} / ${second}, t = ${t.toFixed(1)}`)
      } else {
        seen++
        if (!(Math.abs(t) >= mustReach)) missed.push(`${name}: |t| = ${Math.abs(t).toFixed(1)}, not ${mustReach}`)
      }
    }
  }
  if (seen === 0) missed.push('no control was run')
  return { missed, leaks }
}

export function report(results: readonly TargetResult[]): string {
  const rows = results.flatMap(({ name, samples, medianNs, pairs }) =>
    pairs.map(({ first, second, t, cropping, detectableNs, detectableShare }) => [
      `${name}: ${first} / ${second}`,
      String(samples),
      `${(medianNs / 1e6).toFixed(3)} ms`,
      t.toFixed(1),
      `${Math.round(cropping * 100)} %`,
      `${Math.round(detectableNs)} ns (${(detectableShare * 100).toFixed(3)} %)`,
    ]),
  )
  const head = [
    'compared',
    'samples a class',
    'median',
    'largest t',
    'samples kept',
    `would be seen at |t| = ${THRESHOLD}`,
  ]
  const targets = results.filter(({ mustReach }) => mustReach === undefined)
  const smallest = targets.flatMap(({ pairs }) => pairs.map((pair) => pair.detectableShare))
  const power =
    smallest.length === 0
      ? 'Only the controls were run.'
      : `Power: a difference of ${(Math.max(...smallest) * 100).toFixed(3)} % of the time would have been seen in every pair. ` +
        'Smaller ones would not: this run says nothing about them.'
  return `${table(head, rows)}\n\n${power}`
}

/**
 * Leave out what each cropping gave: the one that shows most is quoted.
 *
 * @param results - of every target and control
 * @returns for each pair of classes its largest t and what would have been seen
 */
export function summarize(results: readonly TargetResult[]): TargetSummary[] {
  return results.map((target) => ({ ...target, pairs: target.pairs.map(({ all: _, ...pair }) => pair) }))
}
