import { requireUntyped } from '../../packages.js'
import type { Credentials, Enrolled, GeneralContender, Handshake } from '../contender.js'

interface Side {
  getPublicKey(): string
  getSharedKey(): string
  getProof(): string
}
interface Client extends Side {
  init(options: { username: string; password: string; length: number }, done: () => void): void
  createVerifier(done: (error: Error | null, record: { salt: string; verifier: string }) => void): void
  setSalt(salt: string): void
  setServerPublicKey(B: string): void
  checkServerProof(proof: string): boolean
}
interface Server extends Side {
  init(options: { salt: string; verifier: string; length: number }, done: () => void): void
  setClientPublicKey(A: string): void
  checkClientProof(proof: string): boolean
}

export function load(bits: number): GeneralContender {
  const jsrp = requireUntyped<{ client: new () => Client; server: new () => Server }>('jsrp')
  return {
    async enroll(credentials: Credentials): Promise<Enrolled> {
      const client = new jsrp.client()
      await new Promise<void>((done) => client.init({ ...credentials, length: bits }, done))
      const record = await new Promise((resolve, reject) => {
        client.createVerifier((error, created) => (error ? reject(error) : resolve(created)))
      })
      return { credentials, record }
    },
    async handshake({ credentials, record }: Enrolled, password: string): Promise<Handshake> {
      const { salt, verifier } = record as { salt: string; verifier: string }
      const client = new jsrp.client()
      const server = new jsrp.server()
      const { username } = credentials
      await new Promise<void>((done) => client.init({ username, password, length: bits }, done))
      await new Promise<void>((done) => server.init({ salt, verifier, length: bits }, done))
      server.setClientPublicKey(client.getPublicKey())
      client.setSalt(salt)
      client.setServerPublicKey(server.getPublicKey())
      if (!server.checkClientProof(client.getProof())) throw new Error('the client proof was refused')
      if (!client.checkServerProof(server.getProof())) throw new Error('the server proof was refused')
      return { clientKey: client.getSharedKey(), serverKey: server.getSharedKey() }
    },
  }
}
