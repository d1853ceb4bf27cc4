import { SeededRandom } from 'srp6a-tools/measure/random.mjs'
import { describe, expect, it } from 'vitest'
import { median, moments, quantile, ratios, spread, welch } from '../src/statistics.js'

/** A rough normal deviate: twelve uniform ones, mean 0, variance 1. */
function normal(random: SeededRandom): number {
  let sum = -6
  for (let index = 0; index < 12; index++) sum += random.next() / 2 ** 32
  return sum
}

describe('median and quantile', () => {
  it('takes the middle, or halfway between the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([7])).toBe(7)
  })

  it('sorts as numbers and leaves the samples as they are', () => {
    const samples = [100, 9, 20]
    expect(median(samples)).toBe(20)
    expect(samples).toEqual([100, 9, 20])
  })

  it('interpolates between neighbours', () => {
    expect(quantile([10, 20, 30, 40, 50], 0.25)).toBe(20)
    expect(quantile([0, 10], 0.9)).toBeCloseTo(9)
    expect(quantile([5, 1, 3], 0)).toBe(1)
    expect(quantile([5, 1, 3], 1)).toBe(5)
  })

  it('refuses no samples and no share', () => {
    expect(() => median([])).toThrow(RangeError)
    expect(() => quantile([1], 1.1)).toThrow('1.1')
    expect(() => quantile([1], Number.NaN)).toThrow(RangeError)
  })
})

describe('spread and ratios', () => {
  it('gives the quartiles around the median', () => {
    expect(spread([1, 2, 3, 4, 5])).toEqual({ median: 3, low: 2, high: 4 })
  })

  it('divides round by round, so that a slow round cancels out', () => {
    expect(ratios([20, 200, 20], [10, 100, 10])).toEqual({ median: 2, low: 2, high: 2 })
  })

  it('refuses rounds that do not belong together', () => {
    expect(() => ratios([1, 2], [1])).toThrow(RangeError)
  })
})

describe('welch', () => {
  it('gives the t of a worked example', () => {
    // By hand: means 20.6 and 22.135, variances 8.36 / 9 … see the sums below.
    const first = [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4]
    const second = [27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.5, 31.3]
    const { t, difference, standardError } = welch(first, second)
    const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length
    const variance = (values: number[]) =>
      values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1)
    expect(difference).toBeCloseTo(mean(first) - mean(second), 12)
    expect(standardError).toBeCloseTo(Math.sqrt(variance(first) / 15 + variance(second) / 15), 12)
    expect(t).toBeCloseTo(difference / standardError, 12)
    expect(t).toBeLessThan(-2)
  })

  it('is symmetric, and takes sizes and variances that differ', () => {
    const a = [1, 2, 3, 4]
    const b = [10, 30, 50]
    expect(welch(a, b).t).toBeCloseTo(-welch(b, a).t, 12)
    // (2.5 - 30) / sqrt(1.6667 / 4 + 400 / 3)
    expect(welch(a, b).t).toBeCloseTo(-2.3778, 3)
  })

  it('sees a tenth of a standard deviation in 10,000 samples, and nothing where there is nothing', () => {
    const random = new SeededRandom(3)
    const draw = (shift: number) => Float64Array.from({ length: 10_000 }, () => normal(random) + shift)
    expect(welch(draw(0.1), draw(0)).t).toBeGreaterThan(4.5)
    expect(Math.abs(welch(draw(0), draw(0)).t)).toBeLessThan(4)
  })

  it('is 0 for equal constants and refuses too few samples', () => {
    expect(welch([2, 2], [2, 2]).t).toBe(0)
    expect(welch([3, 3], [2, 2]).t).toBe(Number.POSITIVE_INFINITY)
    expect(() => welch([1], [1, 2])).toThrow(RangeError)
  })

  it('keeps its digits for large values close together', () => {
    const { mean, variance } = moments([1e9 + 1, 1e9 + 2, 1e9 + 3])
    expect(mean).toBe(1e9 + 2)
    expect(variance).toBe(1)
  })
})
