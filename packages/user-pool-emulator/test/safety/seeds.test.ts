// A seed that could not be what was meant is refused before anything listens.
import { generateKeyPairSync } from 'node:crypto'
import { createUserPool, createUserPools, type PrivateJwk } from 'cognito-user-pool-emulator'
import { describe, expect, it } from 'vitest'
import { CLIENT_ID, testKey } from '../support/pool.js'

describe('a seed is refused at the start that has', () => {
  const clients = [{ clientId: CLIENT_ID }]
  const jwk = (key: { privateKey: { export(options: { format: 'jwk' }): object } }): PrivateJwk =>
    key.privateKey.export({ format: 'jwk' }) as PrivateJwk

  it.each([
    ['an EC key', jwk(generateKeyPairSync('ec', { namedCurve: 'P-256' }))],
    ['a short RSA key', jwk(generateKeyPairSync('rsa', { modulusLength: 1024 }))],
    ['a public key', { kty: 'RSA', n: 'AQAB', e: 'AQAB' }],
    ['no key at all', { kty: 'RSA', n: '!', e: 'AQAB', d: '?' }],
    ['an Ed25519 key', jwk(generateKeyPairSync('ed25519'))],
  ])('%s for signing', (_, signingKey) => {
    expect(() => createUserPool({ clients, signingKey })).toThrow(/^signingKey(\.[nd])? must be /)
  })

  it('an RSA key whose halves do not belong together', async () => {
    const { d: _, ...rest } = (await testKey()) as Record<string, unknown>
    const other = jwk(generateKeyPairSync('rsa', { modulusLength: 2048 })) as Record<string, unknown>
    expect(() => createUserPool({ clients, signingKey: { ...other, n: rest.n } as never })).toThrow(
      /^signingKey must be/,
    )
  })

  it.each(['0', '00', '0'.repeat(768)])('a verifier of zero: %s', (verifier) => {
    const users = [{ username: 'a', salt: 'ab', verifier }]
    expect(() => createUserPool({ clients, users })).toThrow('users[0].verifier must be g^x modulo N')
  })

  it('no client', () => {
    expect(() => createUserPool({ clients: [] })).toThrow('clients must not be empty')
    expect(() => createUserPool({ clients: [{ clientId: '' }] })).toThrow('clients[0].clientId must be')
    expect(() => createUserPool({ clients: [{}] as never })).toThrow('clients[0].clientId is missing')
  })

  it('an address of two users, whatever its case', () => {
    const users = ['ada@example.com', 'ADA@example.com'].map((email) => ({ password: 'x', attributes: { email } }))
    expect(() => createUserPool({ clients, users })).toThrow(
      'users[1]: An account with the given email already exists.',
    )
    expect(() => createUserPool({ clients, users, caseSensitive: true })).not.toThrow()
    expect(() => createUserPool({ clients, users, aliases: [] })).not.toThrow()
  })

  it('a pool or a client twice', () => {
    const seed = (id: string, clientId: string) => ({ id, clients: [{ clientId }] })
    const first = seed('us-east-1_First', 'web')
    expect(() => createUserPools([first, seed('us-east-1_First', 'other')])).toThrow(
      'pools[1].id "us-east-1_First" occurs twice',
    )
    expect(() => createUserPools([first, seed('us-east-1_Second', 'web')])).toThrow(
      'pools[1].clients: "web" is a client of another pool',
    )
    expect(() => createUserPools([])).toThrow('pools must not be empty')
  })
})
