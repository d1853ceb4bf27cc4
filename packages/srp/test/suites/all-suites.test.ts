// Rules for each suite, whatever it hashes: random users sign in with the right password alone, and what RFC 5054 has a
// side refuse is refused, by both halves, without using the handshake up.
import { defineSuite, enroll, type Suite, startClient, startServer, suites } from '@srp6a/srp'
import { enrollWithSalt, startClientWithKey, startServerWithKey } from '@srp6a/srp/testing'
import { wasmEngine } from '@srp6a/srp/wasm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, equalBytes } from '../../src/bytes.js'
import { hashInput } from '../../src/suite.js'
import { outcome } from '../support/codes.js'
import { runs } from '../support/share.js'

const presets = Object.values(suites).filter((suite): suite is Suite => typeof suite === 'object')
const options = { engine: wasmEngine }
const key = (first: number) => Uint8Array.from({ length: 32 }, (_, i) => (first + 29 * i) & 255)
const flipped = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at % bytes.length ? byte ^ 4 : byte))

it('there are eighteen or more', () => expect(presets.length).toBeGreaterThanOrEqual(18))

describe.each(presets.map((suite, number) => ({ suite, number, name: suite.name })))('$name', ({ suite, number }) => {
  const text = fc.string({ unit: 'binary', maxLength: 24 })
  const salts = fc.uint8Array({ minLength: 1, maxLength: 40 })

  it('signs any user in with the right password, and with no other', () => {
    fc.assert(
      fc.property(text, text, text, salts, fc.nat(63), (username, password, other, salt, at) => {
        // The halves on different engines: an error of one would not cancel out.
        const record = enroll(suite, { username, password }, { salt, ...options })
        const server = startServer(suite, record, options)
        const state = server.save()
        const client = startClient(suite)
        const answer = client.answer({ username, password, ...server })
        const reply = server.verify(answer)
        expect(reply.username).toBe(username)
        const { serverProof } = reply
        expect(answer.confirm({ serverProof }).sessionKey).toEqual(reply.sessionKey)
        expect(state.length).toBeGreaterThan(suite.group.modulus.length)

        const second = startServer(suite, record, options)
        const proved = startClient(suite, options).answer({ username, password, ...second })
        const clientProof = flipped(proved.clientProof, at)
        expect(outcome(() => second.verify({ ...proved, clientProof }))).toBe('wrong-proof')
        const wrong = `${other}!`
        fc.pre(wrong !== password)
        const third = startServer(suite, record, options)
        const guess = startClient(suite, options).answer({ username, password: wrong, ...third })
        expect(outcome(() => third.verify(guess))).toBe('wrong-proof')
        expect(outcome(() => guess.confirm({ serverProof }))).toBe('wrong-proof')
      }),
      { seed: 40 + number, numRuns: runs(20, 1) },
    )
  })

  const N = suite.group.modulus
  const twice = concat(
    Uint8Array.of(1),
    N.map((byte, i) => ((byte << 1) | ((N[i + 1] ?? 0) >> 7)) & 255),
  )
  const zero = new Uint8Array(suite.hash.outputLen)
  const publicKeys: [name: string, value: Uint8Array, code: string][] = [
    ['empty', new Uint8Array(), 'invalid-public-key'],
    ['0', Uint8Array.of(0), 'invalid-public-key'],
    ['0 in the length of N', new Uint8Array(N.length), 'invalid-public-key'],
    ['N', N, 'invalid-public-key'],
    ['N behind zeros', concat(new Uint8Array(3), N), 'invalid-public-key'],
    ['2 N', twice, 'too-large'],
    ['a byte longer than N', concat(Uint8Array.of(1), N), 'too-large'],
    ['of 65,536 bytes', new Uint8Array(65_536), 'too-large'],
  ]
  const proofs: [name: string, value: Uint8Array, code: string][] = [
    ['empty', new Uint8Array(), 'invalid-encoding'],
    ['longer than a digest', new Uint8Array(suite.hash.outputLen + 1).fill(1), 'too-large'],
  ]
  const [username, password, salt] = ['ada', 'correct horse', key(1).subarray(0, 16)]
  const record = enrollWithSalt(suite, { username, password }, salt, options)
  const begin = (of = suite) => ({
    server: startServerWithKey(of, record, key(3), options),
    client: startClientWithKey(of, key(5), options),
  })

  it('refuses A and B that are 0 modulo N or too long, and proofs that are invalid, and goes on', () => {
    const { server, client } = begin()
    for (const [name, serverPublicKey, code] of publicKeys) {
      const hello = { username, password, salt: server.salt, serverPublicKey }
      expect([name, outcome(() => client.answer(hello))]).toEqual([name, code])
    }
    const answer = client.answer({ username, password, ...server })
    for (const [name, clientPublicKey, code] of publicKeys) {
      expect([name, outcome(() => server.verify({ ...answer, clientPublicKey }))]).toEqual([name, code])
    }
    for (const [name, clientProof, code] of proofs) {
      expect([name, outcome(() => server.verify({ ...answer, clientProof }))]).toEqual([name, code])
    }
    const reply = server.verify(answer)
    for (const [name, serverProof, code] of proofs) {
      expect([name, outcome(() => answer.confirm({ serverProof }))]).toEqual([name, code])
    }
    expect(answer.confirm(reply).sessionKey).toEqual(reply.sessionKey)
  })

  it('refuses proofs of zeros, and the other side’s proof as its own', () => {
    for (const forge of [() => zero, (proof: Uint8Array) => proof]) {
      const { server, client } = begin()
      const answer = client.answer({ username, password, ...server })
      const clientProof = answer.clientProof
      expect(outcome(() => answer.confirm({ serverProof: forge(clientProof) }))).toBe('wrong-proof')
      const { serverProof } = begin().server.verify(answer)
      expect(outcome(() => server.verify({ ...answer, clientProof: forge(serverProof) }))).toBe('wrong-proof')
    }
  })

  it('refuses u = 0 on both sides', () => {
    const { server, client } = begin()
    const input = hashInput(suite, suite.u, { A: client.clientPublicKey, B: server.serverPublicKey })
    // A hash that is 0 for the input of u alone, as long as no other input is the same.
    const hash = Object.assign((m: Uint8Array) => (equalBytes(m, input) ? zero.slice() : suite.hash(m)), {
      outputLen: suite.hash.outputLen,
    })
    const broken = begin(defineSuite({ ...suite, hash }))
    expect(outcome(() => broken.client.answer({ username, password, ...broken.server }))).toBe('invalid-scrambler')
    const message = { clientPublicKey: client.clientPublicKey, clientProof: key(9) }
    expect(outcome(() => broken.server.verify({ ...message, clientProof: zero }))).toBe('invalid-scrambler')
  })
})

it('a record of one suite ends with a wrong proof in another, or with a right one where only leading zeros differ', () => {
  const ends: string[] = []
  for (const [i, suite] of presets.entries()) {
    const others = presets.filter(({ group, hash }) => group === suite.group && hash.outputLen === suite.hash.outputLen)
    const other = others[(i + 1) % others.length]
    if (!other || other === suite) continue
    const record = enrollWithSalt(suite, { username: 'ada', password: 'p' }, key(1), options)
    const server = startServerWithKey(suite, record, key(3), options)
    const answer = startClientWithKey(other, key(5), options).answer({ username: 'ada', password: 'p', ...server })
    ends.push(outcome(() => server.verify(answer)))
  }
  expect(new Set(ends)).toEqual(new Set(['none', 'wrong-proof']))
  expect(ends.filter((end) => end === 'wrong-proof').length).toBeGreaterThan(ends.length / 2)
})
