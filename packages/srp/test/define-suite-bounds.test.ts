// The message of defineSuite for each mistake, and the groups it takes from both sides of each bound.
import { sha256 } from '@noble/hashes/sha2.js'
import { defineSuite, groups, padded, raw } from '@srp6a/srp'
import { describe, expect, it } from 'vitest'
import { complaint } from './support/codes.js'
import { definition } from './support/definition.js'

describe('defineSuite', () => {
  const says = (change: object) => complaint(() => defineSuite({ ...definition, ...change }))
  it('takes the groups of this library, by identity: a frozen look-alike has skipped the checks', () => {
    const { modulus, generator } = definition.group
    const alike = Object.freeze({ name: 'mine', modulus, generator, legacy: false })
    const inherited = Object.freeze(Object.create(definition.group))
    for (const given of [alike, inherited, { ...definition.group }, new Proxy(definition.group, {}), null, 'N', 1])
      expect(says({ group: given })).toBe('TypeError: group: expected one of groups, or one made by defineGroup')
    for (const given of Object.values(groups)) expect(says({ group: given })).toBe('none')
  })

  it.each<[says: string, change: object]>([
    [
      'TypeError: hash: expected a function with its outputLen, as sha256 of @noble/hashes',
      { hash: (m: Uint8Array) => sha256(m) },
    ],
    [
      'TypeError: hash: expected a function with its outputLen, as sha256 of @noble/hashes',
      { hash: { outputLen: 32 } },
    ],
    ['TypeError: K: expected a list of what is hashed', { K: 'S' }],
    ['TypeError: K: expected a list of what is hashed', { K: null }],
    ['TypeError: k: expected a term instead of undefined', { k: [undefined] }],
    ['TypeError: k: expected a term instead of NNNNNNNNNNNNNNNNNNNN', { k: ['N'.repeat(100)] }],
    ['RangeError: k: not known by then: NNNNNNNNNNNNNNNNNNNN', { k: [['N'.repeat(100), padded]] }],
    ['TypeError: k: N needs an encoder', { k: [['N', 1]] }],
    ['TypeError: k: N needs an encoder to a Uint8Array', { k: [['N', () => [1]]] }],
    ['TypeError: k: a digest needs an encoder', { k: [{ hash: definition.k, encoder: 1 }] }],
    ['TypeError: k: expected a term to be one of text, hash and xor', { k: [{ text: 'a', hash: definition.k }] }],
    ['TypeError: k: expected a term to be one of text, hash and xor', { k: [{ text: 'a', xor: [] }] }],
    ['TypeError: k: expected a term to be one of text, hash and xor', { k: [{ hash: definition.k, xor: [] }] }],
    ['TypeError: k: text: expected a string', { k: [{ text: 1 }] }],
    ['TypeError: k: expected two lists in xor', { k: [{ xor: [definition.k] }] }],
    ['TypeError: M2: expected a list of what is hashed', { M2: 1 }],
    ['TypeError: k: expected a term instead of null', { k: [null] }],
    ['RangeError: k: expected it to take in N', { k: [['g', padded]] }],
    ['RangeError: u: expected it to take in A', { u: [['B', padded]] }],
    ['RangeError: u: expected it to take in B', { u: [['A', padded]] }],
    ['RangeError: x: expected it to take in s', { x: [['P', raw]] }],
    ['RangeError: x: expected it to take in P', { x: [['s', raw]] }],
    ['RangeError: K: expected it to take in S', { K: [['A', raw]] }],
    ['RangeError: M1: expected it to take in K or S', { M1: definition.u }],
    ['RangeError: M2: expected it to take in M1', { M2: [...definition.u, ['K', raw]] }],
    [
      'RangeError: M1: expected it to take in A',
      {
        M1: [
          ['B', padded],
          ['K', raw],
        ],
      },
    ],
    [
      'RangeError: M1: expected it to take in B',
      {
        M1: [
          ['A', padded],
          ['K', raw],
        ],
      },
    ],
    [
      'RangeError: M2: expected it to take in K or S',
      {
        M2: [
          ['A', padded],
          ['M1', raw],
        ],
      },
    ],
  ])('says: %s', (expected, change) => expect(says(change)).toBe(expected))
})
