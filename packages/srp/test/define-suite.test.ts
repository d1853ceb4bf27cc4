import { sha1 } from '@noble/hashes/legacy.js'
import { scrypt } from '@noble/hashes/scrypt.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import {
  defineSuite,
  enroll,
  groups,
  padded,
  raw,
  type Suite,
  type SuiteDefinition,
  startClient,
  startServer,
} from '@srp6a/srp'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { outcome } from './support/codes.js'

const definition: SuiteDefinition = {
  name: 'mine',
  group: groups.rfc5054_1024,
  hash: sha256,
  k: [
    ['N', padded],
    ['g', padded],
  ],
  u: [
    ['A', padded],
    ['B', padded],
  ],
  x: [['s', raw], { hash: [['I', raw], { text: ':' }, ['P', raw]] }],
  K: [['S', padded]],
  M1: [
    ['A', padded],
    ['B', padded],
    ['K', raw],
  ],
  M2: [
    ['A', padded],
    ['M1', raw],
    ['K', raw],
  ],
}

/** Whether a user of the suite gets in. */
async function signIn(suite: Suite | Suite<Promise<Uint8Array>>, typed = 'secret'): Promise<string> {
  const of = suite as Suite<Promise<Uint8Array>>
  const { salt, verifier } = await enroll(of, { username: 'ada', password: 'secret' })
  const server = startServer(of, { username: 'ada', salt, verifier })
  const client = startClient(of)
  const hello = { username: 'ada', password: typed, salt, serverPublicKey: server.publicKey }
  const { proof, confirm } = await client.answer(hello)
  return outcome(() => confirm(server.verify({ clientPublicKey: client.publicKey, clientProof: proof }).serverProof))
}

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
    ['no k', { k: undefined }, 'TypeError', /^k /],
    ['an empty k', { k: [] }, 'TypeError', /^k /],
    ['k without g', { k: [['N', padded]] }, 'RangeError', /k must take in g/],
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
      /k hashes A/,
    ],
    ['u without A', { u: [['B', padded]] }, 'RangeError', /u must take in A/],
    ['x without the salt', { x: [['P', raw]] }, 'RangeError', /x must take in s/],
    [
      'x without the password',
      {
        x: [
          ['s', raw],
          ['I', raw],
        ],
      },
      'RangeError',
      /x must take in P/,
    ],
    ['K without S', { K: [['A', padded]] }, 'RangeError', /K must take in S/],
    ['no K', { K: undefined }, 'TypeError', /^K /],
    [
      'K of itself',
      {
        K: [
          ['S', padded],
          ['K', raw],
        ],
      },
      'RangeError',
      /K hashes K/,
    ],
    ['plain K without S', { K: { plain: [['A', padded]] } }, 'RangeError', /K must take in S/],
    [
      'M1 without B',
      {
        M1: [
          ['A', padded],
          ['K', raw],
        ],
      },
      'RangeError',
      /M1 must take in B/,
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
      /M1 must take in K or S/,
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
      /M1 hashes P/,
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
      /M2 must take in M1/,
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
      /M2 must take in K or S/,
    ],
    ['a term that is none', { M2: ['A'] }, 'TypeError', /^M2/],
    [
      'an encoder that is none',
      {
        u: [
          ['A', 'padded'],
          ['B', padded],
        ],
      },
      'TypeError',
      /u: A needs an encoder/,
    ],
    ['a digest’s encoder that is none', { x: [['s', raw], { hash: [['P', raw]], encoder: 1 }] }, 'TypeError', /^x/],
    ['a text that is none', { x: [['s', raw], ['P', raw], { text: 1 }] }, 'TypeError', /^x: text/],
    [
      'xor of one',
      { M1: [{ xor: [[['N', raw]]] }, ['A', padded], ['B', padded], ['K', raw]] },
      'TypeError',
      /^M1: xor/,
    ],
    ['a passwordKdf that is none', { passwordKdf: 'scrypt' }, 'TypeError', /^passwordKdf/],
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

