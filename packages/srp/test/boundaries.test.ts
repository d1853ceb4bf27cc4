// Each bound from both sides, and what is handed out or kept across a call.
import { hkdfSync } from 'node:crypto'
import {
  decoyRecord,
  defineGroup,
  defineSuite,
  enroll,
  groups,
  hexText,
  minimal,
  padded,
  raw,
  resumeServer,
  signed,
  startClient,
  startServer,
} from '@srp6a/srp'
import { resumeCognitoServer, startCognitoServer } from '@srp6a/srp/cognito'
import { describe, expect, it } from 'vitest'
import { complaint, complaintOf, outcome } from './support/codes.js'
import { definition } from './support/definition.js'
import { begun, password, record, suite, username } from './support/tiny.js'

describe('decoyRecord', () => {
  const decoy = (seedLength: number, saltLength?: number) =>
    decoyRecord(suite, { username, seed: new Uint8Array(seedLength).fill(7), ...(saltLength && { saltLength }) })

  it('takes seeds of 16 to 1,024 bytes, and gives salts of 1 to 1,024', () => {
    const refused = 'RangeError: seed: expected 16 to 1024 bytes'
    for (const length of [16, 1024]) expect(decoy(length).salt).toHaveLength(16)
    for (const length of [0, 15, 1025]) expect(complaint(() => decoy(length))).toBe(refused)
    for (const length of [1, 1024]) expect(decoy(16, length).salt).toHaveLength(length)
    for (const length of [-1, 1.5, 1025]) expect(outcome(() => decoy(16, length))).toBe('RangeError')
  })

  it('stays what it was: a decoy that changed with a version would give itself away', () => {
    const seed = new Uint8Array(16).fill(7)
    const expected = (use: string, length: number) =>
      new Uint8Array(
        hkdfSync('sha256', seed, new Uint8Array(), `SRP-6a decoy ${use}\0${suite.name}\0${username}`, length),
      )
    const { salt, verifier } = decoy(16)
    expect(salt).toEqual(expected('salt', 16))
    // Below N: the highest bit that N has is clear.
    const [first = 0, ...rest] = expected('verifier', suite.group.modulus.length)
    expect([...verifier]).toEqual([first & 0x7f, ...rest])
  })
})

describe('encoders', () => {
  it('take integers of up to 65,535 bytes', () => {
    const [most, more] = [new Uint8Array(65_535).fill(1), new Uint8Array(65_536).fill(1)]
    // Not toEqual: it looks at each element as at anything else.
    for (const encoder of [minimal, signed]) expect(Buffer.from(most).equals(encoder(most, 0))).toBe(true)
    expect(hexText(most, 0)).toHaveLength(2 * 65_535 - 1)
    expect(padded(most, 65_535)).toEqual(most)
    for (const encoder of [minimal, signed, hexText, (m: Uint8Array) => padded(m, 65_535)])
      expect(complaint(() => encoder(more, 0))).toBe('too-large: integer: longer than 65535 bytes')
  })
  it('take a length of N from 1 to 65,535', () => {
    for (const length of [1, 65_535]) expect(padded(Uint8Array.of(5), length)).toHaveLength(length)
    for (const length of [0, -1, 1.5, 65_536, Number.NaN, '8' as never])
      expect(complaint(() => padded(Uint8Array.of(0), length))).toBe(
        'RangeError: modulusLength: expected a whole number from 1 to 65535',
      )
  })
  it('name what is no bytes', () => {
    expect(complaint(() => raw('x' as never, 0))).toBe('TypeError: bytes: expected a Uint8Array')
    expect(complaint(() => minimal('x' as never, 0))).toBe('TypeError: integer: expected a Uint8Array')
  })
})

describe('a password of bytes, and what a key derivation returns', () => {
  const kdf = (returned: unknown) => defineSuite({ ...definition, passwordKdf: () => returned as Uint8Array })
  it('may have 65,536 bytes', () => {
    const [most, more] = [new Uint8Array(65_536).fill(1), new Uint8Array(65_537).fill(1)]
    const enrolled = (password: unknown, of = suite) =>
      complaint(() => enroll(of, { username, password: password as Uint8Array }))
    expect(enrolled(most)).toBe('none')
    expect(enrolled(more)).toBe('RangeError: password: expected at most 65536 bytes')
    expect(enrolled('x', kdf(most))).toBe('none')
    expect(enrolled('x', kdf(more))).toBe('RangeError: result of passwordKdf: expected at most 65536 bytes')
    expect(enrolled('x', kdf('x'))).toBe('TypeError: result of passwordKdf: expected a Uint8Array')
  })
})

