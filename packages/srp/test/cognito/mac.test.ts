// The two constructions against the RFCs' own examples and against the library that is not bundled for them.
import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex, utf8 } from '../../src/bytes.js'
import { hkdfKey, hmacSha256 } from '../../src/cognito/mac.js'

const repeated = (byte: number, length: number) => new Uint8Array(length).fill(byte)
const TEXT_OF_CASE_7 =
  'This is a test using a larger than block-size key and a larger than block-size data. ' +
  'The key needs to be hashed before being used by the HMAC algorithm.'

describe('hmacSha256', () => {
  it.each([
    [1, repeated(0x0b, 20), utf8('Hi There'), 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    [
      2,
      utf8('Jefe'),
      utf8('what do ya want for nothing?'),
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    [3, repeated(0xaa, 20), repeated(0xdd, 50), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
    [7, repeated(0xaa, 131), utf8(TEXT_OF_CASE_7), '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2'],
  ])('RFC 4231, test case %i', (_, key, text, expected) => {
    expect(toHex(hmacSha256(key, text))).toBe(expected)
  })

  it('is that of @noble/hashes for every length of key around a block', () => {
    for (let length = 0; length <= 130; length++) {
      const key = repeated(length + 1, length)
      expect(hmacSha256(key, utf8('text'))).toEqual(hmac(sha256, key, utf8('text')))
    }
  })

  it('leaves its arguments as they are', () => {
    const [key, text] = [repeated(1, 70), repeated(2, 70)]
    hmacSha256(key, text)
    expect([key, text]).toEqual([repeated(1, 70), repeated(2, 70)])
  })
})

describe('hkdfKey', () => {
  it('is that of @noble/hashes', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 385 })
    fc.assert(
      fc.property(bytes, bytes, fc.string({ maxLength: 40 }), (ikm, salt, info) => {
        expect(hkdfKey(ikm, salt, info)).toEqual(hkdf(sha256, ikm, salt, utf8(info), 16))
      }),
    )
  })

  // Of the examples in RFC 5869, Appendix A those whose info is text; A.1's is not.
  it('is that of RFC 5869, A.3', () => {
    expect(toHex(hkdfKey(repeated(0x0b, 22), new Uint8Array(0), ''))).toBe('8da4e775a563c18f715f802a063c5a31')
  })
})