describe('passwordKdf', () => {
  const kdf = (password: Uint8Array, salt: Uint8Array) => scrypt(password, salt, { N: 16, r: 1, p: 1, dkLen: 32 })
  const direct = defineSuite({ ...definition, passwordKdf: ({ password, salt }) => kdf(password, salt) })
  const later = defineSuite({ ...definition, passwordKdf: async ({ password, salt }) => kdf(password, salt) })

  it('gets the name, the password in UTF-8 and the salt', () => {
    const seen: unknown[] = []
    const suite = defineSuite({
      ...definition,
      passwordKdf: ({ username, password, salt }) => {
        seen.push(username, Uint8Array.from(password), salt.length)
        return Uint8Array.of(1)
      },
    })
    enroll(suite, { username: 'ada', password: 'é' }, { saltLength: 9 })
    expect(seen).toEqual(['ada', Uint8Array.of(0xc3, 0xa9), 9])
  })

  it('works, and its verifier is not the plain one', async () => {
    for (const suite of [direct, later]) {
      expect(await signIn(suite)).toBe('none')
      expect(await signIn(suite, 'other')).toBe('wrong-proof')
    }
    const random = (length: number) => new Uint8Array(length).fill(5)
    const who = { username: 'ada', password: 'secret' }
    const derived = enroll(direct, who, { random }).verifier
    expect(await enroll(later, who, { random })).toEqual({ salt: random(16), verifier: derived })
    expect(enroll(defineSuite(definition), who, { random }).verifier).not.toEqual(derived)
  })

  it('has the types of what it returns', () => {
    expectTypeOf(enroll(direct, { username: 'a', password: 'b' }).salt).toEqualTypeOf<Uint8Array>()
    expectTypeOf(enroll(later, { username: 'a', password: 'b' })).resolves.toHaveProperty('verifier')
    // @ts-expect-error: a promise has no verifier
    expect(enroll(later, { username: 'a', password: 'b' }).verifier).toBeUndefined()
  })

  it('lets one answer through, even if two wait for it', async () => {
    const { salt, verifier } = await enroll(later, { username: 'ada', password: 'secret' })
    const server = startServer(later, { username: 'ada', salt, verifier })
    const client = startClient(later)
    const hello = { username: 'ada', password: 'secret', salt, serverPublicKey: server.publicKey }
    const both = await Promise.allSettled([client.answer(hello), client.answer(hello)])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(both[1]).toHaveProperty('reason.code', 'used-twice')
  })

  it('that fails or returns no bytes is heard of, and uses nothing up', async () => {
    let how: () => unknown = () => Uint8Array.of(1)
    const suite = defineSuite({ ...definition, passwordKdf: () => how() as Uint8Array })
    const { salt, verifier } = enroll(suite, { username: 'ada', password: 'p' })
    const server = startServer(suite, { username: 'ada', salt, verifier })
    const client = startClient(suite)
    const hello = { username: 'ada', password: 'p', salt, serverPublicKey: server.publicKey }
    how = () => 'text'
    expect(() => client.answer(hello)).toThrow('what passwordKdf returns must be a Uint8Array')
    how = () => {
      throw new RangeError('too little memory')
    }
    expect(() => client.answer(hello)).toThrow('too little memory')
    how = () => Promise.reject(new RangeError('later'))
    await expect(client.answer(hello)).rejects.toThrow('later')
    how = () => Uint8Array.of(1)
    expect(outcome(() => client.answer(hello))).toBe('none')
  })

  it('its input and its output are wiped, also when it fails', async () => {
    const seen: Uint8Array[] = []
    const watch = (result: () => Uint8Array | Promise<Uint8Array>) =>
      defineSuite({
        ...definition,
        passwordKdf: ({ password }) => {
          seen.push(password)
          return result() as Uint8Array
        },
      })
    const P = Uint8Array.of(9, 9)
    enroll(
      watch(() => P),
      { username: 'ada', password: 'secret' },
    )
    const throwing = watch(() => {
      throw new Error('no')
    })
    expect(() => enroll(throwing, { username: 'ada', password: 'secret' })).toThrow('no')
    await expect(
      enroll(
        watch(() => Promise.reject(new Error('no'))),
        { username: 'ada', password: 'secret' },
      ),
    ).rejects.toThrow('no')
    expect([P, ...seen].map((bytes) => bytes.every((byte) => byte === 0))).toEqual([true, true, true, true])
    expect(seen.map((bytes) => bytes.length)).toEqual([6, 6, 6])
  })
})
