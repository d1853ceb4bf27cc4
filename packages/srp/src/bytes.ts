import { SrpError } from './errors.js'

/** Binary data; integers are big-endian and unsigned. */
export type Bytes = Uint8Array

/** Whether it is a Uint8Array, of this realm or another: jsdom and iframes have constructors of their own. */
export function isBytes(value: unknown): value is Bytes {
  return ArrayBuffer.isView(value) && (value as Bytes)[Symbol.toStringTag] === 'Uint8Array'
}

/** @throws TypeError unless `value` is an object */
export function assertObject(value: unknown, name: string): void {
  if (Object(value) !== value) throw new TypeError(`${name} must be an object`)
}

/** @throws TypeError unless `value` is a Uint8Array */
export function assertBytes(value: unknown, name: string): asserts value is Bytes {
  if (!isBytes(value)) throw new TypeError(`${name} must be a Uint8Array`)
}

/**
 * A name or a password: 65,536 is far above any real one, low enough to stay quick.
 *
 * @param least the least length, in UTF-16 units
 * @throws TypeError unless `value` is a string
 * @throws RangeError unless its length is between the two
 */
export function assertText(value: unknown, name: string, least = 0): asserts value is string {
  if (typeof value !== 'string') throw new TypeError(`${name} must be a string`)
  if (!(value.length >= least && value.length <= 65_536)) {
    throw new RangeError(`${name} must have ${least} to 65536 characters`)
  }
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
  return a.reduce((difference, byte, i) => difference | (byte ^ (b[i] as number)), 0) === 0
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
  // With the u flag a pair is one character, so that only those without a partner match.
  const whole = text.replace(/[\ud800-\udfff]/gu, '\ufffd')
  // One character a byte: `unescape` is old, and in every engine.
  return Uint8Array.from(unescape(encodeURIComponent(whole)), (char) => char.charCodeAt(0))
}

/** Lower-case hex, two digits a byte. */
export function toHex(bytes: Bytes): string {
  return Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join('')
}

function assertEncoded(text: unknown, name: string, maxLength: number, pattern: RegExp): asserts text is string {
  // The length goes first: what is too long is refused before anything looks at it.
  if (typeof text === 'string' && text.length > maxLength) throw new SrpError('too-large', `${name} is too long`)
  if (typeof text !== 'string' || !pattern.test(text)) {
    throw new SrpError('invalid-encoding', `${name} is missing or not encoded as it must be`)
  }
}

/**
 * Hex of either case and of odd length (a leading zero is implied), as `BigInteger.toString(16)` writes it.
 *
 * @throws SrpError `invalid-encoding` if it is no string, empty, or not hex; `too-large` above `maxBytes` bytes
 */
export function fromHex(hex: unknown, name: string, maxBytes: number): Bytes {
  assertEncoded(hex, name, 2 * maxBytes, /^[0-9a-f]+$/i)
  const even = hex.length % 2 ? `0${hex}` : hex
  return Uint8Array.from(even.match(/../g) as string[], (digits) => Number.parseInt(digits, 16))
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Standard base64, padded (RFC 4648, section 4). */
export function toBase64(bytes: Bytes): string {
  let text = ''
  for (let bit = 0; bit >> 3 < bytes.length; bit += 6) {
    // What is after the last byte counts as 0.
    text += BASE64[((((bytes[bit >> 3] as number) << 8) | (bytes[(bit >> 3) + 1] as number)) >> (10 - (bit & 7))) & 63]
  }
  while (text.length % 4) text += '='
  return text
}

/**
 * Base64 in the standard or the URL alphabet, padded or not; nothing else, white space included.
 *
 * @throws SrpError `invalid-encoding` if it is no string, empty, or not base64; `too-large` above `maxBytes` bytes
 */
export function fromBase64(text: unknown, name: string, maxBytes: number): Bytes {
  // One alphabet first, then the lengths: no digit can be matched in two ways, so the time is linear.
  const pattern = /^(?=[\w-]+=*$|[a-z\d+/]+=*$)([^=]{4})*([^=]{2}(==)?|[^=]{3}=?)?$/i
  assertEncoded(text, name, 4 * Math.ceil(maxBytes / 3), pattern)
  const bytes: number[] = []
  let held = 0
  let bits = 0
  for (const digit of text.replace(/=/g, '').replace(/-/g, '+').replace(/_/g, '/')) {
    // What overflows on the left was taken before; Uint8Array keeps eight bits of what it gets.
    held = (held << 6) | BASE64.indexOf(digit)
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes.push(held >> bits)
    }
  }
  return Uint8Array.from(bytes)
}
