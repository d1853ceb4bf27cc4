// Runs in a plain process of its own: every target, sample by sample, then the statistics.

import { moments, quantile } from '../src/statistics.js'
import { sendProgress, serve } from '../src/workers/protocol.js'
import { type Comparison, compare } from './analyse.js'
import { PAIRS } from './classes.js'
import { collect, lastKept } from './collect.js'
import { controls, targets } from './targets.js'

export interface TimingRequest {
  samples: number
  seed: number
  /** Only targets whose name contains this. */
  only: string
}

export interface PairResult extends Comparison {
  first: string
  second: string
}

export interface TargetResult {
  name: string
  samples: number
  medianNs: number
  /** Standard deviation over the mean, all samples: how noisy the machine was. */
  noise: number
  pairs: PairResult[]
  /** For a control: the |t| that it must reach. */
  mustReach?: number
}

await serve(async ({ samples, seed, only }: TimingRequest): Promise<TargetResult[]> => {
  const chosen = [...controls(seed, samples), ...targets(seed).filter(({ name }) => name.includes(only))]
  const results: TargetResult[] = []
  for (const [index, target] of chosen.entries()) {
    const count = target.samples ?? samples
    const times = collect(target, count, seed + index, sendProgress)
    const pairs: PairResult[] = []
    for (const [first, second] of PAIRS) {
      const [a, b] = [times.get(first), times.get(second)]
      if (a !== undefined && b !== undefined) pairs.push({ first, second, ...compare(a, b) })
    }
    const all = Float64Array.from([...times.values()].flatMap((one) => [...one]))
    const { mean, variance } = moments(all)
    results.push({
      name: target.name,
      samples: count,
      medianNs: quantile(all, 0.5),
      noise: Math.sqrt(variance) / mean,
      pairs,
      ...(target.mustReach === undefined ? {} : { mustReach: target.mustReach }),
    })
  }
  if (lastKept() === undefined) throw new Error('a target gave nothing back: its work may have been dropped')
  return results
})
