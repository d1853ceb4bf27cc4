import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bitsAt, multiplyAdd } from '../../src/engine/exponent.js'
import { toBig } from '../support/reference.js'

const bytes = fc.uint8Array({ minLength: 1, maxLength: 70 })

describe('bitsAt', () => {
  it('reads any window, and zeros beyond the number', () => {
    fc.assert(
      fc.property(bytes, fc.nat(600), fc.integer({ min: 1, max: 8 }), (exponent, position, width) => {
        const expected = (toBig(exponent) >> BigInt(position)) & ((1n << BigInt(width)) - 1n)
        expect(bitsAt(exponent, position, width)).toBe(Number(expected))
      }),
    )
  })
})

describe('multiplyAdd', () => {
  it('is a + u·x, in a length that the lengths alone decide', () => {
    fc.assert(
      fc.property(bytes, bytes, bytes, (a, u, x) => {
        const sum = multiplyAdd(a, u, x)
        expect(toBig(sum)).toBe(toBig(a) + toBig(u) * toBig(x))
        expect(sum).toHaveLength(
          multiplyAdd(
            a.map(() => 0),
            u.map(() => 0),
            x.map(() => 0),
          ).length,
        )
      }),
    )
  })
  it('holds the largest values', () => {
    for (const [p, q, r] of [
      [1, 1, 1],
      [32, 32, 32],
      [32, 20, 33],
      [384, 32, 32],
      [65, 32, 32],
      [64, 32, 32],
    ] as const) {
      const [a, u, x] = [new Uint8Array(p).fill(255), new Uint8Array(q).fill(255), new Uint8Array(r).fill(255)]
      expect(toBig(multiplyAdd(a, u, x))).toBe(toBig(a) + toBig(u) * toBig(x))
    }
  })
})
