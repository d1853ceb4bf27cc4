// Reduction modulo N without a division, and with operands whose number of digits never changes.
//
// A residue lies in [cN, cN + 2N), where c is a small power of two, so that 1, a small base and a value with leading
// zeros are all as long as any other. The product t of two residues goes through
//
//   folding     h = low(t, p) + (t >> p)·F + (2^e + c + 1)·N      twice; F ≡ 2^p (mod N)
//   Barrett     q = ((h >> s)·m) >> …                             the quotient by N, at most one too small
//   the rest    h - (q - c)·N
//
// p is a whole number of digits, and F lies less than N below a whole number of them, so that a product by F has the digits
// of both factors. The multiple of N on top does the same for h and q, whatever is left below. A test derives the bounds of
// every step for every size of N: test/engine/reduction-bounds.test.ts.
import type { Bytes } from '../bytes.js'
import type { Integers } from './integers.js'

export interface Reduction<T> {
  readonly n: T
  /** `cN`: the residue of 0. */
  readonly offset: T
  /** Any integer below the square of a residue, to a residue. */
  reduce(value: T): T
  /** The integer whose bit `exponent` is its only one. */
  powerOfTwo(exponent: number): T
}

/** Bits of the quotient's estimate beyond the quotient: two make it at most one too small. */
const GUARD = 2

/** Numbers of bits, unless they say otherwise. */
export interface ReductionPlan {
  /** c is 2 to this power. */
  readonly offsetBits: number
  /** F lies less than N below 2 to this power. */
  readonly factorBits: number
  /** The places where the folds cut, in this order. */
  readonly points: readonly [number, number]
  /** e, for a fold at `point`. */
  readonly topBits: (point: number) => number
  /** s: bits of h that the quotient does without. */
  readonly cut: number
  /** The estimate is 2 to this power, over N. */
  readonly limit: number
}

/**
 * Lay out a reduction.
 *
 * @param bits the length of N
 * @param digitBits the length of a digit of the integers, even
 */
export function planReduction(bits: number, digitBits: number): ReductionPlan {
  const digits = (length: number): number => Math.ceil(length / digitBits)
  // cN has `length` bits, sums up to two more, and squares 2 length - 1 to 2 length + 1: none may straddle two digits, and
  // the top digit of a square is at least 2.
  let length = bits + 3
  while (length % (digitBits / 2) < 2 || length % digitBits === digitBits - 1) length++
  const factorDigits = digits(bits) + 1
  const fold = (size: number): number => Math.ceil((size + factorDigits) / 2)
  const first = fold(digits(2 * length))
  // A digit more, for the multiple of N on top.
  const second = fold(first + 1)
  const point = second * digitBits
  // h has two or three bits above the point. What is left of it must not straddle two digits.
  const cut = bits - GUARD
  return {
    offsetBits: length - bits,
    factorBits: factorDigits * digitBits,
    points: [first * digitBits, point],
    topBits: (at) => at + 3 - bits,
    cut: cut % digitBits === 3 ? cut - 1 : cut,
    limit: point + 4 + GUARD,
  }
}

export function createReduction<T>(integers: Integers<T>, modulus: Bytes): Reduction<T> {
  const { add, subtract, multiply, shifter, lowBits, fromBytes, quotientVarTime, digitBits } = integers
  const n = fromBytes(modulus)
  const bits = 8 * modulus.length + 24 - Math.clz32(modulus[0] as number)
  const { offsetBits, factorBits, points, topBits, cut, limit } = planReduction(bits, digitBits)
  const one = powerOfTwo(0)
  const c = powerOfTwo(offsetBits)
  const [first, second] = points.map(createFold) as [Fold, Fold]
  const estimate = quotientVarTime(powerOfTwo(limit), n)
  const aboveCut = shifter(cut)
  const wholePart = shifter(limit - cut)

  type Fold = (value: T) => T
  function createFold(point: number): Fold {
    const multiple = quotientVarTime(subtract(powerOfTwo(point), powerOfTwo(factorBits)), n)
    const factor = subtract(powerOfTwo(point), multiply(add(multiple, one), n))
    const top = multiply(add(powerOfTwo(topBits(point)), add(c, one)), n)
    const below = lowBits(point)
    const above = shifter(point)
    return (value) => add(add(below(value), multiply(above(value), factor)), top)
  }

  function powerOfTwo(exponent: number): T {
    const bytes = new Uint8Array((exponent >> 3) + 1)
    bytes[0] = 1 << (exponent & 7)
    return fromBytes(bytes)
  }

  return {
    n,
    offset: multiply(c, n),
    powerOfTwo,
    reduce(value) {
      const folded = second(first(value))
      const quotient = wholePart(multiply(aboveCut(folded), estimate))
      return subtract(folded, multiply(subtract(quotient, c), n))
    },
  }
}
