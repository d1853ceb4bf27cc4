// Bytes as text and back: hex and base64, without Buffer, atob and btoa.
import type { Bytes } from './bytes.js'
import { assertBytes } from './bytes.js'
import { SrpError } from './errors.js'

/** Bytes: a megabyte, and what sealing adds to it. Nothing of a handshake is nearly as long. */
const LONGEST = (1 << 20) + 64

function assertLength(bytes: unknown): asserts bytes is Bytes {
  assertBytes(bytes, 'bytes')
  if (bytes.length > LONGEST) throw new RangeError(`bytes: expected at most ${LONGEST} bytes`)
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * Write bytes as hex.
 *
 * @param bytes up to a megabyte
 * @returns lower-case hex, two digits a byte
 * @throws TypeError unless `bytes` is a Uint8Array
 * @throws RangeError above a megabyte
 * @example
 * toHex(Uint8Array.of(0, 255)) // '00ff'
 */
export function toHex(bytes: Bytes): string {
  assertLength(bytes)
  return encodeHex(bytes)
}

/** Write bytes of this package's own making as hex, unchecked. */
export function encodeHex(bytes: Bytes): string {
  return Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join('')
}

/**
 * Read hex. An odd number of digits has a leading zero implied, for `BigInteger.toString(16)` leaves it out.
 *
 * @param hex hex digits of either case, nothing else
 * @returns one byte for two digits; no bytes for an empty text
 * @throws TypeError unless `hex` is a string
 * @throws SrpError `invalid-encoding` if it is not hex; `too-large` above a megabyte
 * @example
 * fromHex('00ff') // Uint8Array [0, 255]
 */
export function fromHex(hex: string): Bytes {
  if (typeof hex !== 'string') throw new TypeError('hex: expected a string')
  return hex === '' ? new Uint8Array() : parseHex(hex, 'hex', LONGEST)
}

/**
 * Write bytes as base64: the standard alphabet, padded (RFC 4648, section 4).
 *
 * @param bytes up to a megabyte
 * @returns base64
 * @throws TypeError unless `bytes` is a Uint8Array
 * @throws RangeError above a megabyte
 * @example
 * toBase64(Uint8Array.of(0, 255)) // 'AP8='
 */
export function toBase64(bytes: Bytes): string {
  assertLength(bytes)
  return encodeBase64(bytes)
}

/** Write bytes of this package's own making as base64, unchecked. */
export function encodeBase64(bytes: Bytes): string {
  let text = ''
  // The lowest bits of `held` are those that make no whole digit yet; what is above them has been written.
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    for (bits += 8; bits >= 6; ) {
      bits -= 6
      text += BASE64[(held >> bits) & 63]
    }
  }
  if (bits > 0) text += BASE64[(held << (6 - bits)) & 63]
  return text + '='.repeat(-text.length & 3)
}

/**
 * Read base64, in the standard or the URL alphabet, padded or not. White space is not base64, nor is a text in both
 * alphabets.
 *
 * @param base64 base64 digits
 * @returns the bytes; none for an empty text
 * @throws TypeError unless `base64` is a string
 * @throws SrpError `invalid-encoding` if it is not base64; `too-large` above a megabyte
 * @example
 * fromBase64('AP8=') // Uint8Array [0, 255]
 */
export function fromBase64(base64: string): Bytes {
  if (typeof base64 !== 'string') throw new TypeError('base64: expected a string')
  return base64 === '' ? new Uint8Array() : parseBase64(base64, 'base64', LONGEST)
}

/** @throws SrpError `too-large` above `maxLength` characters; `invalid-encoding` unless `text` is a string that matches */
export function assertEncoded(text: unknown, name: string, maxLength: number, pattern: RegExp): asserts text is string {
  // The length goes first: what is too long is refused before anything looks at it.
  if (typeof text === 'string' && text.length > maxLength) throw new SrpError('too-large', `${name}: too long`)
  if (typeof text !== 'string' || !pattern.test(text)) {
    throw new SrpError('invalid-encoding', `${name}: missing or not encoded as it must be`)
  }
}

/**
 * Read hex of the other side, which is not empty.
 *
 * @param maxBytes the greatest length in bytes
 * @throws SrpError `invalid-encoding` if it is not a string, empty, or not hex; `too-large` above `maxBytes` bytes
 */
export function parseHex(hex: unknown, name: string, maxBytes: number): Bytes {
  assertEncoded(hex, name, 2 * maxBytes, /^[0-9a-f]+$/i)
  return decodeHex(hex.length % 2 ? `0${hex}` : hex)
}

/** Decode hex of this package's own making: two digits a byte, unchecked. */
export function decodeHex(hex: string): Bytes {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16))
}

/**
 * Read base64 of the other side, which is not empty.
 *
 * @param maxBytes the greatest length in bytes
 * @throws SrpError `invalid-encoding` if it is not a string, empty, or not base64; `too-large` above `maxBytes` bytes
 */
export function parseBase64(base64: unknown, name: string, maxBytes: number): Bytes {
  // One alphabet first, then the lengths: no digit can be matched in two ways, so the time is linear.
  const pattern = /^(?=[\w-]+=*$|[a-z\d+/]+=*$)([^=]{4})*([^=]{2}(==)?|[^=]{3}=?)?$/i
  assertEncoded(base64, name, 4 * Math.ceil(maxBytes / 3), pattern)
  const digits = base64.replace(/=/g, '').replace(/-/g, '+').replace(/_/g, '/')
  const bytes = new Uint8Array((digits.length * 3) >> 2)
  let length = 0
  // The lowest bits of `held` are those that make no whole byte yet.
  let held = 0
  let bits = 0
  for (const digit of digits) {
    held = (held << 6) | BASE64.indexOf(digit)
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[length++] = held >> bits
    }
  }
  return bytes
}
