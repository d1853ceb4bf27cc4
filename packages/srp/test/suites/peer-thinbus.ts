// thinbus-srp behind the same interface as the other packages.
import { createRequire } from 'node:module'
import { suites } from '@srp6a/srp'
import { toBig } from '../support/reference.js'
import { hex, type Peer, unhex } from './peers.js'

interface ClientSession {
  fromHex(text: string): unknown
  randomA(): unknown
  generateVerifier(salt: string, username: string, password: string): string
  step1(username: string, password: string): void
  step2(salt: string, B: string): { readonly A: string; readonly M1: string }
  step3(M2: string): boolean
  getSessionKey(): string
}
interface ServerSession {
  fromHex(text: string): unknown
  randomB(): unknown
  step1(username: string, salt: string, verifier: string): string
  step2(A: string, M1: string): string
  getSessionKey(): string
}
type Factory<T> = (N: string, g: string, k: string) => new () => T
const require = createRequire(import.meta.url)
const { clientSessionFactory, serverSessionFactory } = require('thinbus-srp') as {
  clientSessionFactory: Factory<ClientSession>
  serverSessionFactory: Factory<ServerSession>
}
const { group } = suites.thinbus
/** The package's own test gives it this k: RFC 5054's for 2048 bits and SHA-256. */
const K_BASE16 = '5b9e8ef059c6b32ea59fc1d322d37f04aa30bae5aa9003b8321e21ddb04e300'
const parameters = [toBig(group.modulus).toString(), toBig(group.generator).toString(), K_BASE16] as const
const Client = clientSessionFactory(...parameters)
const Server = serverSessionFactory(...parameters)
/** As its own sides write them: integers without leading zeros. */
const integerHex = (bytes: Uint8Array): string => toBig(bytes).toString(16)

export const thinbus: Peer = {
  name: `thinbus-srp ${require('thinbus-srp/package.json').version}`,
  suite: suites.thinbus,
  verifier: async ({ username, password, salt }) => unhex(new Client().generateVerifier(hex(salt), username, password)),
  async client({ username, password, salt, a, B }) {
    const client = new Client()
    client.randomA = () => client.fromHex(hex(a))
    client.step1(username, password)
    const { A, M1 } = client.step2(hex(salt), integerHex(B))
    return {
      A: unhex(A),
      M1: unhex(M1),
      K: unhex(client.getSessionKey()),
      async accepts(M2) {
        try {
          return client.step3(integerHex(M2))
        } catch {
          return false
        }
      },
    }
  },
  async server({ username, salt, verifier, b }) {
    const server = new Server()
    server.randomB = () => server.fromHex(hex(b))
    const B = server.step1(username, hex(salt), hex(verifier))
    return {
      B: unhex(B),
      async check(A, M1) {
        try {
          const M2 = server.step2(integerHex(A), integerHex(M1))
          return { M2: unhex(M2), K: unhex(server.getSessionKey()) }
        } catch {
          return undefined
        }
      },
    }
  },
}
