import type { Bytes } from '../bytes.js'

/**
 * The few operations on non-negative big integers that the arithmetic is made of. No division and no remainder: on
 * Hermes one `%` costs over a hundred multiplications, and in no engine is it uniform.
 *
 * @typeParam T the integer: native BigInt, JSBI, or an instrumented one in the tests
 */
export interface Integers<T> {
  /** Bits in one digit of the representation: what an operand's length is counted in. */
  readonly digitBits: number
  /** From big-endian bytes of any length; no bytes are zero. */
  fromBytes(bytes: Bytes): T
  /** To `length` big-endian bytes; the value must fit. */
  toBytes(value: T, length: number): Bytes
  add(a: T, b: T): T
  /** `a - b`, never negative here. */
  subtract(a: T, b: T): T
  multiply(a: T, b: T): T
  /** A shift to the right by a fixed number of bits: made once, for an engine may need its own form of that number. */
  shifter(bits: number): (value: T) => T
  /** Keep the lowest `bits` bits; made once, as a shifter is. */
  lowBits(bits: number): (value: T) => T
  isLess(a: T, b: T): boolean
  /** Floor of `a / b`: for the constants of a group only, never for anything secret. */
  quotientVarTime(a: T, b: T): T
}
