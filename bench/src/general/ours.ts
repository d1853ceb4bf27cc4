// Our client and server, with SHA-256 and both proofs, on each group of RFC 5054.
import { sha256 } from '@noble/hashes/sha2.js'
import {
  type Engine,
  enroll,
  groups,
  type ServerRecord,
  type SrpServer,
  startClient,
  startServer,
  suites,
} from '@srp6a/srp'
import type { Credentials, Enrolled, GeneralContender, Handshake } from './contender.js'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

export function load(bits: number, engine?: Engine): GeneralContender {
  const group = Object.values(groups).find(({ name }) => name === `rfc5054-${bits}`)
  if (group === undefined) throw new RangeError(`RFC 5054 has no group of ${bits} bits`)
  const suite = suites.rfc5054With(group, sha256)
  const options = engine === undefined ? {} : { engine }
  const startFor = ({ record }: Enrolled): SrpServer => {
    return startServer(suite, record as ServerRecord, options)
  }
  return {
    async enroll(credentials: Credentials): Promise<Enrolled> {
      return { credentials, record: enroll(suite, credentials, options) }
    },
    async handshake(enrolled: Enrolled, password: string): Promise<Handshake> {
      const { username } = enrolled.credentials
      const client = startClient(suite, options)
      const server = startFor(enrolled)
      const answer = client.answer({ username, password, ...server })
      const there = server.verify(answer)
      return { clientKey: hex(answer.confirm(there).sessionKey), serverKey: hex(there.sessionKey) }
    },
    server: {
      start: startFor,
      async prepare(enrolled, password) {
        const { username } = enrolled.credentials
        const client = startClient(suite, options)
        const server = startFor(enrolled)
        const answer = client.answer({ username, password, ...server })
        return () => server.verify(answer)
      },
    },
  }
}
