// Reduction modulo N without a division, and with operands whose number of digits never changes.
//
// A residue lies in [cN, cN + 2N), where c is a small power of two, so that 1, a small base and a value with leading
// zeros are all as long as any other. The product t of two residues goes through
//
//   folding     t = low(t, p) + (t >> p)·F,  F ≡ 2^p (mod N)     twice: the second time at a lower p
//   Barrett     q = ((t >> s)·m) >> …        the quotient by N, at most one too small
//   the rest    t - (q - c)·N
//
// Each p is a multiple of the digit, far enough above the folded product that a carry out of it has a chance of 2^-22
// at most; each F is lifted by multiples of N to where no product of its range straddles two digit counts.
import type { Bytes } from '../bytes.js'
import type { Integers } from './integers.js'

export interface Reduction<T> {
  readonly n: T
  /** `cN`: the residue of 0. */
  readonly offset: T
  /** Any integer below the square of a residue, to a residue. */
  reduce(value: T): T
}

/** Chances below 2^-(digit - MARGIN) are taken as never. */
const MARGIN = 8

/** Bits of the quotient's estimate beyond the quotient: two make it at most one too small. */
const GUARD = 2

export function createReduction<T>(integers: Integers<T>, modulus: Bytes): Reduction<T> {
  const { add, subtract, multiply, shifter, lowBits, isLess, fromBytes, digitBits } = integers
  const n = fromBytes(modulus)
  const bits = bitLength(n)

  let c = 2
  while (!sameDigits(times(c), times(3 * c + 6)) || !sameDigits(square(times(c)), square(times(c + 2)))) c *= 2
  const offset = times(c)
  const lowest = square(offset)
  const highest = square(times(c + 2))
  const top = bitLength(highest)
  // The one division: every other quotient by N is a shift of this one.
  const reciprocal = integers.quotientVarTime(powerOfTwo(top), n)

  const first = chooseFold(lowest, highest)
  const second = chooseFold(powerOfTwo(first.point - digitBits + MARGIN), powerOfTwo(first.point))

  // A multiple of N on top of what is left makes the quotient's length fixed: it lies in [2^e, 2^(e + 1)).
  const e = second.point - bits + 1
  const ballast = multiply(powerOfTwo(e), n)
  const straddles = (second.point + 1 - bits + GUARD) % digitBits === 0
  const cut = bits - GUARD - (straddles ? 1 : 0)
  const limit = second.point + 2 + GUARD
  const estimate = shifter(top - limit)(reciprocal)
  const cInteger = fromBytes(Uint8Array.of(c))
  const belowFirst = lowBits(first.point)
  const belowSecond = lowBits(second.point)
  const aboveFirst = shifter(first.point)
  const aboveSecond = shifter(second.point)
  const aboveCut = shifter(cut)
  const wholePart = shifter(limit - cut)

  /** The lowest fold of values up to `most` that ends in fewer bits than its point, and F for it. */
  function chooseFold(least: T, most: T): { point: number; factor: T } {
    const start = (bitLength(most) + bits) >> 1
    for (let point = start - (start % digitBits) + digitBits; ; point += digitBits) {
      const remainder = subtract(powerOfTwo(point), multiply(shifter(top - point)(reciprocal), n))
      for (let length = bits; length <= bits + 2 * digitBits; length++) {
        const ceiling = powerOfTwo(length)
        if (isLess(ceiling, remainder)) continue
        const factor = add(remainder, multiply(integers.quotientVarTime(subtract(ceiling, remainder), n), n))
        const [from, to] = [least, most].map((value) => multiply(shifter(point)(value), factor)) as [T, T]
        if (bitLength(to) > point - digitBits + MARGIN) break
        if (sameDigits(from, to)) return { point, factor }
      }
    }
  }

  function bitLength(value: T): number {
    const bytes = integers.toBytes(value, 2 * modulus.length + 8)
    const start = bytes.findIndex((byte) => byte > 0)
    return 8 * (bytes.length - start) - Math.clz32(bytes[start] as number) + 24
  }

  function sameDigits(a: T, b: T): boolean {
    return Math.ceil(bitLength(a) / digitBits) === Math.ceil(bitLength(b) / digitBits)
  }

  function times(count: number): T {
    return multiply(n, fromBytes(Uint8Array.of(count)))
  }

  function square(value: T): T {
    return multiply(value, value)
  }

  function powerOfTwo(exponent: number): T {
    const bytes = new Uint8Array((exponent >> 3) + 1)
    bytes[0] = 1 << (exponent & 7)
    return fromBytes(bytes)
  }

  return {
    n,
    offset,
    reduce(value) {
      const once = add(belowFirst(value), multiply(aboveFirst(value), first.factor))
      const twice = add(belowSecond(once), multiply(aboveSecond(once), second.factor))
      const heavy = add(twice, ballast)
      const quotient = wholePart(multiply(aboveCut(heavy), estimate))
      return subtract(heavy, multiply(subtract(quotient, cInteger), n))
    },
  }
}
