// With the 2048-bit constants of its README: any other group needs a k computed with its Java tool.
import { requireUntyped } from '../../packages.js'
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

const N_2048 = BigInt(
  `0x${[
    'AC6BDB41324A9A9BF166DE5E1389582FAF72B6651987EE07FC3192943DB56050A37329CBB4A099ED8193E0757767A13D',
    'D52312AB4B03310DCD7F48A9DA04FD50E8083969EDB767B0CF6095179A163AB3661A05FBD5FAAAE82918A9962F0B93B8',
    '55F97993EC975EEAA80D740ADBF4FF747359D041D5C33EA71D281E446B14773BCA97B43A23FB801676BD207A436C6481',
    'F1D2B9078717461A5B9D32E688F87748544523B524B0D57D5EA77A2775D2ECFA032CFBDBF52FB3786160279004E57AE6',
    'AF874E7303CE53299CCC041C7BC308D82A5698F3A8D0C38271AE35F8E9DBFBB694B5C803D89F7AE435DE236D525F5475',
    '9B65E372FCD68EF20FA7111F9E4AFF73',
  ].join('')}`,
)
const CONSTANTS = [
  N_2048.toString(10),
  '2',
  '5b9e8ef059c6b32ea59fc1d322d37f04aa30bae5aa9003b8321e21ddb04e300',
] as const

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
