// The password of Apple's suite, by node:crypto, and the bounds of what goes into it.
import { createHash, pbkdf2Sync } from 'node:crypto'
import { appleGsaPassword } from '@srp6a/srp/suites'
import { describe, expect, it } from 'vitest'
import { complaint } from '../support/codes.js'

const given = { password: 'pä߀🔑', salt: Uint8Array.of(1, 2, 3), iterations: 20, protocol: 's2k' } as const
const says = (change: object) => complaint(() => appleGsaPassword({ ...given, ...change }))

describe('appleGsaPassword', () => {
  it('is PBKDF2 of the digest for s2k, of its hex text for s2k_fo', () => {
    const digest = createHash('sha256').update(given.password).digest()
    const expected = (password: Buffer | string) =>
      new Uint8Array(pbkdf2Sync(password, given.salt, given.iterations, 32, 'sha256'))
    expect(appleGsaPassword(given)).toEqual(expected(digest))
    expect(appleGsaPassword({ ...given, protocol: 's2k_fo' })).toEqual(expected(digest.toString('hex')))
  })

  it.each<[says: string, change: object]>([
    ['none', { iterations: 1, salt: new Uint8Array(1) }],
    ['none', { iterations: 1, salt: new Uint8Array(1024) }],
    ['TypeError: password: expected a string', { password: 1 }],
    ['TypeError: salt: expected a Uint8Array', { salt: 'salt' }],
    ['RangeError: salt: expected 1 to 1024 bytes', { salt: new Uint8Array() }],
    ['RangeError: salt: expected 1 to 1024 bytes', { salt: new Uint8Array(1025) }],
    ...[0, 1.5, 10_000_001, '20', Number.NaN].map((iterations): [string, object] => [
      'RangeError: iterations: expected a whole number from 1 to 10000000',
      { iterations },
    ]),
    ['RangeError: protocol: expected s2k or s2k_fo', { protocol: '' }],
    ['RangeError: protocol: expected s2k or s2k_fo', { protocol: 's2k_foo' }],
  ])('says: %s, case %#', (expected, change) => expect(says(change)).toBe(expected))
})
