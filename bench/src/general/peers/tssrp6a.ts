import { createVerifierAndSalt, SRPClientSession, SRPParameters, SRPRoutines, SRPServerSession } from 'tssrp6a'
import type { Credentials, Enrolled, GeneralContender, Handshake } from '../contender.js'

export function load(bits: number): GeneralContender {
  const group = SRPParameters.PrimeGroup[bits]
  if (group === undefined) throw new RangeError(`tssrp6a has no group of ${bits} bits`)
  const routines = new SRPRoutines(new SRPParameters(group, SRPParameters.H.SHA256))
  return {
    async enroll(credentials: Credentials): Promise<Enrolled> {
      const record = await createVerifierAndSalt(routines, credentials.username, credentials.password)
      return { credentials, record }
    },
    async handshake({ credentials, record }: Enrolled, password: string): Promise<Handshake> {
      const { s: salt, v: verifier } = record as { s: bigint; v: bigint }
      const client = await new SRPClientSession(routines).step1(credentials.username, password)
      const server = await new SRPServerSession(routines).step1(credentials.username, salt, verifier)
      const answered = await client.step2(salt, server.B)
      const proof = await server.step2(answered.A, answered.M1)
      await answered.step3(proof)
      // The server's S is not kept by the library; that both proofs hold says that the two are equal.
      const key = answered.S.toString(16)
      return { clientKey: key, serverKey: key }
    },
    server: {
      start({ credentials, record }) {
        const { s: salt, v: verifier } = record as { s: bigint; v: bigint }
        return new SRPServerSession(routines).step1(credentials.username, salt, verifier)
      },
      async prepare({ credentials, record }, password) {
        const { s: salt, v: verifier } = record as { s: bigint; v: bigint }
        const client = await new SRPClientSession(routines).step1(credentials.username, password)
        const server = await new SRPServerSession(routines).step1(credentials.username, salt, verifier)
        const { A, M1 } = await client.step2(salt, server.B)
        return () => server.step2(A, M1)
      },
    },
  }
}
