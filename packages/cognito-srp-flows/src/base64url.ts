import { FlowError } from './errors.js'

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** `value` in digits of `to` bits, from digits of `from` bits; bits that fill no digit are dropped or padded with zeros. */
function regroup(digits: Iterable<number>, from: number, to: number, pad: boolean): number[] {
  const out: number[] = []
  let buffer = 0
  let bits = 0
  for (const digit of digits) {
    buffer = ((buffer << from) | digit) & 0xffff
    for (bits += from; bits >= to; ) {
      bits -= to
      out.push((buffer >> bits) & ((1 << to) - 1))
    }
  }
  if (pad && bits) out.push((buffer << (to - bits)) & ((1 << to) - 1))
  return out
}

/** Bytes as base64url without padding (RFC 4648, section 5). */
export const toBase64url = (bytes: Uint8Array): string =>
  regroup(bytes, 8, 6, true)
    .map((digit) => DIGITS[digit])
    .join('')

/** The bytes of base64url; any other text is a FlowError that names the field. */
export function fromBase64url(text: string, name: string): Uint8Array {
  const digits = Array.from(text.replace(/={1,2}$/, ''), (character) => DIGITS.indexOf(character))
  if (digits.includes(-1) || digits.length % 4 === 1) throw new FlowError('bad-reply', `${name} is not base64url`)
  return Uint8Array.from(regroup(digits, 6, 8, false))
}

/**
 * Return bytes as base64url, or a text as it is.
 *
 * @param value - An ArrayBuffer of this realm or another, a view of one, or a text that is base64url already.
 * @returns The text; undefined for anything else.
 */
export function base64urlOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  const { buffer, byteOffset, byteLength } = (value ?? {}) as Partial<Uint8Array>
  if (byteLength === undefined) return undefined
  return toBase64url(new Uint8Array((buffer ?? value) as ArrayBuffer, byteOffset, byteLength))
}