describe('a server', () => {
  it('takes names of up to 65,535 bytes, and can be resumed with them', () => {
    const server = (length: number) => startServer(suite, { ...record, username: 'a'.repeat(length) })
    expect(complaint(() => resumeServer(suite, server(65_535).save()))).toBe('none')
    expect(complaint(() => server(65_536))).toBe('RangeError: username: expected at most 65,535 bytes of UTF-8')
  })
  it('is not resumed from less than was saved, nor from more', () => {
    const state = startServer(suite, record).save()
    const damaged = 'invalid-state: The saved state is damaged, of another version, or of another suite'
    expect(complaint(() => resumeServer(suite, 'x' as never))).toBe('TypeError: state: expected a Uint8Array')
    for (let length = 0; length < state.length; length++)
      expect(complaint(() => resumeServer(suite, state.subarray(0, length)))).toBe(damaged)
    expect(complaint(() => resumeServer(suite, Uint8Array.from([...state, 0])))).toBe(damaged)
    expect(complaint(() => resumeServer(suite, Uint8Array.of(1, ...new Uint8Array(12))))).toBe(damaged)
    expect(complaint(() => resumeServer(suite, Uint8Array.from([2, ...state.subarray(1)])))).toBe(damaged)
  })
})

describe('an engine and a random source', () => {
  it('are asked for by name', () => {
    for (const engine of [null, {}, 1] as never[])
      expect(complaint(() => startClient(suite, { engine }))).toBe('TypeError: engine: expected an Engine')
    expect(complaint(() => startClient(suite, { random: 1 as never }))).toBe('TypeError: random: expected a function')
  })
})

describe('defineGroup', () => {
  /** A safe prime of 512 bits, of which 5 is a primitive root. */
  const modulus =
    'cf561c44ccc34e8f5a43b6862b5ab17a8a22b6da78b4892d547341c22b9e71ea3955e14d882da1c3d98fa29f4edfd2d9197b569d20e659a104808068edcc451b'
  it('takes N with any white space and zeros in front', () => {
    const group = defineGroup({ name: 'mine', modulus: ` 00\n0${modulus.replace(/.{32}/g, '$& ')}`, generator: 5 })
    expect(group).toMatchObject({ name: 'mine', legacy: true, generator: Uint8Array.of(5) })
    expect(Buffer.from(group.modulus).toString('hex')).toBe(modulus)
  })
  it('takes generators up to 255', () => {
    const says = (generator: number) => complaint(() => defineGroup({ name: 'mine', modulus, generator }))
    expect(says(255)).toMatch(/^none$|primitive root/)
    for (const wrong of [-1, 0, 1, 256])
      expect(says(wrong)).toBe('RangeError: generator: expected a whole number from 2 to 255')
  })
  it('refuses a prime whose half is composite, and says which it is', () => {
    const prime =
      'ea3d11b0f1e5950119979c8e864e439fce7075c1777eb71750a134d1bd85e74746959f02d6456bd6f58dcf305eee81979b2826d10ae7096600d5185b5848730f'
    expect(complaint(() => defineGroup({ name: 'mine', modulus: prime, generator: 2 }))).toBe(
      'RangeError: modulus: expected a safe prime, and (N - 1) / 2 is composite',
    )
  })
  it('calls groups below 2048 bits legacy', () => {
    const { modulus: N } = groups.rfc5054_2048
    expect(defineGroup({ name: 'mine', modulus: Buffer.from(N).toString('hex'), generator: 2 }).legacy).toBe(false)
  })
})

describe('what is handed out', () => {
  it('is a copy: anyone who overwrites a public key spoils nothing', () => {
    const { client, server, hello } = begun()
    const clientPublicKey = client.clientPublicKey.slice()
    client.clientPublicKey.fill(1)
    const serverPublicKey = hello.serverPublicKey.slice()
    server.serverPublicKey.fill(1)
    const { clientProof: proof, confirm } = client.answer({ ...hello, serverPublicKey })
    const { serverProof } = server.verify({ clientPublicKey, clientProof: proof })
    expect(confirm({ serverProof }).sessionKey).toHaveLength(32)
  })
})

describe('a client with a slow key derivation', () => {
  it('answers once, though it is asked twice before the first is done', async () => {
    const slow = defineSuite({ ...definition, passwordKdf: async ({ password }) => password })
    const client = startClient(slow)
    const hello = { username, password, salt: new Uint8Array(16).fill(1), serverPublicKey: Uint8Array.of(9) }
    const both = [client.answer(hello), client.answer(hello)]
    const [first, second] = await Promise.allSettled(both)
    expect(first?.status).toBe('fulfilled')
    expect(second?.status === 'rejected' && complaintOf(second.reason)).toBe(
      'used-twice: This handshake has been answered already: start another',
    )
  })
})

describe('a Cognito server', () => {
  const record = { scope: 'a', userId: 'b', salt: '1', verifier: '5' }

  it('sends the salt without leading zeros, and with its sign', () => {
    for (const [salt, sent] of [
      ['000aB', 'ab'],
      ['-00F', '-f'],
      ['0', '0'],
      ['00', '0'],
      ['-7', '-7'],
    ] as const)
      expect(startCognitoServer({ ...record, salt }).SALT).toBe(sent)
  })
  it('resumes texts of up to a megabyte', () => {
    const state = startCognitoServer(record).save()
    const most = state.padEnd(1 << 20)
    expect(complaint(() => resumeCognitoServer(most))).toBe('none')
    expect(complaint(() => resumeCognitoServer(`${most} `))).toBe(
      'invalid-state: The saved handshake is damaged or of another version',
    )
  })
})
