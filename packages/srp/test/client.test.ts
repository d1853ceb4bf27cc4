import { sha256 } from '@noble/hashes/sha2.js'
import { enroll, groups, startClient, startServer, suites } from '@srp6a/srp'
import { nodeEngine } from '@srp6a/srp/node'
import { wasmEngine } from '@srp6a/srp/wasm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outcome } from './support/codes.js'
import { runs } from './support/share.js'
import { begun, N, password, record, salt, suite, tooLong, username, zeros } from './support/tiny.js'

describe('a handshake', () => {
  it('gives both sides one key, and the client only after the server has proved itself', () => {
    const { server, client, hello } = begun()
    const answer = client.answer(hello)
    expect(Object.keys(answer)).toEqual(['clientPublicKey', 'clientProof', 'confirm'])
    const reply = server.verify({ clientPublicKey: client.clientPublicKey, clientProof: answer.clientProof })
    expect(answer.confirm(reply).sessionKey).toEqual(reply.sessionKey)
  })

  it('ends well for any name, password and salt, on either engine, in either length of public key', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 })
    const text = fc.string({ unit: 'binary', maxLength: 30 })
    fc.assert(
      fc.property(text, fc.oneof(text, bytes), fc.integer({ min: 8, max: 64 }), (username, password, saltLength) => {
        const { salt, verifier } = enroll(suite, { username, password }, { saltLength, engine: wasmEngine })
        const server = startServer(suite, { username, salt, verifier }, { engine: wasmEngine })
        const client = startClient(suite)
        const short = (key: Uint8Array) => key.subarray(key.findIndex((byte) => byte > 0))
        const { clientProof: proof, confirm } = client.answer({
          username,
          password,
          salt,
          serverPublicKey: short(server.serverPublicKey),
        })
        const reply = server.verify({ clientPublicKey: short(client.clientPublicKey), clientProof: proof })
        expect(confirm(reply).sessionKey).toEqual(reply.sessionKey)
        expect(reply.sessionKey).toHaveLength(32)
      }),
      { seed: 5, numRuns: runs(25, 2) },
    )
  })

  it('ends badly for any other password, and for a byte of the proof that is not right', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(31), fc.integer({ min: 1, max: 255 }), (typed, at, flip) => {
        fc.pre(typed !== password)
        const wrong = begun()
        const { clientProof: proof } = wrong.client.answer({ ...wrong.hello, password: typed })
        const message = { clientPublicKey: wrong.client.clientPublicKey, clientProof: proof }
        expect(outcome(() => wrong.server.verify(message))).toBe('wrong-proof')
        const right = begun()
        const good = right.client.answer(right.hello)
        const flipped = good.clientProof.map((byte, i) => (i === at ? byte ^ flip : byte))
        const bad = { clientPublicKey: right.client.clientPublicKey, clientProof: flipped }
        expect(outcome(() => right.server.verify(bad))).toBe('wrong-proof')
      }),
      { seed: 6, numRuns: runs(20, 5) },
    )
  })

  it('does not normalise, trim or fold what is typed', () => {
    for (const [kept, typed] of [
      ['\u00e9', 'e\u0301'],
      ['a ', 'a'],
      ['A', 'a'],
    ] as const) {
      const made = enroll(suite, { username, password: kept })
      const server = startServer(suite, made)
      const client = startClient(suite)
      const answer = client.answer({ ...made, password: typed, serverPublicKey: server.serverPublicKey })
      const message = { clientPublicKey: client.clientPublicKey, clientProof: answer.clientProof }
      expect(outcome(() => server.verify(message))).toBe('wrong-proof')
    }
  })
})

describe('what answer refuses', () => {
  it.each(zeros)('B = %s', (_, serverPublicKey) => {
    const { client, hello } = begun()
    expect(outcome(() => client.answer({ ...hello, serverPublicKey }))).toBe('invalid-public-key')
    // It was not used up: the server's own answer still counts.
    expect(outcome(() => client.answer(hello))).toBe('none')
  })

  const u8 = (...bytes: number[]) => Uint8Array.from(bytes)
  it.each([
    ['B of no bytes', { serverPublicKey: u8() }, 'invalid-public-key'],
    ['B longer than N', { serverPublicKey: tooLong }, 'too-large'],
    ['B as hex', { serverPublicKey: 'ff' }, 'TypeError'],
    ['no B', { serverPublicKey: undefined }, 'TypeError'],
    ['an empty salt', { salt: u8() }, 'invalid-encoding'],
    ['a salt of 1,025 bytes', { salt: new Uint8Array(1025) }, 'too-large'],
    ['a salt as text', { salt: 'salt' }, 'TypeError'],
    ['no username', { username: undefined }, 'TypeError'],
    ['a number for a password', { password: 1 }, 'TypeError'],
    ['a password without end', { password: 'x'.repeat(65_537) }, 'RangeError'],
  ])('%s', (_, part, code) => {
    const { client, hello } = begun()
    expect(outcome(() => client.answer({ ...hello, ...part } as never))).toBe(code)
  })

  it('u = 0', () => {
    // A hash that is 0 for u alone: nothing else has N + N bytes.
    const hash = Object.assign((m: Uint8Array) => (m.length === 2 * N.length ? new Uint8Array(32) : sha256(m)), {
      outputLen: 32,
    })
    const zero = suites.rfc5054With(groups.rfc5054_1024, hash)
    // k is made of N and g in the length of N as well, and is 0 then.
    const server = startServer(zero, record)
    const client = startClient(zero)
    const hello = { username, password, salt, serverPublicKey: server.serverPublicKey }
    expect(outcome(() => client.answer(hello))).toBe('invalid-scrambler')
    const message = { clientPublicKey: client.clientPublicKey, clientProof: new Uint8Array(32).fill(1) }
    expect(outcome(() => server.verify(message))).toBe('invalid-scrambler')
  })

  it('a second time', () => {
    const { client, hello } = begun()
    client.answer(hello)
    expect(outcome(() => client.answer(hello))).toBe('used-twice')
  })
})

