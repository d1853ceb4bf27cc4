// Faults and demands of the peers' packages: each is said in README.md, and a change of it would be noticed here.
import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { type Suite, startServer, suites } from '@srp6a/srp'
import { startClientWithKey } from '@srp6a/srp/testing'
import { describe, expect, it } from 'vitest'
import { minimal } from '../../src/encode.js'
import { outcome } from '../support/codes.js'
import { answersOf } from './answers.js'
import { secretsOf, type ValueNames } from './handshakes.js'
import { thinbus } from './peer-thinbus.js'
import * as peers from './peers.js'

function secretsWithZeroIn(suite: Suite, value: ValueNames) {
  const found = answersOf(suite).handshakes.find(({ zero }) => zero === value)
  if (!found) throw new Error(`no handshake with a zero in ${value}`)
  return secretsOf(found.seed)
}

describe('thinbus-srp', () => {
  const require = createRequire(import.meta.url)
  const { group } = suites.thinbus
  const N = peers.hex(group.modulus)
  const decimal = (bytes: Uint8Array) => BigInt(`0x${peers.hex(bytes)}`).toString()
  const k = '5b9e8ef059c6b32ea59fc1d322d37f04aa30bae5aa9003b8321e21ddb04e300'
  const Server = require('thinbus-srp').serverSessionFactory(decimal(group.modulus), decimal(group.generator), k)

  it('its server lets anybody in who sends A = N: it does not check A', async () => {
    const { username, password, salt } = secretsOf({ a: 1, b: 1, salt: 1, password: 1 })
    const verifier = await thinbus.verifier({ username, password, salt })
    const server = new Server()
    const B: string = server.step1(username, peers.hex(salt), peers.hex(verifier))
    // S is 0 then, whatever the password.
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex').replace(/^0+/, '')
    const M1 = sha256(`${N}${B}0`)
    expect(server.step2(N, M1)).toBe(sha256(`${N}${M1}0`))
  })

  it('ours refuses it', async () => {
    const { username, password, salt } = secretsOf({ a: 1, b: 1, salt: 1, password: 1 })
    const verifier = await thinbus.verifier({ username, password, salt })
    const server = startServer(suites.thinbus, { username, salt, verifier })
    const clientProof = new Uint8Array(32)
    expect(outcome(() => server.verify({ clientPublicKey: group.modulus, clientProof }))).toBe('invalid-public-key')
  })

  it('hashes hex as it came: B with a leading zero is another B to its client', async () => {
    const secrets = secretsWithZeroIn(suites.thinbus, 'B')
    const Client = require('thinbus-srp').clientSessionFactory(decimal(group.modulus), decimal(group.generator), k)
    const proofFor = (B: string): string => {
      const client = new Client()
      client.randomA = () => client.fromHex(peers.hex(secrets.a))
      client.step1(secrets.username, secrets.password)
      return client.step2(peers.hex(secrets.salt), B).M1
    }
    const verifier = await thinbus.verifier(secrets)
    const { B } = await thinbus.server({ ...secrets, verifier })
    const short = BigInt(`0x${peers.hex(B)}`).toString(16)
    const known = answersOf(suites.thinbus).handshakes.find(({ zero }) => zero === 'B')?.M1 ?? ''
    expect(BigInt(`0x${proofFor(short)}`)).toBe(BigInt(`0x${known}`))
    expect(BigInt(`0x${proofFor(`00${short}`)}`)).not.toBe(BigInt(`0x${known}`))
  })
})

describe('tssrp6a', () => {
  it('its client goes on with B = N, where RFC 5054 makes it stop', async () => {
    const { username, password, salt, a } = secretsOf({ a: 1, b: 1, salt: 1, password: 1 })
    const B = suites.nimbus.group.modulus
    await expect(peers.tssrp6a.client({ username, password, salt, a, B })).resolves.toHaveProperty('M1')
    const ours = startClientWithKey(suites.nimbus, a)
    const hello = { username, password, salt, serverPublicKey: B }
    expect(outcome(() => ours.answer(hello))).toBe('invalid-public-key')
  })
})

describe.each([
  { peer: peers.secureRemotePassword, name: 'secure-remote-password' },
  { peer: peers.hapFastSrp, name: 'fast-srp-hap' },
  { peer: peers.jsrpSha1, name: 'jsrp' },
])('$name', ({ peer }) => {
  it('hashes A as it came, so it must be sent in the length of N, as publicKey is', async () => {
    const { username, password, salt, a, b } = secretsWithZeroIn(peer.suite, 'A')
    const verifier = await peer.verifier({ username, password, salt })
    const client = startClientWithKey(peer.suite, a)
    expect(client.clientPublicKey).toHaveLength(peer.suite.group.modulus.length)
    const server = await peer.server({ username, salt, verifier, b })
    const { clientProof: proof } = client.answer({ username, password, salt, serverPublicKey: server.B })
    expect(await server.check(minimal(client.clientPublicKey, 0), proof)).toBeUndefined()
    expect(await server.check(client.clientPublicKey, proof)).toMatchObject({ M2: expect.any(Uint8Array) })
  })
})
