// Against the RFC's own example, and against the library's function that is not bundled for it.
import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac as nobleHmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, utf8 } from '../../src/bytes.js'
import { toHex } from '../../src/codec.js'
import { hkdfKey, hmac, sha256 as ourSha256 } from '../../src/cognito/mac.js'
import {
  cognitoMultiplier,
  cognitoScrambler,
  cognitoSuite,
  identity,
  passwordExponent,
} from '../../src/cognito/suite.js'
import { digest, scrambler } from '../../src/suite.js'

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

const part = fc.uint8Array({ maxLength: 150 })

describe('what is hashed in parts', () => {
  it('gives the hash of the whole', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        expect(ourSha256(...parts)).toEqual(sha256(concat(...parts)))
      }),
    )
  })

  it('gives the HMAC of the whole, with keys of any length', () => {
    // A block has 64 bytes: shorter keys are padded, longer ones hashed.
    for (const length of [0, 1, 63, 64, 65, 128]) {
      fc.assert(
        fc.property(
          fc.uint8Array({ minLength: length, maxLength: length }),
          fc.array(part, { maxLength: 3 }),
          (key, parts) => {
            expect(hmac(key, ...parts)).toEqual(nobleHmac(sha256, key, concat(...parts)))
          },
        ),
        { numRuns: 20 },
      )
    }
  })
})

describe('the numbers of a sign-in', () => {
  it('are those of the suite', () => {
    expect(cognitoMultiplier()).toEqual(digest(cognitoSuite, cognitoSuite.k, {}))
    const number = fc.uint8Array({ minLength: 1, maxLength: 384 }).filter((bytes) => bytes.some((byte) => byte > 0))
    fc.assert(
      fc.property(number, number, fc.string(), (A, B, password) => {
        expect(cognitoScrambler(A, B)).toEqual(scrambler(cognitoSuite, A, B))
        const I = identity('pool', 'user')
        const x = digest(cognitoSuite, cognitoSuite.x, { I, P: utf8(password), s: A })
        expect(passwordExponent(I, password, A)).toEqual(x)
      }),
    )
  })
})
