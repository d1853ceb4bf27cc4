import { sha256 } from '@noble/hashes/sha2.js'
import { decoyRecord, enroll, groups, startClient, startServer, suites } from '@srp6a/srp'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outcome } from './support/codes.js'
import { N, suite } from './support/tiny.js'

const seed = Uint8Array.from({ length: 32 }, (_, i) => i)

describe('decoyRecord', () => {
  it('is the same for one name, and like no other name’s, suite’s or seed’s', () => {
    const of = (username: string, other = suite, with_ = seed) => decoyRecord(other, { username, seed: with_ })
    expect(of('bob')).toEqual(of('bob'))
    const others = [
      of('bob'),
      of('bobby'),
      of('bob\0'),
      of(''),
      of('bob', suites.rfc5054),
      of(
        'bob',
        suite,
        seed.map((b) => b ^ 1),
      ),
    ]
    expect(new Set(others.map(({ salt }) => Buffer.from(salt).toString('hex'))).size).toBe(others.length)
    expect(new Set(others.map(({ verifier }) => Buffer.from(verifier).toString('hex'))).size).toBe(others.length)
  })

  it('has the shape of a real record', () => {
    const real = enroll(suite, { username: 'bob', password: 'x' }, { saltLength: 20 })
    const decoy = decoyRecord(suite, { username: 'bob', seed, saltLength: 20 })
    expect([decoy.salt.length, decoy.verifier.length]).toEqual([real.salt.length, real.verifier.length])
  })

  it('starts a handshake that ends like a wrong password, for every name', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (username, password) => {
        const record = decoyRecord(suite, { username, seed })
        const server = startServer(suite, record)
        expect(server.serverPublicKey).toHaveLength(N.length)
        const client = startClient(suite)
        const { clientProof: proof } = client.answer({
          username,
          password,
          salt: record.salt,
          serverPublicKey: server.serverPublicKey,
        })
        const message = { clientPublicKey: client.clientPublicKey, clientProof: proof }
        expect(outcome(() => server.verify(message))).toBe('wrong-proof')
      }),
      { seed: 9, numRuns: 20 },
    )
  })

  it('works in every group', () => {
    for (const group of Object.values(groups)) {
      const { verifier } = decoyRecord(suites.rfc5054With(group, sha256), { username: 'bob', seed })
      expect(verifier).toHaveLength(group.modulus.length)
    }
  })

  it.each([
    ['a short seed', { seed: seed.subarray(17) }, 'RangeError'],
    ['a seed as text', { seed: 'secret' }, 'TypeError'],
    ['no name', { username: undefined }, 'TypeError'],
    ['a salt of nothing', { saltLength: 0 }, 'RangeError'],
    ['a salt of 1,025 bytes', { saltLength: 1025 }, 'RangeError'],
  ])('refuses %s', (_, part, code) => {
    expect(outcome(() => decoyRecord(suite, { username: 'bob', seed, ...part } as never))).toBe(code)
  })
})
