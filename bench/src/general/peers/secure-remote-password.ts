import { requireUntyped } from '../../packages.js'
import type { Credentials, Enrolled, GeneralContender, Handshake } from '../contender.js'

interface Pair {
  secret: string
  public: string
}
interface Session {
  key: string
  proof: string
}
interface Client {
  generateSalt(): string
  derivePrivateKey(salt: string, username: string, password: string): string
  deriveVerifier(privateKey: string): string
  generateEphemeral(): Pair
  deriveSession(secret: string, serverPublic: string, salt: string, username: string, privateKey: string): Session
  verifySession(clientPublic: string, session: Session, serverProof: string): void
}
interface Server {
  generateEphemeral(verifier: string): Pair
  deriveSession(
    secret: string,
    clientPublic: string,
    salt: string,
    username: string,
    verifier: string,
    clientProof: string,
  ): Session
}

export function load(): GeneralContender {
  const client = requireUntyped<Client>('secure-remote-password/client')
  const server = requireUntyped<Server>('secure-remote-password/server')
  return {
    async enroll(credentials: Credentials): Promise<Enrolled> {
      const salt = client.generateSalt()
      const privateKey = client.derivePrivateKey(salt, credentials.username, credentials.password)
      return { credentials, record: { salt, verifier: client.deriveVerifier(privateKey) } }
    },
    async handshake({ credentials, record }: Enrolled, password: string): Promise<Handshake> {
      const { salt, verifier } = record as { salt: string; verifier: string }
      const { username } = credentials
      const a = client.generateEphemeral()
      const b = server.generateEphemeral(verifier)
      const privateKey = client.derivePrivateKey(salt, username, password)
      const here = client.deriveSession(a.secret, b.public, salt, username, privateKey)
      const there = server.deriveSession(b.secret, a.public, salt, username, verifier, here.proof)
      client.verifySession(a.public, here, there.proof)
      return { clientKey: here.key, serverKey: there.key }
    },
  }
}
