// Python's srptools by its own formulas, written out once more on node:crypto and BigInt: there every digest that is not
// asked for as bytes is an integer, and loses its leading zeros.
import { createHash } from 'node:crypto'
import { sha256 } from '@noble/hashes/sha2.js'
import { groups, type Suite, suites, toHex } from '@srp6a/srp'
import { enrollWithSalt, startClientWithKey, startServerWithKey } from '@srp6a/srp/testing'
import { describe, expect, it } from 'vitest'
import { outcome } from '../support/codes.js'

type Value = bigint | Buffer | string

const big = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes) || '0'}`)
const bytesOf = (value: Value): Buffer => {
  if (typeof value === 'string') return Buffer.from(value)
  if (typeof value !== 'bigint') return value
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, ((base % modulus) + modulus) % modulus]
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

/** One handshake, as the package computes it. */
function handshake(suite: Suite, name: string, I: string, P: string, salt: Buffer, a: bigint, b: bigint) {
  const H = (...values: Value[]): Buffer =>
    createHash(name)
      .update(Buffer.concat(values.map(bytesOf)))
      .digest()
  const integer = (...values: Value[]): bigint => big(H(...values))
  const [N, g] = [big(suite.group.modulus), big(suite.group.generator)]
  const pad = (value: bigint) => Buffer.from(value.toString(16).padStart(2 * suite.group.modulus.length, '0'), 'hex')
  const k = integer(N, pad(g))
  const x = integer(salt, H(`${I}:${P}`))
  const v = power(g, x, N)
  const A = power(g, a, N)
  const B = (k * v + power(g, b, N)) % N
  const u = integer(pad(A), pad(B))
  const K = H(power(A * power(v, u, N), b, N))
  const M1 = H(integer(N) ^ integer(g), integer(I), salt, A, B, K)
  return { v, B, A, K, M1, M2: H(A, M1, K) }
}

const key = (first: number) => Uint8Array.from({ length: 32 }, (_, i) => (first + 11 * i) & 255)

describe.each([
  ['sha256', suites.srptoolsWith(groups.rfc5054_1024, sha256)],
  ['sha256', suites.srptoolsWith(groups.rfc5054_2048, sha256)],
  ['sha1', suites.srptools],
] as const)('srptools with %s', (name, suite) => {
  // H(user159) begins with a zero byte under SHA-256, H(user62) under SHA-1.
  const zeros = Array.from({ length: 600 }, (_, i) => `user${i}`).filter(
    (user) => createHash(name).update(user).digest()[0] === 0,
  )
  it('has names whose digest begins with a zero', () => {
    expect(zeros.length).toBeGreaterThan(0)
    if (name === 'sha256') expect(zeros).toContain('user159')
  })

  it('agrees with the package on both halves, for each of these names and another', () => {
    for (const username of [...zeros.slice(0, 2), 'alice']) {
      const salt = Buffer.from('00c0ffee00c0ffee', 'hex')
      const password = 'pässwörd'
      const theirs = handshake(suite, name, username, password, salt, big(key(5)), big(key(9)))
      const record = enrollWithSalt(suite, { username, password }, salt)
      expect(big(record.verifier)).toBe(theirs.v)
      const server = startServerWithKey(suite, record, key(9))
      const answer = startClientWithKey(suite, key(5)).answer({ username, password, ...server })
      expect([big(server.serverPublicKey), big(answer.clientPublicKey)]).toEqual([theirs.B, theirs.A])
      expect(toHex(answer.clientProof)).toBe(theirs.M1.toString('hex'))
      const reply = server.verify({ clientPublicKey: bytesOf(theirs.A), clientProof: theirs.M1 })
      expect(toHex(reply.serverProof)).toBe(theirs.M2.toString('hex'))
      expect(toHex(answer.confirm({ serverProof: theirs.M2 }).sessionKey)).toBe(theirs.K.toString('hex'))
    }
  })

  it('is not rfc5054 for such a name', () => {
    const rfc = suites.rfc5054With(suite.group, suite.hash)
    for (const [username, code] of [
      [zeros[0] ?? '', 'wrong-proof'],
      ['alice', 'none'],
    ] as const) {
      const server = startServerWithKey(suite, enrollWithSalt(suite, { username, password: 'p' }, key(1)), key(9))
      const answer = startClientWithKey(rfc, key(5)).answer({ username, password: 'p', ...server })
      expect(outcome(() => server.verify(answer))).toBe(code)
    }
  })
})
