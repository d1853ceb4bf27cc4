import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64url, toBase64url } from '../src/base64url.js'

describe('base64url', () => {
  it('writes what Node writes, and reads it back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = toBase64url(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64url'))
        expect(fromBase64url(text, 'x')).toEqual(Uint8Array.from(bytes))
      }),
    )
  })

  it.each(['+', 'ab/d', 'a b', 'ä', 'AQ=A', 'AAA==='])('refuses %j', (text) => {
    expect(() => fromBase64url(text, 'the field')).toThrow('the field is not base64url')
  })
  it('refuses a million signs of padding as quickly as anything else', () => {
    const began = performance.now()
    expect(() => fromBase64url(`${'='.repeat(1_000_000)}A`, 'x')).toThrow('x is not base64url')
    expect(performance.now() - began).toBeLessThan(2000)
  })
  it('takes padding', () => expect(fromBase64url('AQ==', 'x')).toEqual(Uint8Array.of(1)))
})
