// Each preset live against the npm package it is for: our client at its server, its client at our server, a verifier of
// its making at our server; and what the packages themselves get wrong.
import { startClient, startServer } from '@srp6a/srp'
import { enrollWithSalt, startClientWithKey, startServerWithKey } from '@srp6a/srp/testing'
import { describe, expect, it } from 'vitest'
import { minimal } from '../../src/encode.js'
import { outcome } from '../support/codes.js'
import { answersOf, fieldsOf } from './answers.js'
import { type Secrets, secretsOf, wantedOf, type Zero } from './handshakes.js'
import { thinbus } from './peer-thinbus.js'
import * as peers from './peers.js'

type Peer = peers.Peer
const FEW = ['none', 'A', 'S'] as const

/** `zeros` are few where the package needs seconds for one handshake; known-answers.json has them all. */
const CASES: readonly { peer: Peer; zeros: readonly Zero[] }[] = [
  { peer: peers.secureRemotePassword, zeros: wantedOf(peers.secureRemotePassword.suite) },
  { peer: peers.hapFastSrp, zeros: wantedOf(peers.hapFastSrp.suite) },
  { peer: peers.nodeSrpSha1, zeros: wantedOf(peers.nodeSrpSha1.suite) },
  { peer: peers.nodeSrp, zeros: wantedOf(peers.nodeSrp.suite) },
  { peer: peers.jsrpSha1, zeros: wantedOf(peers.jsrpSha1.suite) },
  { peer: peers.jsrp, zeros: FEW },
  { peer: peers.tssrp6a, zeros: wantedOf(peers.tssrp6a.suite) },
  { peer: thinbus, zeros: wantedOf(thinbus.suite) },
]

const integer = (bytes: Uint8Array) => peers.hex(minimal(bytes, 0))

/** Our client at the package's server, which has the package's own verifier. */
async function ourClient(peer: Peer, { username, password, salt, a, b }: Secrets) {
  const verifier = await peer.verifier({ username, password, salt })
  const server = await peer.server({ username, salt, verifier, b })
  const client = startClientWithKey(peer.suite, a)
  const { clientProof: proof, confirm } = client.answer({ username, password, salt, serverPublicKey: server.B })
  const reply = await server.check(client.clientPublicKey, proof)
  if (!reply) throw new Error('their server refuses our client')
  const { sessionKey: K } = confirm({ serverProof: reply.M2 })
  expect(integer(K)).toBe(integer(reply.K))
  return fieldsOf({ v: verifier, B: server.B, K, M1: proof, M2: reply.M2 })
}

/** The package's client at our server. */
async function ourServer(peer: Peer, { username, password, salt, a, b }: Secrets) {
  const { verifier } = enrollWithSalt(peer.suite, { username, password }, salt)
  const server = startServerWithKey(peer.suite, { username, salt, verifier }, b)
  const client = await peer.client({ username, password, salt, a, B: server.serverPublicKey })
  const reply = server.verify({ clientPublicKey: client.A, clientProof: client.M1 })
  expect(await client.accepts(reply.serverProof)).toBe(true)
  expect(await client.accepts(reply.serverProof.map((byte, i) => (i === 3 ? byte ^ 1 : byte)))).toBe(false)
  expect(integer(reply.sessionKey)).toBe(integer(client.K))
  return fieldsOf({ v: verifier, B: server.serverPublicKey, K: reply.sessionKey, M1: client.M1, M2: reply.serverProof })
}

describe.each(CASES.map(({ peer, zeros }) => ({ peer, zeros, name: `${peer.suite.name} and ${peer.name}` })))(
  '$name',
  ({ peer, zeros }) => {
    const { handshakes } = answersOf(peer.suite)
    const chosen = handshakes.filter(({ zero }) => zeros.includes(zero))

    it('every handshake asked for is there', () => {
      expect(chosen.map(({ zero }) => zero)).toEqual(zeros)
    })

    it.each(chosen)('zero in $zero: our client, its server', async ({ zero: _, seed, ...known }) => {
      expect(await ourClient(peer, secretsOf(seed))).toEqual(known)
    })

    it.each(chosen)('zero in $zero: its client, our server', async ({ zero: _, seed, ...known }) => {
      expect(await ourServer(peer, secretsOf(seed))).toEqual(known)
    })

    it('a verifier that the package made lets its user in here, and no one else', async () => {
      const { username, password, salt } = secretsOf({ a: 7, b: 7, salt: 7, password: 7 })
      const verifier = await peer.verifier({ username, password, salt })
      for (const typed of [password, `${password} `]) {
        const server = startServer(peer.suite, { username, salt, verifier })
        const client = startClient(peer.suite)
        const answer = client.answer({ username, password: typed, salt, serverPublicKey: server.serverPublicKey })
        const verify = () => server.verify({ clientPublicKey: client.clientPublicKey, clientProof: answer.clientProof })
        if (typed === password) expect(answer.confirm(verify()).sessionKey.length).toBeGreaterThanOrEqual(20)
        else expect(outcome(verify)).toBe('wrong-proof')
      }
    })

    it('a wrong password is refused by both', async () => {
      const { username, password, salt, a, b } = secretsOf({ a: 8, b: 8, salt: 8, password: 8 })
      const { verifier } = enrollWithSalt(peer.suite, { username, password }, salt)
      const ours = startServerWithKey(peer.suite, { username, salt, verifier }, b)
      const theirClient = await peer.client({ username, password: 'wrong', salt, a, B: ours.serverPublicKey })
      const verify = () => ours.verify({ clientPublicKey: theirClient.A, clientProof: theirClient.M1 })
      expect(outcome(verify)).toBe('wrong-proof')

      const theirs = await peer.server({ username, salt, verifier, b })
      const client = startClientWithKey(peer.suite, a)
      const { clientProof: proof } = client.answer({ username, password: 'wrong', salt, serverPublicKey: theirs.B })
      expect(await theirs.check(client.clientPublicKey, proof)).toBeUndefined()
    })
  },
)
