// The service's side of a challenge, by the plain formulas that the vectors are made with. They share no line with the
// library, so that they can say of every contender whether its claim is right.
import {
  computeKey,
  computeSignature,
  computeU,
  computeX,
  g,
  identityHash,
  k,
  modpow,
  N,
} from 'srp6a-vectors/generate/reference.js'

export interface Identity {
  /** The pool's name for a user, the device group key for a device. */
  scope: string
  userId: string
  password: string
}

export const privateKey = ({ scope, userId, password }: Identity, salt: bigint): bigint =>
  computeX(salt, identityHash(scope, userId, password))

export interface ServerSide extends Identity {
  verifier: bigint
  /** The server's secret exponent. */
  b: bigint
  B: bigint
  /** Base64. */
  secretBlock: string
}

export const serverPublicKey = (verifier: bigint, b: bigint): bigint => (k * verifier + modpow(g, b, N)) % N

/** The signature that the service would accept, from the server's side: S = (A v^u)^b. */
export function expectedSignature(server: ServerSide, srpA: string, timestamp: string): string {
  const A = BigInt(`0x${srpA}`)
  const u = computeU(A, server.B)
  const S = modpow(A * modpow(server.verifier, u, N), server.b, N)
  return computeSignature(computeKey(S, u), server.scope, server.userId, server.secretBlock, timestamp)
}
