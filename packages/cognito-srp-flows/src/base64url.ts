import { fromBase64, toBase64 } from '@srp6a/srp/cognito'
import { FlowError } from './errors.js'

/** Write bytes as base64url without padding (RFC 4648, section 5). */
export const toBase64url = (bytes: Uint8Array): string =>
  toBase64(Uint8Array.from(bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')

/** Read base64url; any other text, base64 of the standard alphabet too, is a FlowError that names the field. */
export function fromBase64url(text: string, name: string): Uint8Array<ArrayBuffer> {
  try {
    if (!/[+/]/.test(text)) return fromBase64(text) as Uint8Array<ArrayBuffer>
  } catch {
    // Said below, for the field.
  }
  throw new FlowError('bad-reply', `${name} is not base64url`)
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
