import { sha256 } from '@noble/hashes/sha2.js'
import { sha3_256 } from '@noble/hashes/sha3.js'
import { groups, resumeServer, startClient, startServer, suites } from '@srp6a/srp'
import { startClientWithKey, startServerWithKey } from '@srp6a/srp/testing'
import { describe, expect, it } from 'vitest'
import { readState, writeState } from '../src/state.js'
import { outcome } from './support/codes.js'
import { begun, N, password, record, salt, suite, tooLong, username, zeros } from './support/tiny.js'

/** A whole message for a server, from a client that knows the password. */
function messageFor(serverPublicKey: Uint8Array) {
  const client = startClient(suite)
  const { clientProof: proof, confirm } = client.answer({ username, password, salt, serverPublicKey })
  return { message: { clientPublicKey: client.clientPublicKey, clientProof: proof }, confirm }
}

describe('what startServer refuses', () => {
  it.each([
    ['a verifier of 0', { verifier: new Uint8Array(128) }, 'invalid-public-key'],
    ['a verifier of N', { verifier: N }, 'invalid-public-key'],
    ['a verifier longer than N', { verifier: tooLong }, 'too-large'],
    ['a verifier as text', { verifier: 'ff' }, 'TypeError'],
    ['an empty salt', { salt: new Uint8Array() }, 'invalid-encoding'],
    ['no salt', { salt: undefined }, 'TypeError'],
    ['no username', { username: undefined }, 'TypeError'],
    ['a username too long to be saved', { username: 'é'.repeat(40_000) }, 'RangeError'],
  ])('%s', (_, part, code) => {
    expect(outcome(() => startServer(suite, { ...record, ...part } as never))).toBe(code)
  })
})

describe('what verify refuses', () => {
  it.each(zeros)('A = %s, whatever the proof', (_, clientPublicKey) => {
    const { server } = begun()
    const clientProof = sha256(new Uint8Array(128))
    expect(outcome(() => server.verify({ clientPublicKey, clientProof }))).toBe('invalid-public-key')
  })

  it.each([
    ['A of no bytes', { clientPublicKey: new Uint8Array() }, 'invalid-public-key'],
    ['A longer than N', { clientPublicKey: tooLong }, 'too-large'],
    ['A as text', { clientPublicKey: 'ff' }, 'TypeError'],
    ['no proof', { clientProof: undefined }, 'TypeError'],
    ['an empty proof', { clientProof: new Uint8Array() }, 'invalid-encoding'],
    ['a proof of 33 bytes', { clientProof: new Uint8Array(33).fill(1) }, 'too-large'],
    ['a proof of zeros', { clientProof: new Uint8Array(32) }, 'wrong-proof'],
    ['the beginning of the proof', { clientProof: 31 }, 'wrong-proof'],
  ])('%s', (_, part, code) => {
    const { server, client, hello } = begun()
    const { clientProof: proof } = client.answer(hello)
    const cut = 'clientProof' in part && part.clientProof === 31 ? { clientProof: proof.subarray(0, 31) } : part
    const message = { clientPublicKey: client.clientPublicKey, clientProof: proof, ...cut } as never
    expect(outcome(() => server.verify(message))).toBe(code)
  })

  it('a second time, after a right proof and after a wrong one', () => {
    for (const flip of [0, 1]) {
      const { server, client, hello } = begun()
      const { clientProof: proof } = client.answer(hello)
      const right = { clientPublicKey: client.clientPublicKey, clientProof: proof }
      const sent = { ...right, clientProof: proof.map((byte) => byte ^ flip) }
      expect(outcome(() => server.verify(sent))).toBe(flip ? 'wrong-proof' : 'none')
      expect(outcome(() => server.verify(right))).toBe('used-twice')
      expect(outcome(() => server.save())).toBe('used-twice')
    }
  })
})

it('a proof without its leading zeros, or with more of them, is the same proof', () => {
  const server = startServerWithKey(suite, record, Uint8Array.of(5))
  const state = server.save()
  // Found by trial: one proof in 256 is so.
  const client = startClientWithKey(suite, Uint8Array.of(8))
  const { confirm: _, ...message } = client.answer({
    username,
    password,
    salt,
    serverPublicKey: server.serverPublicKey,
  })
  expect(message.clientProof[0]).toBe(0)
  for (const clientProof of [message.clientProof.subarray(1), Uint8Array.from([0, 0, ...message.clientProof])]) {
    expect(outcome(() => resumeServer(suite, state).verify({ ...message, clientProof }))).toBe('none')
  }
})

