import type { SrpParams } from 'fast-srp-hap'
import { SRP, SrpClient, SrpServer } from 'fast-srp-hap'
import type { Credentials, Enrolled, GeneralContender, Handshake } from '../contender.js'

export function load(bits: number): GeneralContender {
  const params = (SRP.params as Record<string, SrpParams | undefined>)[String(bits)]
  if (params === undefined) throw new RangeError(`fast-srp-hap has no group of ${bits} bits`)
  return {
    async enroll(credentials: Credentials): Promise<Enrolled> {
      const salt = await SRP.genKey(32)
      const [name, password] = [Buffer.from(credentials.username), Buffer.from(credentials.password)]
      return { credentials, record: { salt, verifier: SRP.computeVerifier(params, salt, name, password) } }
    },
    async handshake({ credentials, record }: Enrolled, password: string): Promise<Handshake> {
      const { salt, verifier } = record as { salt: Buffer; verifier: Buffer }
      const name = Buffer.from(credentials.username)
      const client = new SrpClient(params, salt, name, Buffer.from(password), await SRP.genKey(32))
      const server = new SrpServer(params, { username: name, salt, verifier }, await SRP.genKey(32))
      server.setA(client.computeA())
      client.setB(server.computeB())
      server.checkM1(client.computeM1())
      client.checkM2(server.computeM2())
      return { clientKey: client.computeK().toString('hex'), serverKey: server.computeK().toString('hex') }
    },
    server: {
      async start({ credentials, record }) {
        const { salt, verifier } = record as { salt: Buffer; verifier: Buffer }
        const identity = { username: Buffer.from(credentials.username), salt, verifier }
        return new SrpServer(params, identity, await SRP.genKey(32)).computeB()
      },
      async prepare({ credentials, record }, password) {
        const { salt, verifier } = record as { salt: Buffer; verifier: Buffer }
        const username = Buffer.from(credentials.username)
        const client = new SrpClient(params, salt, username, Buffer.from(password), await SRP.genKey(32))
        const server = new SrpServer(params, { username, salt, verifier }, await SRP.genKey(32))
        client.setB(server.computeB())
        const [A, M1] = [client.computeA(), client.computeM1()]
        return () => {
          server.setA(A)
          server.checkM1(M1)
          return server.computeM2()
        }
      },
    },
  }
}
