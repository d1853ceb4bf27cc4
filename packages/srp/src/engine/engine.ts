import type { Bytes } from '../bytes.js'

/** The public numbers of a group: N and g, big-endian. */
export interface GroupParameters {
  /** N, a safe prime of 512 to 8192 bits, without leading zero bytes. */
  readonly modulus: Bytes
  /** g, a generator. */
  readonly generator: Bytes
}

/** Where the arithmetic is done. All engines give the same bytes; they differ in speed and in what they need. */
export interface Engine {
  readonly name: string
  /** The arithmetic of one group; what it precomputes is kept for as long as `parameters` live. */
  group(parameters: GroupParameters): GroupArithmetic
}

/**
 * What SRP-6a asks of a group (RFC 5054, section 2). Values go in and out as big-endian bytes; results have the length
 * of N. Exponents are secrets: the work depends on their length in bytes and on nothing else about them.
 */
export interface GroupArithmetic {
  /** `g^exponent mod N`: A and the verifier. */
  power(exponent: Bytes): Bytes
  /** Whether a public value is 0 modulo N. */
  isZeroVarTime(value: Bytes): boolean
  /** The client's `(B - k·g^x)^(a + u·x) mod N`. */
  clientSecret(values: {
    serverPublicKey: Bytes
    multiplier: Bytes
    scrambler: Bytes
    x: Bytes
    privateKey: Bytes
  }): Bytes
  /** The server's `B = k·v + g^b mod N`. */
  serverPublicKey(values: { multiplier: Bytes; verifier: Bytes; privateKey: Bytes }): Bytes
  /** The server's `(A·v^u)^b mod N`. */
  serverSecret(values: { clientPublicKey: Bytes; scrambler: Bytes; verifier: Bytes; privateKey: Bytes }): Bytes
}
