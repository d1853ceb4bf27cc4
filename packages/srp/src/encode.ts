// Encoders: the ways in which an integer becomes bytes before it is hashed. Every suite of SRP picks one of these for each
// value, and picking the wrong one fails one login in 256 or 512, when a value happens to begin with a zero byte or with its top bit set.
import { assertBytes, type Bytes, concat, utf8 } from './bytes.js'
import { encodeHex } from './codec.js'
import { SrpError } from './errors.js'

/**
 * A function that writes a big-endian unsigned integer as the bytes to be hashed. What it returns is overwritten after
 * use unless it shares the memory of the integer: return an array of its own each time.
 *
 * @param integer big-endian
 * @param modulusLength the length of N in bytes
 */
export type Encoder = (integer: Bytes, modulusLength: number) => Bytes

/** Bytes; none of what is hashed is nearly as long, and a peer's zeros are not counted without an end. */
const LONGEST = 65_535

/**
 * Write bytes as they are: for salts, names and digests, which are not integers and keep their leading zeros.
 *
 * @throws TypeError unless they are bytes
 */
export const raw: Encoder = (bytes) => {
  assertBytes(bytes, 'bytes')
  return bytes
}

/**
 * Write an integer without leading zeros; zero is `00`.
 *
 * @throws TypeError unless it is bytes, as the other encoders do; SrpError `too-large` above 65,535 bytes
 */
export const minimal: Encoder = (integer) => {
  assertBytes(integer, 'integer')
  if (integer.length > LONGEST) throw new SrpError('too-large', `integer: longer than ${LONGEST} bytes`)
  return withoutZeros(integer)
}

/** Drop leading zeros of an integer that is known to be bytes; zero is `00`. Shares memory with it. */
export function withoutZeros(integer: Bytes): Bytes {
  const start = integer.findIndex((byte) => byte > 0)
  return start < 0 ? new Uint8Array(1) : integer.subarray(start)
}

/**
 * Write an integer with leading zeros to the length of N: RFC 5054's PAD.
 *
 * @throws SrpError `too-large` if the integer is longer than that
 * @throws RangeError unless `modulusLength` is a whole number from 1 to 65,535
 */
export const padded: Encoder = (integer, modulusLength) => {
  if (!(Number.isInteger(modulusLength) && modulusLength > 0 && modulusLength <= LONGEST)) {
    throw new RangeError(`modulusLength: expected a whole number from 1 to ${LONGEST}`)
  }
  const digits = minimal(integer, modulusLength)
  if (digits.length > modulusLength) throw new SrpError('too-large', `integer: longer than ${modulusLength} bytes`)
  return concat(new Uint8Array(modulusLength - digits.length), digits)
}

/** Write an integer as minimal two's complement, as Java's `BigInteger.toByteArray()`: `00` in front if the top bit is set. */
export const signed: Encoder = (integer) => twosComplement(minimal(integer, 0))

/** Write an integer that is known to be bytes as `signed` does. */
export function twosComplement(integer: Bytes): Bytes {
  const digits = withoutZeros(integer)
  return digits.findIndex((byte) => byte > 127) === 0 ? concat(new Uint8Array(1), digits) : digits
}

/** Write the ASCII bytes of an integer's lower-case hex digits, without leading zeros. */
export const hexText: Encoder = (integer) => utf8(encodeHex(minimal(integer, 0)).replace(/^0(?=.)/, ''))

/** Write minus an integer that is known to be bytes, as `BigInteger.toByteArray()` of a negative number. */
export function negativeTwosComplement(integer: Bytes): Bytes {
  // −n is ~(n − 1), and the complement of a minimal encoding is minimal. What borrows has been a zero.
  const less = Uint8Array.from(integer)
  let at = less.length
  while (at > 0) if ((less[--at] as number)-- > 0) return twosComplement(less).map((byte) => ~byte)
  return new Uint8Array(1)
}
