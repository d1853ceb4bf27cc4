// What defineSuite says of each mistake, and the groups it takes from both sides of each bound.
import { sha256 } from '@noble/hashes/sha2.js'
import { defineSuite, type Group, padded, raw } from '@srp6a/srp'
import { describe, expect, it } from 'vitest'
import { complaint } from './support/codes.js'
import { definition } from './support/definition.js'

describe('defineSuite', () => {
  const says = (change: object) => complaint(() => defineSuite({ ...definition, ...change }))
  const group = (length: number, change: object = {}) => {
    const modulus = new Uint8Array(length).fill(0xff)
    return Object.freeze({ name: 'mine', modulus, generator: Uint8Array.of(2), legacy: false, ...change }) as Group
  }

  it.each<[what: string, given: Group]>([
    ['of 63 bytes', group(63)],
    ['of 1,025 bytes', group(1025)],
    ['with a zero in front', group(128, { modulus: Uint8Array.from({ length: 128 }, (_, i) => (i ? 0xff : 0)) })],
    ['that is even', group(128, { modulus: new Uint8Array(128).fill(0xfe) })],
    ['in a list', group(128, { modulus: Array(128).fill(0xff) })],
    ['whose g is longer than N', group(64, { generator: new Uint8Array(65).fill(1) })],
    ['whose g is 0', group(128, { generator: new Uint8Array(2) })],
    ['whose g is a number', group(128, { generator: 2 })],
    ['that can be changed', { ...group(128) }],
  ])('refuses a group %s', (_, given) => {
    expect(says({ group: given })).toBe('TypeError: group must be one of groups, or made by defineGroup')
  })

  it('takes a group of 64 to 1,024 bytes, whose g is as long as N', () => {
    for (const given of [group(64), group(1024), group(64, { generator: new Uint8Array(64).fill(0xfe) })])
      expect(says({ group: given })).toBe('none')
    expect(says({ group: group(64, { generator: Uint8Array.of(0, 2) }) })).toBe('none')
  })

  it.each<[says: string, change: object]>([
    [
      'TypeError: hash must be a function with its outputLen, as sha256 of @noble/hashes',
      { hash: (m: Uint8Array) => sha256(m) },
    ],
    ['TypeError: hash must be a function with its outputLen, as sha256 of @noble/hashes', { hash: { outputLen: 32 } }],
    ['TypeError: K must be a list of what is hashed', { K: 'S' }],
    ['TypeError: K must be a list of what is hashed', { K: null }],
    ['TypeError: k: undefined is no term', { k: [undefined] }],
    ['TypeError: k: NNNNNNNNNNNNNNNNNNNN is no term', { k: ['N'.repeat(100)] }],
    ['RangeError: k hashes NNNNNNNNNNNNNNNNNNNN, which is not known by then', { k: [['N'.repeat(100), padded]] }],
    ['TypeError: k: N needs an encoder', { k: [['N', 1]] }],
    ['TypeError: k: N needs an encoder to a Uint8Array', { k: [['N', () => [1]]] }],
    ['TypeError: k: a digest needs an encoder', { k: [{ hash: definition.k, encoder: 1 }] }],
    ['TypeError: k: a term is one of text, hash and xor', { k: [{ text: 'a', hash: definition.k }] }],
    ['TypeError: k: a term is one of text, hash and xor', { k: [{ text: 'a', xor: [] }] }],
    ['TypeError: k: a term is one of text, hash and xor', { k: [{ hash: definition.k, xor: [] }] }],
    ['TypeError: k: text must be a string', { k: [{ text: 1 }] }],
    ['TypeError: k: xor takes two lists', { k: [{ xor: [definition.k] }] }],
    ['TypeError: M2 must be a list of what is hashed', { M2: 1 }],
    ['TypeError: k: null is no term', { k: [null] }],
    ['RangeError: k must take in N', { k: [['g', padded]] }],
    ['RangeError: u must take in A', { u: [['B', padded]] }],
    ['RangeError: u must take in B', { u: [['A', padded]] }],
    ['RangeError: x must take in s', { x: [['P', raw]] }],
    ['RangeError: x must take in P', { x: [['s', raw]] }],
    ['RangeError: K must take in S', { K: [['A', raw]] }],
    ['RangeError: M1 must take in K or S', { M1: definition.u }],
    ['RangeError: M2 must take in M1', { M2: [...definition.u, ['K', raw]] }],
    [
      'RangeError: M1 must take in A',
      {
        M1: [
          ['B', padded],
          ['K', raw],
        ],
      },
    ],
    [
      'RangeError: M1 must take in B',
      {
        M1: [
          ['A', padded],
          ['K', raw],
        ],
      },
    ],
    [
      'RangeError: M2 must take in A',
      {
        M2: [
          ['M1', raw],
          ['K', raw],
        ],
      },
    ],
    [
      'RangeError: M2 must take in K or S',
      {
        M2: [
          ['A', padded],
          ['M1', raw],
        ],
      },
    ],
  ])('says: %s', (expected, change) => expect(says(change)).toBe(expected))
})
