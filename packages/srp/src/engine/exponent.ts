// Exponents stay byte arrays: plain numbers below 2^24 take the same time whatever their value, and arrays can be wiped.
import type { Bytes } from '../bytes.js'

/** `width` bits of a big-endian number, the lowest of them at `position`; bits beyond the number are 0. */
export function bitsAt(exponent: Bytes, position: number, width: number): number {
  const byte = exponent.length - 1 - (position >> 3)
  const pair = (byte > 0 ? (exponent[byte - 1] as number) << 8 : 0) | (byte >= 0 ? (exponent[byte] as number) : 0)
  return (pair >> (position & 7)) & ((1 << width) - 1)
}

/** `a + u·x`, in a number of bytes that depends on the lengths of a, u and x only. */
export function multiplyAdd(a: Bytes, u: Bytes, x: Bytes): Bytes {
  // (2^p - 1)(2^q - 1) + (2^r - 1) < 2^(p + q) as long as r is at most p or q.
  const length = Math.max(u.length + x.length, a.length) + Number(a.length > Math.max(u.length, x.length))
  const sum = new Uint8Array(length)
  sum.set(a, length - a.length)
  for (let i = 0; i < u.length; i++) {
    const factor = u[u.length - 1 - i] as number
    let carry = 0
    for (let j = 0; i + j < length; j++) {
      const at = length - 1 - i - j
      const digit = j < x.length ? (x[x.length - 1 - j] as number) : 0
      carry += (sum[at] as number) + factor * digit
      sum[at] = carry
      carry >>= 8
    }
  }
  return sum
}