it('the session key is there, but neither a logger nor JSON shows it', () => {
  const { server, client, hello } = begun()
  const { clientProof: proof } = client.answer(hello)
  const reply = server.verify({ clientPublicKey: client.clientPublicKey, clientProof: proof })
  expect(reply.sessionKey).toHaveLength(32)
  expect(Object.keys(reply)).toEqual(['username', 'serverProof'])
  expect(Object.keys(server)).toEqual(['salt', 'serverPublicKey', 'verify', 'save'])
})

describe('save and resumeServer', () => {
  it('go on with the same handshake, as often as the state is there', () => {
    const server = startServer(suite, record)
    const state = server.save()
    expect(server.save()).toEqual(state)
    const { message, confirm } = messageFor(server.serverPublicKey)
    const resumed = resumeServer(suite, state)
    expect(resumed.serverPublicKey).toEqual(server.serverPublicKey)
    const { serverProof, sessionKey } = resumed.verify(message)
    expect(confirm({ serverProof }).sessionKey).toEqual(sessionKey)
    expect(resumeServer(suite, state).verify(message).serverProof).toEqual(serverProof)
  })

  it.each([1, 31, 33, N.length])('go on with a private key of %i bytes, as startServerWithKey takes it', (length) => {
    const server = startServerWithKey(suite, record, new Uint8Array(length).fill(5))
    const resumed = resumeServer(suite, server.save())
    expect(resumed.serverPublicKey).toEqual(server.serverPublicKey)
    const { message, confirm } = messageFor(server.serverPublicKey)
    expect(confirm(resumed.verify(message)).sessionKey).toHaveLength(32)
  })

  it('refuse a private key of no bytes, and one longer than N', () => {
    const fields = readState('server', startServer(suite, record).save(), 6)
    for (const length of [0, N.length + 1]) {
      const state = writeState('server', [...fields.slice(0, 5), new Uint8Array(length).fill(5)])
      expect(outcome(() => resumeServer(suite, state))).toBe('invalid-state')
    }
  })

  it('leave a Buffer that holds the state as it was', () => {
    const server = startServer(suite, record)
    const state = Buffer.from(server.save())
    const before = state.toString('hex')
    resumeServer(suite, state).verify(messageFor(server.serverPublicKey).message)
    expect(state.toString('hex')).toBe(before)
  })

  it('refuse a state that is cut, longer, of another version or of no bytes', () => {
    const state = startServer(suite, record).save()
    for (let length = 0; length < state.length; length++) {
      expect(
        outcome(() => resumeServer(suite, state.subarray(0, length))),
        `${length} bytes`,
      ).toBe('invalid-state')
    }
    expect(outcome(() => resumeServer(suite, Uint8Array.from([...state, 0])))).toBe('invalid-state')
    expect(outcome(() => resumeServer(suite, Uint8Array.from([2, ...state.subarray(1)])))).toBe('invalid-state')
    expect(outcome(() => resumeServer(suite, 'state' as never))).toBe('TypeError')
  })

  it('never go on with anybody else’s handshake after a change of any byte', () => {
    const server = startServer(suite, record)
    const state = server.save()
    const { message } = messageFor(server.serverPublicKey)
    for (let at = 0; at < state.length; at += 5) {
      const changed = state.map((byte, i) => (i === at ? byte ^ 0x40 : byte))
      const ended = outcome(() => resumeServer(suite, changed).verify(message))
      expect(['invalid-state', 'wrong-proof'], `byte ${at}`).toContain(ended)
    }
  })

  it('refuse another suite, one of the same name too', () => {
    const state = startServer(suite, record).save()
    const sameName = suites.rfc5054With(groups.rfc5054_1024, sha3_256)
    expect(sameName.name).toBe(suite.name)
    const otherGroup = suites.rfc5054With(groups.rfc5054_1536, sha256)
    for (const other of [sameName, otherGroup, suites.rfc5054]) {
      expect(outcome(() => resumeServer(other, state))).toBe('invalid-state')
    }
    // A caller's own mistake is not the state's fault.
    expect(outcome(() => resumeServer({ ...suite }, state))).toBe('TypeError')
  })

  it('refuse fields that no save has written', () => {
    const fields = readState('server', startServer(suite, record).save(), 6)
    const change = (at: number, field: Uint8Array) =>
      writeState(
        'server',
        fields.map((old, i) => (i === at ? field : old)),
      )
    expect(outcome(() => resumeServer(suite, change(3, new Uint8Array())))).toBe('invalid-state')
    expect(outcome(() => resumeServer(suite, change(4, N)))).toBe('invalid-state')
    expect(outcome(() => resumeServer(suite, change(5, new Uint8Array())))).toBe('invalid-state')
    expect(outcome(() => resumeServer(suite, writeState('server', fields)))).toBe('none')
  })
})
