import { Field, FpPow } from '@noble/curves/abstract/modular.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bigintIntegers } from '../../src/engine/bigint.js'
import { createComb } from '../../src/engine/comb.js'
import type { Integers } from '../../src/engine/integers.js'
import { createModulus } from '../../src/engine/modular.js'
import { fromBig, power, toBig } from '../support/reference.js'
import { runs } from '../support/share.js'

/** Odd moduli of every shape that the word arithmetic could trip on: one above, at, and below a word boundary. */
const SIZES = [512, 513, 515, 521, 574, 575, 576, 577, 1023, 1024, 1536, 2048, 3071, 3072, 4096]
const modulusOf = (bits: number, fill: bigint): bigint => (1n << BigInt(bits - 1)) | BigInt.asUintN(bits - 1, fill) | 1n
const FILLS: [string, bigint][] = [
  ['all ones', -1n],
  ['all zeros', 0n],
  ['alternating', BigInt(`0x${'a5'.repeat(600)}`)],
]

describe.each(SIZES)('a modulus of %i bits', (bits) => {
  it.each(FILLS)('with %s multiplies, adds and subtracts like BigInt', (_, fill) => {
    const n = modulusOf(bits, fill)
    const length = Math.ceil(bits / 8)
    const modulus = createModulus(bigintIntegers, fromBig(n, length))
    // Values at the edges of what fits, and anything between.
    const largest = (1n << BigInt(8 * length)) - 1n
    const edges = [0n, 1n, 2n, n - 1n, n, n < largest ? n + 1n : n, largest]
    const value = fc.oneof(
      fc.constantFrom(...edges),
      fc.uint8Array({ minLength: length, maxLength: length }).map(toBig),
    )
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [ra, rb] = [modulus.residue(fromBig(a, length)), modulus.residue(fromBig(b, length))]
        const mod = (x: bigint) => ((x % n) + n) % n
        expect(toBig(modulus.toBytes(ra))).toBe(mod(a))
        expect(toBig(modulus.toBytes(modulus.multiply(ra, rb)))).toBe(mod(a * b))
        expect(toBig(modulus.toBytes(modulus.add(ra, rb)))).toBe(mod(a + b))
        expect(toBig(modulus.toBytes(modulus.subtract(ra, rb)))).toBe(mod(a - b))
        // The invariant that the uniform work rests on: the same number of 64-bit words, always.
        const words = (x: bigint) => Math.ceil(x.toString(2).length / 64)
        for (const r of [
          ra,
          rb,
          modulus.multiply(ra, rb),
          modulus.add(ra, rb),
          modulus.subtract(ra, rb),
          modulus.one,
        ]) {
          expect(words(r)).toBe(words(modulus.one))
        }
      }),
      { numRuns: runs(40, 8) },
    )
  })
})

describe('powers', () => {
  const n = modulusOf(1024, BigInt(`0x${'c3'.repeat(200)}`))
  const modulus = createModulus(bigintIntegers, fromBig(n, 128))
  const field = Field(n)

  it.each([1, 31, 32, 33, 40, 41, 64, 65, 128])(
    'of %i bytes are those of @noble/curves and of the textbook',
    (length) => {
      fc.assert(
        fc.property(
          fc.uint8Array({ minLength: 128, maxLength: 128 }),
          fc.uint8Array({ minLength: length, maxLength: length }),
          (base, exponent) => {
            const result = toBig(modulus.toBytes(modulus.power(modulus.residue(base), exponent)))
            expect(result).toBe(power(toBig(base), toBig(exponent), n))
            expect(result).toBe(FpPow(field, toBig(base) % n, toBig(exponent)))
          },
        ),
        { numRuns: runs(10, 2) },
      )
    },
  )

  it.each([1, 2, 32, 33, 64])('by a comb of %i bytes are the same', (length) => {
    const comb = createComb(modulus, modulus.residue(Uint8Array.of(5)), length)
    const edges = [new Uint8Array(length), new Uint8Array(length).fill(255), Uint8Array.of(1), new Uint8Array()]
    for (const exponent of edges) expect(toBig(modulus.toBytes(comb(exponent)))).toBe(power(5n, toBig(exponent), n))
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: length }), (exponent) => {
        expect(toBig(modulus.toBytes(comb(exponent)))).toBe(power(5n, toBig(exponent), n))
      }),
      { numRuns: runs(25, 4) },
    )
  })

  it('by a comb read every entry of its tables as often, whatever the exponent', () => {
    let read: bigint[] = []
    const watched: Integers<bigint> = {
      ...bigintIntegers,
      isLess(a, b) {
        if (a === b) read.push(a)
        return bigintIntegers.isLess(a, b)
      },
    }
    const watchedModulus = createModulus(watched, fromBig(n, 128))
    const comb = createComb(watchedModulus, watchedModulus.residue(Uint8Array.of(5)), 32)
    const readBy = (exponent: Uint8Array): bigint[] => {
      read = []
      comb(exponent)
      return read
    }
    const zeros = readBy(new Uint8Array(32))
    expect(new Set(zeros).size).toBe(2 * 32 - 1) // both tables have the 1
    expect(zeros.length).toBe(26 * 2 * 32)
    for (const fill of [1, 0x80, 255]) expect(readBy(new Uint8Array(32).fill(fill))).toEqual(zeros)
  })
})
