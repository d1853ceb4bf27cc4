// Arithmetic modulo N on the residues of reduction.ts.
import type { Bytes } from '../bytes.js'
import { bitsAt } from './exponent.js'
import type { Integers } from './integers.js'
import { createReduction } from './reduction.js'

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
  /** Reads all digits of a value, so that the processor's cache holds it, and does nothing else. */
  touch(value: T): void
  /** The residue of 1. */
  readonly one: T
}

export function createModulus<T>(integers: Integers<T>, modulus: Bytes): Modulus<T> {
  const { add, subtract, multiply, isLess, fromBytes, toBytes, digitBits } = integers
  const { n, offset, reduce, powerOfTwo } = createReduction(integers, modulus)
  const wideOffset = add(offset, add(n, n))
  const bottom = add(offset, n)

  const times = (a: T, b: T): T => reduce(multiply(a, b))
  // A bit a digit above N: what is written out has the same number of digits, whatever it begins with.
  const markedLength = modulus.length + digitBits
  const marker = powerOfTwo(8 * (markedLength - 1))
  const one = add(offset, powerOfTwo(0))

  return {
    one,
    multiply: times,
    // A comparison with itself goes through to the last digit. What it says is used, or an engine could leave it out.
    touch(value) {
      if (isLess(value, value)) throw new RangeError('a value is less than itself')
    },
    residue: (value) => reduce(fromBytes(value)),
    add: (a, b) => reduce(add(a, b)),
    subtract: (a, b) => reduce(subtract(add(a, wideOffset), b)),
    toBytes(residue) {
      const integer = subtract(add(residue, marker), isLess(residue, bottom) ? offset : bottom)
      return toBytes(integer, markedLength).subarray(-modulus.length)
    },
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
