// A quick test file takes a share of its cases. `x.slow.test.ts` beside it imports `x.test.ts`, which then takes all.
import { expect } from 'vitest'

/** Take all where nothing says which file runs: so it is under tools/mutation. */
const { testPath } = expect.getState()
const quick = testPath !== undefined && !testPath.endsWith('.slow.test.ts')

/**
 * Take every so-many-th of the cases in a quick run.
 *
 * @param every odd or prime where neighbours differ by a pattern
 * @param first the index of the first; where several tables have the same rows, another for each
 */
export function share<T>(cases: readonly T[], every: number, first = 0): T[] {
  return cases.filter((_, i) => !quick || i % every === first % every)
}

/** Say how many random runs to make. */
export function runs(whole: number, inQuick: number): number {
  return quick ? inQuick : whole
}
