// The bounds that reduction.ts relies on, derived by interval arithmetic for every size of N (in a quick run, one in 31 of
// them): of the values, none is sampled.
import { expect, it } from 'vitest'
import { planReduction } from '../../src/engine/reduction.js'
import { share } from '../support/share.js'

/** From the least to the greatest value, both included. */
type Interval = readonly [bigint, bigint]
const pow = (exponent: number): bigint => 1n << BigInt(exponent)
const add = (a: Interval, b: Interval): Interval => [a[0] + b[0], a[1] + b[1]]
const times = (a: Interval, b: Interval): Interval => [a[0] * b[0], a[1] * b[1]]
const shift = ([least, most]: Interval, bits: number): Interval => [least >> BigInt(bits), most >> BigInt(bits)]
const bitsOf = (value: bigint): number =>
  value.toString(16).length * 4 - (3 - Math.floor(Math.log2(Number.parseInt(value.toString(16)[0] ?? '1', 16))))

const sizes = share(
  Array.from({ length: 8192 - 512 + 1 }, (_, i) => 512 + i),
  31,
)

it.each([64, 32, 30])('hold for every size of 512 to 8192 bits, in digits of %i bits', (digitBits) => {
  const digits = (value: bigint): number => Math.ceil(bitsOf(value) / digitBits)
  const problems: string[] = []
  for (const bits of sizes) {
    const { offsetBits, factorBits, points, topBits, cut, limit } = planReduction(bits, digitBits)
    const must = (claim: string, holds: boolean): void => {
      if (!holds) problems.push(`${bits} bits: ${claim}`)
    }
    const oneLength = (what: string, [least, most]: Interval): void =>
      must(`${what} has one length`, digits(least) === digits(most))
    const N: Interval = [pow(bits - 1), pow(bits) - 1n]
    const c = pow(offsetBits)
    // For one N, not for all: the least and the greatest of each are those of one and the same N.
    for (const n of N) {
      const residue: Interval = [c * n, (c + 2n) * n]
      oneLength('a residue, a sum or a difference', [c * n, (3n * c + 6n) * n])
      let value = times(residue, residue)
      for (const point of points) {
        oneLength('what is folded', value)
        const high = shift(value, point)
        const F: Interval = [pow(factorBits) - n, pow(factorBits) - 1n]
        oneLength('F', F)
        oneLength('the upper part', high)
        const product = times(high, F)
        oneLength('its product by F', product)
        must('the product has no more than p bits', product[1] < pow(point))
        const top = (pow(topBits(point)) + c + 1n) * n
        const rest: Interval = [0n, pow(point) - 1n + product[1]]
        value = add(rest, [top, top])
        oneLength('h', value)
        must('the top of h is over what is below', rest[1] < (pow(topBits(point)) * n) / 2n + n)
      }
      const left = shift(value, cut)
      oneLength('h less what the quotient does without', left)
      // Before it is rounded down, left · estimate / 2^(limit - cut) is less than h / N by 2^cut / N for what was cut off,
      // and by left · 2^cut / 2^limit for what the estimate lacks: together by less than 1.
      must('the quotient is at most one too small', pow(cut + limit) + left[1] * pow(cut) * n < pow(limit) * n)
      const exact: Interval = [value[0] / n, value[1] / n]
      const quotient: Interval = [exact[0] - 1n, exact[1]]
      const less: Interval = [quotient[0] - c, quotient[1] - c]
      must(
        'the quotient has a bit at the top, whatever it is',
        less[0] >= pow(topBits(points[1])) && less[1] < pow(topBits(points[1]) + 1),
      )
      oneLength('the quotient', quotient)
      oneLength('the quotient less c', less)
      oneLength('its multiple of N', times(less, [n, n]))
    }
  }
  expect(problems).toEqual([])
})
