import { sha256 } from '@noble/hashes/sha2.js'
import { enroll } from '@srp6a/srp'
import { jsbiEngine } from '@srp6a/srp/jsbi'
import { nodeEngine } from '@srp6a/srp/node'
import { enrollWithSalt } from '@srp6a/srp/testing'
import { wasmEngine } from '@srp6a/srp/wasm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { utf8 } from '../src/bytes.js'
import { outcome } from './support/codes.js'
import { fromBig, power, toBig } from './support/reference.js'
import { runs, share } from './support/share.js'
import { N, password, salt, suite, username } from './support/tiny.js'

it('makes v = g^H(s ‖ H(I ‖ ":" ‖ P)), in the length of N, on every engine', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }),
      fc.uint8Array({ minLength: 1 }),
      (I, P, s) => {
        const inner = sha256(utf8(`${I}:${P}`))
        const x = sha256(Uint8Array.from([...s, ...inner]))
        const v = fromBig(power(2n, toBig(x), toBig(N)), N.length)
        for (const engine of [undefined, ...share([nodeEngine, jsbiEngine, wasmEngine], 3, 2)]) {
          const made = enrollWithSalt(suite, { username: I, password: P }, s, engine ? { engine } : {})
          expect(Buffer.from(made.verifier).equals(Buffer.from(v))).toBe(true)
        }
      },
    ),
    // Not beyond what is joined by the colon: a name and a password of lone surrogates would meet there.
    { seed: 8, numRuns: runs(10, 1) },
  )
})

it('draws a salt of 16 bytes, or as many as it is told, new each time', () => {
  const who = { username, password }
  const [one, two] = [enroll(suite, who), enroll(suite, who)]
  expect([one.salt.length, one.verifier.length]).toEqual([16, N.length])
  expect(one.salt).not.toEqual(two.salt)
  expect(one.verifier).not.toEqual(two.verifier)
  expect(enroll(suite, who, { saltLength: 8 }).salt).toHaveLength(8)
  expect(enroll(suite, who, { saltLength: 1024 }).salt).toHaveLength(1024)
})

it('takes bytes for a password as they are', () => {
  const bytes = Uint8Array.of(0, 0xff, 0x3a)
  expect(enrollWithSalt(suite, { username, password: utf8(password) }, salt)).toEqual(
    enrollWithSalt(suite, { username, password }, salt),
  )
  expect(enrollWithSalt(suite, { username, password: bytes }, salt).verifier).toHaveLength(N.length)
  expect([...bytes]).toEqual([0, 0xff, 0x3a])
})

it.each([
  ['a salt of 7 bytes', {}, { saltLength: 7 }, 'RangeError'],
  ['a salt of 1,025 bytes', {}, { saltLength: 1025 }, 'RangeError'],
  ['a salt of half a byte', {}, { saltLength: 16.5 }, 'RangeError'],
  ['a salt of text', {}, { saltLength: '16' }, 'RangeError'],
  ['no username', { username: undefined }, {}, 'TypeError'],
  ['no password', { password: null }, {}, 'TypeError'],
  ['a username without end', { username: 'x'.repeat(65_537) }, {}, 'RangeError'],
  ['no random bytes', {}, { random: () => new Uint8Array(16) }, 'bad-random'],
])('refuses %s', (_, part, options, code) => {
  expect(outcome(() => enroll(suite, { username, password, ...part } as never, options as never))).toBe(code)
})
