// The number of multiplications of each operation: an engine that does more than it must would pass every other test.
import { describe, expect, it } from 'vitest'
import { cognitoGroup } from '../../src/cognito/group.js'
import { bigintIntegers } from '../../src/engine/bigint.js'
import { multiplyAdd } from '../../src/engine/exponent.js'
import { createEngine } from '../../src/engine/group-arithmetic.js'
import type { Integers } from '../../src/engine/integers.js'
import { createModulus } from '../../src/engine/modular.js'

let multiplied = 0
const counted: Integers<bigint> = {
  ...bigintIntegers,
  multiply(a, b) {
    multiplied++
    return bigintIntegers.multiply(a, b)
  },
}
const { modulus } = cognitoGroup
const n = createModulus(counted, modulus)
const base = n.residue(Uint8Array.of(5))

function integerMultiplications(work: () => unknown): number {
  multiplied = 0
  work()
  return multiplied
}
/** In modular multiplications. */
const cost = (work: () => unknown): number =>
  integerMultiplications(work) / integerMultiplications(() => n.multiply(base, base))

const bytes = (length: number) => new Uint8Array(length).fill(0x5a)

describe('a power', () => {
  it.each([
    // Table, then for each further digit its squarings and one multiplication.
    [1, 14 + 1 * 5],
    [32, 14 + 63 * 5],
    [40, 14 + 79 * 5],
    [41, 30 + 65 * 6],
    [64, 30 + 102 * 6],
  ])('with %i bytes of exponent takes %i multiplications', (length, expected) => {
    expect(cost(() => n.power(base, bytes(length)))).toBe(expected)
  })
})

describe('a power of the generator', () => {
  const arithmetic = createEngine('counted', counted).group(cognitoGroup)
  /** `toBytes` takes none. */
  const power = (length: number) => cost(() => arithmetic.power(bytes(length)))

  it('takes 25 squarings and 52 multiplications, once its table is there, up to 32 bytes', () => {
    expect(power(32)).toBe(234 + 2 * 26 + 77)
    for (const length of [1, 20, 32, 32]) expect(power(length)).toBe(77)
  })
  it('keeps a table for each length up to 64 bytes, and takes windows above', () => {
    expect(power(64)).toBe(9 * 52 + 2 * 26 + 51 + 104)
    expect(power(64)).toBe(51 + 104)
    for (let time = 0; time < 2; time++) expect(power(65)).toBe(30 + 103 * 6)
    // Neither pushed the other out.
    expect(power(32)).toBe(77)
  })
})

describe('multiplyAdd', () => {
  it.each([
    [1, 1, 1, 2],
    [2, 1, 1, 3],
    [2, 1, 2, 3],
    [3, 1, 2, 4],
    [32, 32, 32, 64],
    [33, 32, 32, 65],
    [33, 20, 33, 53],
    [65, 32, 32, 66],
  ])('of %i + %i · %i bytes has %i', (a, u, x, expected) => {
    expect(multiplyAdd(bytes(a), bytes(u), bytes(x))).toHaveLength(expected)
  })
})
