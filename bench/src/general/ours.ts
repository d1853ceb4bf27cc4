// Our client and server, with SHA-256 and both proofs, on each group of RFC 5054.
import { sha256 } from '@noble/hashes/sha2.js'
import {
  type Engine,
  type Enrollment,
  enroll,
  groups,
  type SrpServer,
  startClient,
  startServer,
  suites,
} from '@srp6a/srp'
import type { Credentials, Enrolled, GeneralContender, Handshake } from './contender.js'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

export function load(bits: number, engine?: Engine): GeneralContender {
  const group = Object.values(groups).find(({ modulus }) => 8 * modulus.length === bits)
  if (group === undefined) throw new RangeError(`RFC 5054 has no group of ${bits} bits`)
  const suite = suites.rfc5054With(group, sha256)
  const options = engine === undefined ? {} : { engine }
  const startFor = ({ credentials, record }: Enrolled): SrpServer => {
    const { salt, verifier } = record as Enrollment
    return startServer(suite, { username: credentials.username, salt, verifier }, options)
  }
  return {
    async enroll(credentials: Credentials): Promise<Enrolled> {
      return { credentials, record: enroll(suite, credentials, options) }
    },
    async handshake(enrolled: Enrolled, password: string): Promise<Handshake> {
      const { salt } = enrolled.record as Enrollment
      const { username } = enrolled.credentials
      const client = startClient(suite, options)
      const server = startFor(enrolled)
      const answer = client.answer({ username, password, salt, serverPublicKey: server.serverPublicKey })
      const there = server.verify({ clientPublicKey: client.clientPublicKey, clientProof: answer.proof })
      return { clientKey: hex(answer.confirm(there.serverProof)), serverKey: hex(there.sessionKey) }
    },
    server: {
      start: startFor,
      async prepare(enrolled, password) {
        const { salt } = enrolled.record as Enrollment
        const { username } = enrolled.credentials
        const client = startClient(suite, options)
        const server = startFor(enrolled)
        const { proof } = client.answer({ username, password, salt, serverPublicKey: server.serverPublicKey })
        return () => server.verify({ clientPublicKey: client.clientPublicKey, clientProof: proof })
      },
    },
  }
}
