// SRP-6a and the arithmetic once more, by the textbook and on plain BigInt: what the library is compared with.
import { createHash } from 'node:crypto'

export const toBig = (bytes: Uint8Array): bigint => BigInt(`0x0${Buffer.from(bytes).toString('hex')}`)

export const fromBig = (value: bigint, length: number): Uint8Array =>
  Uint8Array.from(Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex'))

export const sha256 = (...parts: Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return Uint8Array.from(hash.digest())
}

/** base^exponent mod n, square and multiply. */
export function power(base: bigint, exponent: bigint, n: bigint): bigint {
  let result = 1n
  let square = base % n
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % n
    square = (square * square) % n
  }
  return result
}
