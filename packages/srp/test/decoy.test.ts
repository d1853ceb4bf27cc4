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

  it('has a verifier below N, in every group', () => {
    const number = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
    for (const group of Object.values(groups)) {
      const made = suites.rfc5054With(group, sha256)
      for (let i = 0; i < 20; i++) {
        const { verifier } = decoyRecord(made, { username: `user${i}`, seed })
        expect(number(verifier) < number(group.modulus)).toBe(true)
      }
    }
  })

  it('changes once in an epoch, each name at a moment of its own, and never without one', () => {
    const at = (username: string, epoch?: number) =>
      Buffer.from(decoyRecord(suite, { username, seed, epoch }).salt).toString('hex')
    const moments = Array.from({ length: 24 }, (_, i) => {
      const salts = Array.from({ length: 41 }, (_, step) => at(`user${i}`, 5 + step / 20))
      const changes = salts.flatMap((salt, step) => (step > 0 && salt !== salts[step - 1] ? [step] : []))
      // Two epochs, so two changes, one epoch apart.
      expect(changes).toHaveLength(2)
      expect((changes[1] ?? 0) - (changes[0] ?? 0)).toBe(20)
      expect(new Set(salts).size).toBe(3)
      return changes[0]
    })
    expect(new Set(moments).size).toBeGreaterThan(8)
    expect(at('bob')).toBe(at('bob', 0))
    for (const epoch of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 32 + 1])
      expect(outcome(() => at('bob', epoch))).toBe('RangeError')
    expect(outcome(() => at('bob', '1' as never))).toBe('TypeError')
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
