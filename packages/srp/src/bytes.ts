import { SrpError } from './errors.js'

/** Binary data; integers are big-endian and unsigned. */
export type Bytes = Uint8Array

/** Longest text taken as a name or a password, in UTF-16 units: far above any real one, low enough to stay quick. */
const MAX_TEXT_LENGTH = 65_536

/** @throws TypeError unless `value` is a Uint8Array */
export function assertBytes(value: unknown, name: string): asserts value is Bytes {
  if (!(value instanceof Uint8Array)) throw new TypeError(`${name} must be a Uint8Array`)
}

/**
 * @throws TypeError unless `value` is a string
 * @throws RangeError if it is longer than 65,536 UTF-16 units
 */
export function assertText(value: unknown, name: string): asserts value is string {
  if (typeof value !== 'string') throw new TypeError(`${name} must be a string`)
  if (value.length > MAX_TEXT_LENGTH) throw new RangeError(`${name} is longer than ${MAX_TEXT_LENGTH} characters`)
}

export function concat(...parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/** Equality in a time that depends on the lengths only. */
export function equalBytes(a: Bytes, b: Bytes): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  // Both have this length, so neither fallback is ever taken.
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}

/** Overwrites secrets with zeros. Strings and BigInts made from them cannot be wiped: see SECURITY.md. */
export function wipe(...secrets: readonly Bytes[]): void {
  for (const secret of secrets) secret.fill(0)
}

/**
 * UTF-8 as TextEncoder writes it, without TextEncoder, which Hermes and QuickJS lack.
 * A lone surrogate becomes U+FFFD; nothing is normalised.
 */
export function utf8(text: string): Bytes {
  const out: number[] = []
  for (const character of text) {
    let point = character.codePointAt(0) ?? 0
    if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd
    if (point < 0x80) out.push(point)
    else if (point < 0x800) out.push(0xc0 | (point >> 6), 0x80 | (point & 63))
    else if (point < 0x10000) out.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63))
    else out.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63))
  }
  return Uint8Array.from(out)
}

/** Lower-case hex, two digits a byte. */
export function toHex(bytes: Bytes): string {
  let hex = ''
  for (const byte of bytes) hex += (byte < 16 ? '0' : '') + byte.toString(16)
  return hex
}

/**
 * Hex of either case and of odd length (a leading zero is implied), as `BigInteger.toString(16)` writes it.
 *
 * @throws SrpError `invalid-encoding` if it is no string, empty, or not hex; `too-large` above `maxBytes` bytes
 */
export function fromHex(hex: unknown, name: string, maxBytes: number): Bytes {
  if (typeof hex !== 'string' || hex === '') throw new SrpError('invalid-encoding', `${name} must be a hex string`)
  if (hex.length > 2 * maxBytes) throw new SrpError('too-large', `${name} is longer than ${maxBytes} bytes`)
  if (!/^[0-9a-f]+$/i.test(hex)) throw new SrpError('invalid-encoding', `${name} is not hexadecimal`)
  const even = hex.length % 2 === 0 ? hex : `0${hex}`
  const bytes = new Uint8Array(even.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(even.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Standard base64, padded (RFC 4648, section 4). */
export function toBase64(bytes: Bytes): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += BASE64.charAt(group >> 18) + BASE64.charAt((group >> 12) & 63)
    text += left > 1 ? BASE64.charAt((group >> 6) & 63) : '='
    text += left > 2 ? BASE64.charAt(group & 63) : '='
  }
  return text
}

/**
 * Base64 in the standard or the URL alphabet, padded or not; nothing else, white space included.
 *
 * @throws SrpError `invalid-encoding` if it is no string, empty, or not base64; `too-large` above `maxBytes` bytes
 */
export function fromBase64(text: unknown, name: string, maxBytes: number): Bytes {
  if (typeof text !== 'string' || text === '') throw new SrpError('invalid-encoding', `${name} must be a base64 string`)
  if (text.length > Math.ceil(maxBytes / 3) * 4)
    throw new SrpError('too-large', `${name} is longer than ${maxBytes} bytes`)
  const digits = text.replace(/={1,2}$/, '')
  const padded = digits.length !== text.length
  const alphabet = /^([A-Za-z0-9+/]+|[A-Za-z0-9_-]+)$/
  if (!alphabet.test(digits) || digits.length % 4 === 1 || (padded && text.length % 4 !== 0)) {
    throw new SrpError('invalid-encoding', `${name} is not base64`)
  }
  const bytes = new Uint8Array((digits.length * 3) >> 2)
  let bits = 0
  let held = 0
  let offset = 0
  for (const digit of digits.replace(/-/g, '+').replace(/_/g, '/')) {
    held = ((held << 6) | BASE64.indexOf(digit)) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[offset++] = held >> bits
    }
  }
  return bytes
}
