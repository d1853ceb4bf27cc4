import { SrpError } from './errors.js'

/** Binary data; integers are big-endian and unsigned. */
export type Bytes = Uint8Array

/**
 * Check that a value is a Uint8Array, of this realm or another: jsdom and iframes have constructors of their own.
 *
 * The tag is asked of the getter that every typed array inherits, so that no property of the value can answer for it.
 *
 * @param value anything
 */
export function isBytes(value: unknown): value is Bytes {
  const typedArray = Object.getPrototypeOf(Uint8Array.prototype)
  return Object.getOwnPropertyDescriptor(typedArray, Symbol.toStringTag)?.get?.call(value) === 'Uint8Array'
}

/**
 * Refuse what is not bytes.
 *
 * @param value anything
 * @param name the argument's name, for the message
 * @throws TypeError unless `value` is a Uint8Array
 */
export function assertBytes(value: unknown, name: string): asserts value is Bytes {
  if (!isBytes(value)) throw new TypeError(`${name}: expected a Uint8Array`)
}

/** Bytes; no value of a handshake is nearly as long. */
const LONGEST = 65_535

/**
 * Copy an argument's bytes. The copy is then checked and used: another thread can write into a SharedArrayBuffer between
 * two looks at it, and the caller can between two calls.
 *
 * @param value anything
 * @param name the argument's name, for the message
 * @param longest the greatest length in bytes; 65,535 if left out
 * @returns an array of its own, safe to wipe
 * @throws TypeError unless `value` is a Uint8Array whose buffer is attached
 * @throws SrpError `too-large` above the greatest length
 */
export function copyBytes(value: unknown, name: string, longest: number = LONGEST): Bytes {
  assertBytes(value, name)
  if (value.length > longest) throw new SrpError('too-large', `${name}: longer than ${longest} bytes`)
  let copy: Bytes
  try {
    // Not slice(): that of a Buffer shares its memory.
    copy = new Uint8Array(value)
  } catch {
    throw new TypeError(`${name}: expected a Uint8Array whose buffer is not detached`)
  }
  // A shared buffer can grow between the look at its length and the copy.
  if (copy.length > longest) throw new SrpError('too-large', `${name}: longer than ${longest} bytes`)
  return copy
}

/**
 * Copy bytes of the caller's own, whose length is the caller's mistake where it is wrong.
 *
 * @param value anything
 * @param name the argument's name, for the message
 * @param shortest the least length in bytes
 * @param longest the greatest length in bytes
 * @throws TypeError unless `value` is a Uint8Array whose buffer is attached
 * @throws RangeError unless its length is between the two
 */
export function copyOwnBytes(value: unknown, name: string, shortest: number, longest: number): Bytes {
  assertBytes(value, name)
  const expected = shortest === longest ? shortest : `${shortest} to ${longest}`
  const copy = value.length <= longest ? copyBytes(value, name, longest) : undefined
  if (!copy || copy.length < shortest) throw new RangeError(`${name}: expected ${expected} bytes`)
  return copy
}

/** Join byte arrays, in order, in an array of its own. */
export function concat(...parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/** Compare two byte arrays in a time that depends on their lengths only. */
export function equalBytes(a: Bytes, b: Bytes): boolean {
  if (a.length !== b.length) return false
  return a.reduce((difference, byte, i) => difference | (byte ^ (b[i] as number)), 0) === 0
}

/** Overwrite secrets with zeros. Strings and BigInts made from them cannot be wiped: see SECURITY.md. */
export function wipe(...secrets: readonly Bytes[]): void {
  for (const secret of secrets) secret.fill(0)
}

/**
 * Encode text as UTF-8 as TextEncoder does, without TextEncoder, which Hermes and QuickJS lack.
 * A lone surrogate becomes U+FFFD; nothing is normalised.
 */
export function utf8(text: string): Bytes {
  // With the u flag a pair is one character, so that only those without a partner match.
  const whole = text.replace(/[\ud800-\udfff]/gu, '\ufffd')
  // One character a byte: `unescape` is old, and in every engine.
  return Uint8Array.from(unescape(encodeURIComponent(whole)), (char) => char.charCodeAt(0))
}
