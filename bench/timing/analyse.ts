// Welch's t over several croppings, after dudect (Reparaz, Balasch, Verbauwhede, DATE 2017): the slow tail is noise of
// the machine, and a leak shows more clearly without it.
import { quantile, welch } from '../src/statistics.js'

/** The share of all samples, fastest first, that each cropping keeps. */
export const CROPPINGS: readonly number[] = [1, 0.99, 0.95, 0.9, 0.75, 0.5]

/** Beyond this |t| the two classes differ; dudect's threshold for a leak, too. */
export const THRESHOLD = 4.5

export interface Comparison {
  /** Largest in absolute value over the croppings, with its sign: positive when the first class took longer. */
  t: number
  /** The cropping at which it was reached. */
  cropping: number
  /** By cropping. */
  all: { cropping: number; t: number; differenceNs: number; detectableNs: number }[]
  /** The smallest difference in nanoseconds that would have reached the threshold, at the cropping that sees best. */
  detectableNs: number
  /** The smallest detectable difference as a share of the median time. */
  detectableShare: number
}

export function compare(first: Float64Array, second: Float64Array): Comparison {
  const pooled = new Float64Array(first.length + second.length)
  pooled.set(first)
  pooled.set(second, first.length)
  const all = CROPPINGS.flatMap((cropping) => {
    const limit = quantile(pooled, cropping)
    const below = (value: number): boolean => value <= limit
    const [a, b] = [first.filter(below), second.filter(below)]
    // A leak that parts the classes leaves only one of them among the fastest: the wider croppings show it.
    if (cropping < 1 && (a.length < 2 || b.length < 2)) return []
    const { t, difference, standardError } = welch(a, b)
    return [{ cropping, t, differenceNs: difference, detectableNs: THRESHOLD * standardError }]
  })
  const worst = all.reduce((a, b) => (Math.abs(b.t) > Math.abs(a.t) ? b : a))
  const detectableNs = Math.min(...all.map((one) => one.detectableNs))
  return {
    t: worst.t,
    cropping: worst.cropping,
    all,
    detectableNs,
    detectableShare: detectableNs / quantile(pooled, 0.5),
  }
}
