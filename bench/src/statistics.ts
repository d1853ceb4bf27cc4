// Medians and what belongs to them; Welch's t for the timing harness.

/** The value below which `q` (0 to 1) of the sorted samples lie, interpolated between neighbours. */
export function quantile(samples: ArrayLike<number>, q: number): number {
  if (samples.length === 0) throw new RangeError('samples: empty')
  if (!(q >= 0 && q <= 1)) throw new RangeError(`q: ${q} is not between 0 and 1`)
  const sorted = Float64Array.from(samples).sort()
  const position = (sorted.length - 1) * q
  const below = sorted[Math.floor(position)] as number
  const above = sorted[Math.ceil(position)] as number
  return below + (above - below) * (position - Math.floor(position))
}

export function median(samples: ArrayLike<number>): number {
  return quantile(samples, 0.5)
}

export interface Spread {
  median: number
  /** First and third quartile: half of the rounds lie between them. */
  low: number
  high: number
}

export function spread(samples: ArrayLike<number>): Spread {
  return { median: median(samples), low: quantile(samples, 0.25), high: quantile(samples, 0.75) }
}

/** One ratio a round, so that what slowed both of them down in that round cancels out. */
export function ratios(numerators: readonly number[], denominators: readonly number[]): Spread {
  if (numerators.length !== denominators.length)
    throw new RangeError('ratios: the two have different numbers of rounds')
  return spread(numerators.map((value, round) => value / (denominators[round] as number)))
}

export interface Moments {
  count: number
  mean: number
  /** Unbiased (divided by count - 1). */
  variance: number
}

export function moments(samples: ArrayLike<number>): Moments {
  let mean = 0
  let squares = 0
  for (let index = 0; index < samples.length; index++) {
    const value = samples[index] as number
    const step = value - mean
    mean += step / (index + 1)
    squares += step * (value - mean)
  }
  return { count: samples.length, mean, variance: samples.length < 2 ? Number.NaN : squares / (samples.length - 1) }
}

export interface Welch {
  /** Positive when the first class took longer. */
  t: number
  /** mean(first) - mean(second), in the unit of the samples. */
  difference: number
  /** Standard error of that difference: |t| = 4.5 is reached at 4.5 times this. */
  standardError: number
}

/** Welch's two-sample t: B. L. Welch, Biometrika 34 (1947). The two classes may differ in size and in variance. */
export function welch(first: ArrayLike<number>, second: ArrayLike<number>): Welch {
  if (first.length < 2 || second.length < 2) throw new RangeError('welch: two samples a class at least')
  const a = moments(first)
  const b = moments(second)
  const difference = a.mean - b.mean
  const standardError = Math.sqrt(a.variance / a.count + b.variance / b.count)
  return { t: difference === 0 ? 0 : difference / standardError, difference, standardError }
}
