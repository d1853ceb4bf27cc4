import { sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { defineSuite, groups, padded, raw, type SuiteDefinition } from '@srp6a/srp'
import { describe, expect, it } from 'vitest'
import { outcome } from './support/codes.js'
import { definition, signIn } from './support/definition.js'

describe('defineSuite', () => {
  it('gives a suite that works, and freezes it to the bottom', async () => {
    const suite = defineSuite(definition)
    expect(await signIn(suite)).toBe('none')
    expect(await signIn(suite, 'Secret')).toBe('wrong-proof')
    const deep = (value: unknown): boolean =>
      typeof value !== 'object' || value === null || value instanceof Uint8Array
        ? true
        : Object.isFrozen(value) && Object.values(value).every(deep)
    expect(deep(suite)).toBe(true)
  })

  const wrong: readonly (readonly [string, object, string, RegExp])[] = [
    ['no name', { name: undefined }, 'TypeError', /^name/],
    ['an empty name', { name: '' }, 'RangeError', /^name/],
    ['no group', { group: undefined }, 'TypeError', /^group/],
    ['a group of his own', { group: { ...groups.rfc5054_1024 } }, 'TypeError', /^group/],
    ['no hash', { hash: 'sha256' }, 'TypeError', /^hash/],
    ['a hash without its length', { hash: (m: Uint8Array) => sha256(m) }, 'TypeError', /^hash/],
    [
      'a hash that lies',
      { hash: Object.assign((m: Uint8Array) => sha256(m), { outputLen: 31 }) },
      'RangeError',
      /^hash/,
    ],
    [
      'a digest of 16 bytes',
      { hash: Object.assign((m: Uint8Array) => sha256(m).slice(16), { outputLen: 16 }) },
      'RangeError',
      /20 bytes/,
    ],
    [
      'a digest as long as N',
      { hash: Object.assign((_: Uint8Array) => new Uint8Array(128), { outputLen: 128 }) },
      'RangeError',
      /shorter than N/,
    ],
    ['no k', { k: undefined }, 'TypeError', /^k: /],
    ['an empty k', { k: [] }, 'TypeError', /^k: /],
    ['k without g', { k: [['N', padded]] }, 'RangeError', /k: expected it to take in g/],
    [
      'k of A',
      {
        k: [
          ['N', padded],
          ['g', padded],
          ['A', padded],
        ],
      },
      'RangeError',
      /k: not known by then: A/,
    ],
    ['u without A', { u: [['B', padded]] }, 'RangeError', /u: expected it to take in A/],
    ['x without the salt', { x: [['P', raw]] }, 'RangeError', /x: expected it to take in s/],
    [
      'x without the password',
      {
        x: [
          ['s', raw],
          ['I', raw],
        ],
      },
      'RangeError',
      /x: expected it to take in P/,
    ],
    ['K without S', { K: [['A', padded]] }, 'RangeError', /K: expected it to take in S/],
    ['no K', { K: undefined }, 'TypeError', /^K: /],
    [
      'K of itself',
      {
        K: [
          ['S', padded],
          ['K', raw],
        ],
      },
      'RangeError',
      /K: not known by then: K/,
    ],
    ['plain K without S', { K: { plain: [['A', padded]] } }, 'RangeError', /K: expected it to take in S/],
    [
      'M1 without B',
      {
        M1: [
          ['A', padded],
          ['K', raw],
        ],
      },
      'RangeError',
      /M1: expected it to take in B/,
    ],
    [
      'M1 without a secret',
      {
        M1: [
          ['A', padded],
          ['B', padded],
        ],
      },
      'RangeError',
      /M1: expected it to take in K or S/,
    ],
    [
      'M1 of the password',
      {
        M1: [
          ['A', padded],
          ['B', padded],
          ['K', raw],
          ['P', raw],
        ],
      },
      'RangeError',
      /M1: not known by then: P/,
    ],
    [
      'M2 without M1',
      {
        M2: [
          ['A', padded],
          ['K', raw],
        ],
      },
      'RangeError',
      /M2: expected it to take in M1/,
    ],
    [
      'M2 that anybody can compute',
      {
        M2: [
          ['A', padded],
          ['M1', raw],
        ],
      },
      'RangeError',
      /M2: expected it to take in K or S/,
    ],
    ['an invalid term', { M2: ['A'] }, 'TypeError', /^M2/],
    [
      'an invalid encoder',
      {
        u: [
          ['A', 'padded'],
          ['B', padded],
        ],
      },
      'TypeError',
      /u: A needs an encoder/,
    ],
    ['an invalid encoder of a digest', { x: [['s', raw], { hash: [['P', raw]], encoder: 1 }] }, 'TypeError', /^x/],
    ['an invalid text', { x: [['s', raw], ['P', raw], { text: 1 }] }, 'TypeError', /^x: text/],
    [
      'xor of one',
      { M1: [{ xor: [[['N', raw]]] }, ['A', padded], ['B', padded], ['K', raw]] },
      'TypeError',
      /^M1: expected two lists in xor/,
    ],
    ['an invalid passwordKdf', { passwordKdf: 'scrypt' }, 'TypeError', /^passwordKdf/],
  ]
  it.each(wrong)('refuses %s', (_, part, name, message) => {
    const define = () => defineSuite({ ...definition, ...part } as SuiteDefinition)
    expect(outcome(define)).toBe(name)
    expect(define).toThrow(message)
  })

  it('takes a value at any depth', () => {
    const nested = { ...definition, M1: [{ hash: [{ xor: [[['A', padded]], [['B', padded]]] }, ['K', raw]] }] } as const
    expect(outcome(() => defineSuite(nested))).toBe('none')
  })

  it('takes SHA-1, for peers that have nothing better', () => {
    expect(outcome(() => defineSuite({ ...definition, hash: sha1 }))).toBe('none')
    expect(outcome(() => defineSuite({ ...definition, hash: sha512 }))).toBe('none')
  })
})
