// Cognito's SRP once more, as plainly as it can be written: BigInt with `%`, and node:crypto for the hashes. It shares
// no line with the library, so that it can say of every contender whether what it sent is right.
import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { N3072 } from '../primes.js'

/** Cognito's modulus; it uses it with g = 2. */
export const N: bigint = N3072
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
