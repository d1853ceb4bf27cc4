import type { Bytes } from '../bytes.js'

/** The public numbers of a group: N and g, big-endian. */
export interface GroupParameters {
  /** N, a safe prime of 512 to 8192 bits, without leading zero bytes; a copy each time. */
  readonly modulus: Bytes
  /** g, a generator; a copy each time. */
  readonly generator: Bytes
}

/** The arithmetic of SRP. All engines give the same bytes; they differ in speed and in what they need. */
export interface Engine {
  readonly name: string
  /** The arithmetic of one group; what it precomputes is kept for as long as `parameters` live. */
  group(parameters: GroupParameters): GroupArithmetic
}

/**
 * The operations of SRP-6a on a group (RFC 5054, section 2). Values go in and out as big-endian bytes; results have the length
 * of N. Exponents are secrets: the work depends on their length in bytes and on nothing else about them.
 * The symbols are those of the RFC: A and B the public keys, a and b the private ones, v the verifier, u the scrambler.
 */
export interface GroupArithmetic {
  /** `g^exponent mod N`: A and the verifier. */
  power(exponent: Bytes): Bytes
  /** Check if a public value is 0 modulo N. */
  isZeroVarTime(value: Bytes): boolean
  /** The client's `S = (B - k·g^x)^(a + u·x) mod N`. */
  clientSecret(values: { B: Bytes; k: Bytes; u: Bytes; x: Bytes; a: Bytes }): Bytes
  /** The server's `B = k·v + g^b mod N`. */
  serverPublicKey(values: { k: Bytes; v: Bytes; b: Bytes }): Bytes
  /** The server's `S = (A·v^u)^b mod N`. */
  serverSecret(values: { A: Bytes; u: Bytes; v: Bytes; b: Bytes }): Bytes
}
