// Our client and server, with SHA-256 and both proofs, on each group of RFC 5054.
import { sha256 } from '@noble/hashes/sha2.js'
import { type Engine, type Enrollment, enroll, groups, startClient, startServer, suites } from '@srp6a/srp'
import type { Credentials, Enrolled, GeneralContender, Handshake } from './contender.js'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

export function load(bits: number, engine?: Engine): GeneralContender {
  const group = Object.values(groups).find(({ modulus }) => 8 * modulus.length === bits)
  if (group === undefined) throw new RangeError(`RFC 5054 has no group of ${bits} bits`)
  const suite = suites.rfc5054With(group, sha256)
  const options = engine === undefined ? {} : { engine }
  return {
    async enroll(credentials: Credentials): Promise<Enrolled> {
      return { credentials, record: enroll(suite, credentials, options) }
    },
    async handshake({ credentials, record }: Enrolled, password: string): Promise<Handshake> {
      const { salt, verifier } = record as Enrollment
      const { username } = credentials
      const client = startClient(suite, options)
      const server = startServer(suite, { username, salt, verifier }, options)
      const answer = client.answer({ username, password, salt, serverPublicKey: server.publicKey })
      const there = server.verify({ clientPublicKey: client.publicKey, clientProof: answer.proof })
      return { clientKey: hex(answer.confirm(there.serverProof)), serverKey: hex(there.sessionKey) }
    },
  }
}
