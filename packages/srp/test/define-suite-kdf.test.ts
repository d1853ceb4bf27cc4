import { scrypt } from '@noble/hashes/scrypt.js'
import { defineSuite, enroll, startClient, startServer } from '@srp6a/srp'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { outcome } from './support/codes.js'
import { definition, signIn } from './support/definition.js'

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
    expect(await enroll(later, who, { random })).toEqual({ username: 'ada', salt: random(16), verifier: derived })
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
    const hello = { username: 'ada', password: 'secret', salt, serverPublicKey: server.serverPublicKey }
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
    const hello = { username: 'ada', password: 'p', salt, serverPublicKey: server.serverPublicKey }
    how = () => 'text'
    expect(() => client.answer(hello)).toThrow('result of passwordKdf: expected a Uint8Array')
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
