import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertString } from '../src/arguments.js'
import { assertBytes, concat, equalBytes, utf8, wipe } from '../src/bytes.js'
import { parseBase64, parseHex, toBase64, toHex } from '../src/codec.js'
import { outcome } from './support/codes.js'

describe('hex', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        expect(parseHex(toHex(bytes), 'x', 1000)).toEqual(bytes)
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'))
      }),
    )
  })
  it.each([
    ['f', '0f'],
    ['ABC', '0abc'],
    ['00f', '000f'],
  ])('takes %s, of odd length or upper case', (text, expected) => expect(toHex(parseHex(text, 'x', 9))).toBe(expected))

  it.each(['', ' ', '0x12', 'zz', '12 34', '12\n', '-1', 'ｆ', undefined, null, 12, {}])('refuses %j', (text) => {
    expect(outcome(() => parseHex(text, 'x', 99))).toBe('invalid-encoding')
  })
  it('refuses what is too long, even if it is no hex', () => {
    expect(() => parseHex('000', 'srpB', 1)).toThrow('srpB: too long')
    expect(() => parseHex('g', 'srpB', 1)).toThrow('srpB: missing or not encoded as it must be')
    expect(outcome(() => parseHex('00'.repeat(10), 'x', 9))).toBe('too-large')
    expect(outcome(() => parseHex('z'.repeat(19), 'x', 9))).toBe('too-large')
    expect(outcome(() => parseHex('0'.repeat(18), 'x', 9))).toBe('none')
  })
})

describe('base64', () => {
  it('writes what Node writes, and reads it back padded, unpadded and in the URL alphabet', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64')
        expect(toBase64(bytes)).toBe(text)
        for (const form of [text, text.replace(/=+$/, ''), Buffer.from(bytes).toString('base64url')]) {
          expect(parseBase64(form, 'x', 200)).toEqual(bytes)
        }
      }),
    )
  })
  it.each([
    '',
    '=',
    '==',
    'A',
    'AAAAA',
    'AA=',
    'AAA==',
    'AAAA=',
    'AA==AA==',
    'AAAA\n',
    'AA AA',
    'A*AA',
    '====',
    'é',
    null,
    undefined,
    7,
  ])('refuses %j', (text) => expect(outcome(() => parseBase64(text, 'x', 99))).toBe('invalid-encoding'))
  it('refuses one text in both alphabets', () => {
    expect(outcome(() => parseBase64('+++++___', 'x', 99))).toBe('invalid-encoding')
    expect(outcome(() => parseBase64('++++____', 'x', 99))).toBe('invalid-encoding')
  })
  it('refuses what is too long before it looks at it', () => {
    expect(outcome(() => parseBase64('*'.repeat(9), 'x', 6))).toBe('too-large')
    expect(outcome(() => parseBase64('AAAAAAAA', 'x', 6))).toBe('none')
  })
  it('stays quick on 65,536 bytes, good or spoilt at the end', () => {
    const text = 'AbC+'.repeat(21_845)
    expect(parseBase64(text, 'x', 65_536)).toHaveLength(65_535)
    // Digits that both alphabets have, with a wrong one behind them: found by fuzzing, where it never came to an end.
    const common = 'AbC1'.repeat(16_384)
    const began = performance.now()
    for (const spoilt of [`${text}*`, `${common}*`, `${common}&&&&`, `${common}A`, `-${common}+`]) {
      expect(outcome(() => parseBase64(spoilt, 'x', 65_540))).toBe('invalid-encoding')
    }
    expect(performance.now() - began).toBeLessThan(1000)
  })
})

describe('utf8', () => {
  it('is what TextEncoder writes, lone surrogates included', () => {
    const encoder = new TextEncoder()
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
        (text) => {
          expect(utf8(text)).toEqual(encoder.encode(text))
        },
      ),
    )
    for (const text of [
      '',
      '\0',
      'é',
      '€',
      '😀',
      '\ud800',
      'a\udc00b',
      '\udbff\udfff',
      '\u07ff\u0800\uffff',
      '\x7f\x80\xff',
      '\u{10000}\u{10ffff}',
    ]) {
      expect(utf8(text)).toEqual(encoder.encode(text))
    }
  })
})

describe('byte arrays', () => {
  it('are compared whole', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
        expect(equalBytes(a, a.slice())).toBe(true)
        expect(equalBytes(a, b)).toBe(Buffer.compare(a, b) === 0)
      }),
    )
  })
  it('differ by any one bit', () => {
    const bytes = new Uint8Array(32)
    for (let bit = 0; bit < 256; bit++) {
      const other = bytes.slice()
      other[bit >> 3] = 1 << (bit & 7)
      expect(equalBytes(bytes, other)).toBe(false)
    }
  })
  it('are joined in order and wiped', () => {
    const [a, b] = [Uint8Array.of(1, 2), Uint8Array.of(3)]
    expect(concat(a, new Uint8Array(), b)).toEqual(Uint8Array.of(1, 2, 3))
    wipe(a, b)
    expect([...a, ...b]).toEqual([0, 0, 0])
  })
  it('are taken from another realm, and nothing else is', () => {
    for (const bytes of [runInNewContext('new Uint8Array(2)'), Buffer.alloc(2)]) assertBytes(bytes, 'salt')
    for (const other of [
      new Uint16Array(2),
      new DataView(new ArrayBuffer(2)),
      [0, 0],
      { [Symbol.toStringTag]: 'Uint8Array' },
      null,
    ]) {
      expect(() => assertBytes(other, 'salt')).toThrow(TypeError)
    }
  })
  it('are asked for by name', () => {
    expect(() => assertBytes([1], 'salt')).toThrow(new TypeError('salt: expected a Uint8Array'))
    expect(() => assertString(1, 'password')).toThrow(new TypeError('password: expected a string'))
    const tooLong = new RangeError('password: expected 0 to 65536 characters')
    expect(() => assertString('x'.repeat(65_537), 'password')).toThrow(tooLong)
    expect(() => assertString('x'.repeat(65_536), 'password')).not.toThrow()
  })
})
