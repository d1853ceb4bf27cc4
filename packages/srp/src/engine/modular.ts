// Arithmetic modulo N on residues in [cN, cN + 2N), c = 2 as a rule: such a residue always has the same number of
// digits, so that neither 1, nor a small base, nor a leading zero of an exponent is quicker than anything else.
import type { Bytes } from '../bytes.js'
import { bitsAt } from './exponent.js'
import type { Integers } from './integers.js'

export interface Modulus<T> {
  /** Any bytes up to the length of N, to a residue. */
  residue(value: Bytes): T
  /** A residue to the one number below N, in as many bytes as N has. */
  toBytes(residue: T): Bytes
  multiply(a: T, b: T): T
  add(a: T, b: T): T
  subtract(a: T, b: T): T
  /** `base^exponent`; the work depends on the length of the exponent in bytes only. */
  power(base: T, exponent: Bytes): T
  /** The residue of 1. */
  readonly one: T
}

/** Extra bits of the quotient estimate: with two, it is at most one short. */
const GUARD = 2

export function createModulus<T>(integers: Integers<T>, modulus: Bytes): Modulus<T> {
  const { add, subtract, multiply, shiftRight, low, isLess, fromBytes, digitBits } = integers
  const n = fromBytes(modulus)
  const bits = 8 * modulus.length - Math.clz32(modulus[0] ?? 0) + 24
  // The bit lengths of a residue in [2N, 4N) are bits + 1 and bits + 2; where a new digit begins between them, [4N, 6N).
  const straddles = (bits + 1) % digitBits === 0
  const twoN = add(n, n)
  const offset = straddles ? add(twoN, twoN) : twoN
  const bottom = add(offset, n)
  const wideOffset = add(offset, twoN)

  // A product is below 2^top. Folding replaces what stands above 2^point by that many times (2^point mod N). The points
  // leave whole digits above them, and the second takes half of what the first leaves.
  const top = 2 * (bits + (straddles ? 3 : 2))
  const half = top - wholeDigits((top - bits) / 2)
  const quarter = half + 1 - wholeDigits((half + 1 - bits) / 2)
  const limit = quarter + 1 + GUARD
  const reciprocal = integers.quotientVarTime(powerOfTwo(half), n)
  const foldHalf = subtract(powerOfTwo(half), multiply(reciprocal, n))
  const foldQuarter = subtract(powerOfTwo(quarter), multiply(shiftRight(reciprocal, half - quarter), n))
  const barrett = shiftRight(reciprocal, half - limit)

  function wholeDigits(count: number): number {
    return digitBits * Math.floor(count / digitBits)
  }

  function powerOfTwo(exponent: number): T {
    const bytes = new Uint8Array((exponent >> 3) + 1)
    bytes[0] = 1 << (exponent & 7)
    return fromBytes(bytes)
  }

  const reduce = (product: T): T => {
    const once = add(low(product, half), multiply(shiftRight(product, half), foldHalf))
    const twice = add(low(once, quarter), multiply(shiftRight(once, quarter), foldQuarter))
    // Barrett: the quotient of what is left is short, and so is this product of estimates.
    const quotient = shiftRight(multiply(shiftRight(twice, bits - GUARD), barrett), limit - bits + GUARD)
    return subtract(add(twice, offset), multiply(quotient, n))
  }

  const times = (a: T, b: T): T => reduce(multiply(a, b))
  const one = add(offset, fromBytes(Uint8Array.of(1)))

  return {
    one,
    multiply: times,
    residue: (value) => reduce(fromBytes(value)),
    add: (a, b) => reduce(add(a, b)),
    subtract: (a, b) => reduce(subtract(add(a, wideOffset), b)),
    toBytes: (residue) =>
      integers.toBytes(subtract(residue, isLess(residue, bottom) ? offset : bottom), modulus.length),
    power(base, exponent) {
      const width = exponent.length <= 40 ? 4 : 5
      const powers = [one, base]
      for (let i = 2; i < 1 << width; i++) powers.push(times(at(powers, i - 1), base))
      let digits = Math.ceil((8 * exponent.length) / width) - 1
      let result = at(powers, bitsAt(exponent, digits * width, width))
      while (digits-- > 0) {
        for (let i = 0; i < width; i++) result = times(result, result)
        result = times(result, at(powers, bitsAt(exponent, digits * width, width)))
      }
      return result
    },
  }
}

/** An element that is there by construction. */
export function at<T>(list: readonly T[], index: number): T {
  return list[index] as T
}