describe('what confirm refuses', () => {
  it('a wrong proof, and then everything', () => {
    const { server, client, hello } = begun()
    const answer = client.answer(hello)
    const { serverProof } = server.verify({ clientPublicKey: client.clientPublicKey, clientProof: answer.clientProof })
    const wrong = serverProof.map((byte) => byte ^ 1)
    expect(outcome(() => answer.confirm({ serverProof: '' as never }))).toBe('TypeError')
    expect(outcome(() => answer.confirm({ serverProof: new Uint8Array() }))).toBe('invalid-encoding')
    expect(outcome(() => answer.confirm({ serverProof: new Uint8Array(33).fill(1) }))).toBe('too-large')
    expect(outcome(() => answer.confirm({ serverProof: wrong }))).toBe('wrong-proof')
    expect(outcome(() => answer.confirm({ serverProof }).sessionKey)).toBe('used-twice')
  })

  it('the client’s own proof, sent back to it', () => {
    const { client, hello } = begun()
    const answer = client.answer(hello)
    expect(outcome(() => answer.confirm({ serverProof: answer.clientProof }))).toBe('wrong-proof')
  })
})

describe('secrets', () => {
  it('no object shows one', () => {
    const { client, hello } = begun()
    expect(JSON.stringify(Object.keys(client))).toBe('["clientPublicKey","answer","save"]')
    expect(JSON.stringify(client.answer(hello))).not.toContain('sessionKey')
  })

  it('a Buffer given as password, salt, B or private key is left as it was', () => {
    const { client, hello } = begun()
    const given = {
      password: Buffer.from(password),
      salt: Buffer.from(salt),
      serverPublicKey: Buffer.from(hello.serverPublicKey),
    }
    const before = Object.values(given).map((bytes) => bytes.toString('hex'))
    client.answer({ username, ...given })
    expect(Object.values(given).map((bytes) => bytes.toString('hex'))).toEqual(before)
    enroll(suite, { username, password: given.password })
    expect(given.password.toString()).toBe(password)
  })

  it('the private key is wiped once it was used, by either side', () => {
    const keys: Uint8Array[] = []
    const engine = {
      name: 'watched',
      group(parameters: never) {
        const inner = nodeEngine.group(parameters)
        return {
          ...inner,
          clientSecret: (values: Parameters<typeof inner.clientSecret>[0]) => {
            keys.push(values.a, values.x)
            return inner.clientSecret(values)
          },
          serverSecret: (values: Parameters<typeof inner.serverSecret>[0]) => {
            keys.push(values.b)
            return inner.serverSecret(values)
          },
        }
      },
    }
    const server = startServer(suite, record, { engine })
    const client = startClient(suite, { engine })
    const { clientProof: proof } = client.answer({ username, password, salt, serverPublicKey: server.serverPublicKey })
    server.verify({ clientPublicKey: client.clientPublicKey, clientProof: proof })
    expect(keys.map((bytes) => [bytes.length, bytes.some((byte) => byte > 0)])).toEqual(Array(3).fill([32, false]))
  })
})

it('what is no suite is refused by name', () => {
  for (const no of [undefined, null, 'rfc5054', { ...suite }]) {
    expect(() => startClient(no as never)).toThrow(/^suite: expected/)
    expect(() => startServer(no as never, record)).toThrow(TypeError)
  }
})

it('an invalid random source is refused', () => {
  expect(outcome(() => startClient(suite, { random: () => new Uint8Array(32) }))).toBe('bad-random')
  expect(outcome(() => startClient(suite, { random: () => new Uint8Array(31).fill(1) }))).toBe('bad-random')
  expect(outcome(() => startServer(suite, record, { random: () => 'x' as never }))).toBe('bad-random')
})
