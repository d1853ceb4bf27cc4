// With the 2048-bit constants of its README: any other group needs a k computed with its Java tool.
import { requireUntyped } from '../../packages.js'
import { N2048 } from '../../primes.js'
import type { Credentials, Enrolled, GeneralContender, Handshake } from '../contender.js'

interface Client {
  generateRandomSalt(): string
  generateVerifier(salt: string, username: string, password: string): string
  step1(username: string, password: string): void
  step2(salt: string, B: string): { A: string; M1: string }
  step3(M2: string): boolean
  getSessionKey(): string
}
interface Server {
  step1(username: string, salt: string, verifier: string): string
  step2(A: string, M1: string): string
  getSessionKey(): string
}
type Factory<T> = (N10: string, g10: string, k16: string) => new () => T

const CONSTANTS = [N2048.toString(10), '2', '5b9e8ef059c6b32ea59fc1d322d37f04aa30bae5aa9003b8321e21ddb04e300'] as const

export function load(): GeneralContender {
  const Client = requireUntyped<Factory<Client>>('thinbus-srp/client.js')(...CONSTANTS)
  const Server = requireUntyped<Factory<Server>>('thinbus-srp/server.js')(...CONSTANTS)
  return {
    async enroll(credentials: Credentials): Promise<Enrolled> {
      const client = new Client()
      const salt = client.generateRandomSalt()
      const verifier = client.generateVerifier(salt, credentials.username, credentials.password)
      return { credentials, record: { salt, verifier } }
    },
    async handshake({ credentials, record }: Enrolled, password: string): Promise<Handshake> {
      const { salt, verifier } = record as { salt: string; verifier: string }
      const client = new Client()
      const server = new Server()
      client.step1(credentials.username, password)
      const { A, M1 } = client.step2(salt, server.step1(credentials.username, salt, verifier))
      if (client.step3(server.step2(A, M1)) !== true) throw new Error('the server proof was refused')
      return { clientKey: client.getSessionKey(), serverKey: server.getSessionKey() }
    },
  }
}
