import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../src/codec.js'
import { hexText, minimal, negativeTwosComplement, padded, raw, signed } from '../src/encode.js'

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const integer = fc.uint8Array({ maxLength: 20 })
const value = (bytes: Uint8Array) => BigInt(`0x0${toHex(bytes)}`)

/** Java's BigInteger.toByteArray() by its definition: the shortest two's complement that holds the number. */
function javaBytes(n: bigint): string {
  let length = 1
  while (BigInt.asIntN(8 * length, n) !== n) length++
  return BigInt.asUintN(8 * length, n)
    .toString(16)
    .padStart(2 * length, '0')
}

describe('signed', () => {
  it.each([
    ['', '00'],
    ['00', '00'],
    ['0000', '00'],
    ['7f', '7f'],
    ['80', '0080'],
    ['007f', '7f'],
    ['0080', '0080'],
    ['000001', '01'],
    ['00ff', '00ff'],
  ])('writes %j as %s', (from, to) => expect(toHex(signed(hex(from), 0))).toBe(to))

  it('is BigInteger.toByteArray()', () => {
    fc.assert(fc.property(integer, (bytes) => void expect(toHex(signed(bytes, 0))).toBe(javaBytes(value(bytes)))))
  })
})

describe('negativeTwosComplement', () => {
  it('is BigInteger.toByteArray() of the negative', () => {
    fc.assert(
      fc.property(integer, (bytes) => void expect(toHex(negativeTwosComplement(bytes))).toBe(javaBytes(-value(bytes)))),
    )
    for (let n = 0; n <= 512; n++) {
      expect(toHex(negativeTwosComplement(hex(n.toString(16).padStart(4, '0'))))).toBe(javaBytes(BigInt(-n)))
    }
  })
})

describe('minimal, padded, hexText, raw', () => {
  it('agree on the number', () => {
    fc.assert(
      fc.property(integer, (bytes) => {
        expect(value(minimal(bytes, 0))).toBe(value(bytes))
        expect(minimal(bytes, 0)[0] !== 0 || minimal(bytes, 0).length === 1).toBe(true)
        expect(padded(bytes, 20)).toHaveLength(20)
        expect(value(padded(bytes, 20))).toBe(value(bytes))
        expect(Buffer.from(hexText(bytes, 0)).toString()).toBe(value(bytes).toString(16))
        expect(raw(bytes, 0)).toBe(bytes)
      }),
    )
  })
  it('pad nothing that does not fit', () => {
    expect(padded(hex('000102'), 2)).toEqual(hex('0102'))
    expect(() => padded(hex('010203'), 2)).toThrow(
      expect.objectContaining({ code: 'too-large', message: 'integer: longer than 2 bytes' }),
    )
  })
})
