// Cognito's SRP once more, as plainly as it can be written: BigInt with `%`, and node:crypto for the hashes. It shares
// no line with the library, so that it can say of every contender whether what it sent is right.
import { createHash, createHmac, hkdfSync } from 'node:crypto'

/** The 3072-bit prime of RFC 3526, section 4; Cognito uses it with g = 2. */
export const N: bigint = BigInt(
  `0x${[
    'FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD',
    'EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED',
    'EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F',
    '83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B',
    'E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510',
    '15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7',
    'ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C',
    'BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF',
  ].join('')}`,
)
export const g = 2n

export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let power = base % modulus
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * power) % modulus
    power = (power * power) % modulus
  }
  return result
}

/** Java's `BigInteger.toByteArray()` of a number that is not negative. */
export function enc(value: bigint): Buffer {
  const hex = value.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 1 ? `0${hex}` : hex, 'hex')
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes
}

function hash(...parts: Uint8Array[]): bigint {
  return BigInt(`0x${digest(...parts).toString('hex')}`)
}

function digest(...parts: Uint8Array[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest()
}

export const k: bigint = hash(enc(N), enc(g))

export interface Identity {
  /** The pool's name for a user, the device group key for a device. */
  scope: string
  userId: string
  password: string
}

export function privateKey(identity: Identity, salt: bigint): bigint {
  return hash(enc(salt), digest(Buffer.from(`${identity.scope}${identity.userId}:${identity.password}`, 'utf8')))
}

export interface ServerSide extends Identity {
  verifier: bigint
  /** The server's secret exponent. */
  b: bigint
  B: bigint
  secretBlock: Uint8Array
}

export function serverPublicKey(verifier: bigint, b: bigint): bigint {
  return (k * verifier + modPow(g, b, N)) % N
}

/** The signature which the service would accept, from the server's side: S = (A v^u)^b. */
export function expectedSignature(server: ServerSide, srpA: string, timestamp: string): string {
  const A = BigInt(`0x${srpA}`)
  const u = hash(enc(A), enc(server.B))
  const S = modPow(A * modPow(server.verifier, u, N), server.b, N)
  const key = Buffer.from(hkdfSync('sha256', enc(S), enc(u), 'Caldera Derived Key', 16))
  return createHmac('sha256', key)
    .update(`${server.scope}${server.userId}`, 'utf8')
    .update(server.secretBlock)
    .update(timestamp, 'utf8')
    .digest('base64')
}
