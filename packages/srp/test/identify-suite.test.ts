// Each suite's handshakes are recognised, by either private key or by the session key; and nothing is where none fits.
import { sha256 } from '@noble/hashes/sha2.js'
import { groups, identifySuite, type Suite, suites } from '@srp6a/srp'
import { nodeEngine } from '@srp6a/srp/node'
import { enrollWithSalt, startClientWithKey, startServerWithKey } from '@srp6a/srp/testing'
import { describe, expect, it } from 'vitest'
import { share } from './support/share.js'

const [username, password] = ['user159', 'pässwörd']
const salt = Uint8Array.from({ length: 16 }, (_, i) => (i === 0 ? 0 : 3 * i))
const [a, b] = [new Uint8Array(32).fill(7), new Uint8Array(32).fill(9)]
const options = { engine: nodeEngine }

function recorded(suite: Suite) {
  const server = startServerWithKey(suite, enrollWithSalt(suite, { username, password }, salt, options), b, options)
  const { confirm, ...message } = startClientWithKey(suite, a, options).answer({ username, password, ...server })
  const reply = server.verify(message)
  const { sessionKey } = reply
  const { serverPublicKey } = server
  return { username, password, salt, ...message, serverPublicKey, serverProof: reply.serverProof, sessionKey }
}

const presets = Object.values(suites).filter((suite): suite is Suite => typeof suite === 'object')

describe('identifySuite', () => {
  it.each(share(presets, 9, 4).map((suite) => ({ suite, name: suite.name })))('knows $name', async ({ suite }) => {
    const { sessionKey, ...handshake } = recorded(suite)
    for (const known of [{ a }, { b, sessionKey }]) {
      const found = await identifySuite({ ...handshake, ...known, modulus: suite.group.modulus }, options)
      expect(found.map((one) => one.suite)).toContain(suite)
      for (const { matches } of found) expect(matches).toContain('clientProof')
      expect(found[0]?.matches).toEqual(
        expect.arrayContaining([
          'clientProof',
          'serverProof',
          ...('a' in known ? [] : ['serverPublicKey', 'sessionKey']),
        ]),
      )
    }
  })

  it('finds the group and the hash by lengths, and does with a session key alone', async () => {
    const suite = suites.rfc5054With(groups.rfc5054_1024, sha256)
    const found = await identifySuite(recorded(suite), options)
    expect(found.map((one) => one.suite.name)).toContain(suite.name)
    const named = await identifySuite({ ...recorded(suite), a, hash: 'sha256' }, options)
    expect(named.map((one) => one.suite.name)).toContain(suite.name)
  })

  it('names none where none fits, and the nearest if asked', async () => {
    const handshake = { ...recorded(suites.rfc5054), b }
    const clientProof = handshake.clientProof.map((byte, i) => (i === 9 ? byte ^ 1 : byte))
    expect(await identifySuite({ ...handshake, clientProof }, options)).toEqual([])
    const near = await identifySuite({ ...handshake, clientProof }, { ...options, nearest: true })
    expect(near.map(({ suite }) => suite)).toContain(suites.rfc5054)
    expect(near[0]?.matches).toContain('sessionKey')
    expect(await identifySuite({ ...handshake, password: 'other' }, options)).toEqual([])
    expect(await identifySuite({ ...handshake, modulus: 'ff'.repeat(256) }, options)).toEqual([])
  })

  it('refuses a handshake of which no secret is known, and what is not a handshake', async () => {
    const { sessionKey: _, ...handshake } = recorded(suites.rfc5054)
    await expect(identifySuite(handshake)).rejects.toThrow(TypeError)
    await expect(identifySuite(null as never)).rejects.toThrow(TypeError)
    await expect(identifySuite({ ...handshake, a, hash: 'md5' as never })).rejects.toThrow(TypeError)
    await expect(identifySuite({ ...handshake, a, salt: 'x' as never })).rejects.toThrow(TypeError)
    // Not silence: nothing would ever be found.
    await expect(identifySuite({ ...handshake, a, hash: 'constructor' as never })).rejects.toThrow('hash: expected')
    await expect(identifySuite({ ...handshake, a }, { engine: {} as never })).rejects.toThrow('engine: expected')
    await expect(identifySuite({ ...handshake, a: new Uint8Array() })).rejects.toThrow('a: expected 1 to 1024 bytes')
  })
})
