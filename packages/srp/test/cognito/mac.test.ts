// Against the RFC's own example, and against the library's function that is not bundled for it.
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../src/bytes.js'
import { toHex } from '../../src/codec.js'
import { hkdfKey } from '../../src/cognito/mac.js'

const repeated = (byte: number, length: number) => new Uint8Array(length).fill(byte)
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
