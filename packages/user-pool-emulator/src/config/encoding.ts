// Bytes to and from the texts that travel, on Web globals alone.
import { base64url } from 'jose'

export type Bytes = Uint8Array
export type RandomSource = (length: number) => Bytes

/** The default source of random bytes. */
export const cryptoRandom: RandomSource = (length) => crypto.getRandomValues(new Uint8Array(length))

/** UTF-8; a lone surrogate becomes U+FFFD. */
export const utf8 = (text: string): Bytes => new TextEncoder().encode(text)

/** Standard base64, padded. */
export function toBase64(bytes: Bytes): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** undefined when the text is not standard base64 */
export function fromBase64(text: string): Bytes | undefined {
  try {
    const binary = atob(text)
    return Uint8Array.from(binary, (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

/** base64url, unpadded. */
export const toBase64Url = (bytes: Bytes): string => base64url.encode(bytes)

/** Hex as BigInteger.toString(16) writes it: no leading zeros, so odd lengths occur. */
export function toShortHex(bytes: Bytes): string {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex.replace(/^0+(?=.)/, '')
}

/** RFC 9562 version 4 from 16 bytes. */
export function toUuid(bytes: Bytes): string {
  const b = Uint8Array.from(bytes)
  b[6] = ((b[6] ?? 0) & 0x0f) | 0x40
  b[8] = ((b[8] ?? 0) & 0x3f) | 0x80
  let hex = ''
  for (const byte of b) hex += byte.toString(16).padStart(2, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** `length` characters of A-Z a-z 0-9, for identifiers (their slight bias does not matter there). */
export function identifier(random: RandomSource, length: number): string {
  return Array.from(random(length), (byte) => ALPHANUMERIC.charAt(byte % ALPHANUMERIC.length)).join('')
}

/** `length` decimal digits, at most nine. */
export function digits(random: RandomSource, length: number): string {
  const [a = 0, b = 0, c = 0, d = 0] = random(4)
  return String((((a << 24) | (b << 16) | (c << 8) | d) >>> 0) % 10 ** length).padStart(length, '0')
}

/** Compares in a time that depends on the length of the first text only. */
export function sameText(expected: string, given: string): boolean {
  let difference = expected.length ^ given.length
  for (let i = 0; i < expected.length; i++) difference |= expected.charCodeAt(i) ^ (given.charCodeAt(i) || 0)
  return difference === 0
}
