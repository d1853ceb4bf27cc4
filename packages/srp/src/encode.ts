// How an integer becomes bytes before it is hashed. Every dialect of SRP picks one of these for each value, and picking
// the wrong one fails one login in 256 or 512, when a value happens to begin with a zero byte or with its top bit set.
import { type Bytes, concat, toHex, utf8 } from './bytes.js'
import { SrpError } from './errors.js'

/**
 * | encoder | bytes of the integer |
 * | --- | --- |
 * | `bytes` | as they are: for salts, names and digests, which are not integers |
 * | `minimal` | without leading zeros; zero is `00` |
 * | `padded` | with leading zeros to the length of N (RFC 5054's PAD) |
 * | `signed` | minimal two's complement as Java's `BigInteger.toByteArray()`: `00` in front if the top bit is set |
 * | `hex` | the ASCII bytes of its lower-case hex digits without leading zeros |
 */
export type Encoder = 'bytes' | 'minimal' | 'padded' | 'signed' | 'hex'

export function encodeMinimal(integer: Bytes): Bytes {
  let start = 0
  while (start < integer.length - 1 && integer[start] === 0) start++
  return integer.length === 0 ? new Uint8Array(1) : integer.subarray(start)
}

/** @throws SrpError `too-large` if the integer has more than `length` bytes */
export function encodePadded(integer: Bytes, length: number): Bytes {
  const minimal = encodeMinimal(integer)
  if (minimal.length > length) throw new SrpError('too-large', `The integer is longer than ${length} bytes`)
  const padded = new Uint8Array(length)
  padded.set(minimal, length - minimal.length)
  return padded
}

export function encodeSigned(integer: Bytes): Bytes {
  const minimal = encodeMinimal(integer)
  return (minimal[0] ?? 0) < 0x80 ? minimal : concat(new Uint8Array(1), minimal)
}

/** Two's complement of minus the integer, as `BigInteger.toByteArray()` of a negative number. */
export function encodeSignedNegative(integer: Bytes): Bytes {
  const complement = encodeSigned(integer).map((byte) => ~byte)
  for (let i = complement.length - 1; i >= 0; i--) {
    const byte = ((complement[i] ?? 0) + 1) & 0xff
    complement[i] = byte
    if (byte !== 0) break
  }
  // −0x80 is `80`, not `ff80`: a leading ff before a set bit says nothing.
  let start = 0
  while (start < complement.length - 1 && complement[start] === 0xff && (complement[start + 1] ?? 0) >= 0x80) start++
  return complement.subarray(start)
}

export function encodeHexText(integer: Bytes): Bytes {
  const digits = toHex(encodeMinimal(integer))
  return utf8(digits.length > 1 && digits.startsWith('0') ? digits.slice(1) : digits)
}

/** @param modulusLength the length of N in bytes, for `padded` */
export function encode(value: Bytes, encoder: Encoder, modulusLength: number): Bytes {
  switch (encoder) {
    case 'bytes':
      return value
    case 'minimal':
      return encodeMinimal(value)
    case 'padded':
      return encodePadded(value, modulusLength)
    case 'signed':
      return encodeSigned(value)
    case 'hex':
      return encodeHexText(value)
  }
}
