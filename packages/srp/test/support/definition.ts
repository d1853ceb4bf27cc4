// A suite of a caller's own, and whether a user of it gets in.
import { sha256 } from '@noble/hashes/sha2.js'
import { enroll, groups, padded, raw, type Suite, type SuiteDefinition, startClient, startServer } from '@srp6a/srp'
import { outcome } from './codes.js'

export const definition: SuiteDefinition = {
  name: 'mine',
  group: groups.rfc5054_1024,
  hash: sha256,
  k: [
    ['N', padded],
    ['g', padded],
  ],
  u: [
    ['A', padded],
    ['B', padded],
  ],
  x: [['s', raw], { hash: [['I', raw], { text: ':' }, ['P', raw]] }],
  K: [['S', padded]],
  M1: [
    ['A', padded],
    ['B', padded],
    ['K', raw],
  ],
  M2: [
    ['A', padded],
    ['M1', raw],
    ['K', raw],
  ],
}

/** True if a user of the suite gets in. */
export async function signIn(suite: Suite | Suite<Promise<Uint8Array>>, typed = 'secret'): Promise<string> {
  const of = suite as Suite<Promise<Uint8Array>>
  const { salt, verifier } = await enroll(of, { username: 'ada', password: 'secret' })
  const server = startServer(of, { username: 'ada', salt, verifier })
  const client = startClient(of)
  const hello = { username: 'ada', password: typed, salt, serverPublicKey: server.serverPublicKey }
  const { clientProof: proof, confirm } = await client.answer(hello)
  return outcome(() => confirm(server.verify({ clientPublicKey: client.clientPublicKey, clientProof: proof })))
}
