// One half of a handshake as bytes: a version, the half, then each field with its length in front, 32 bits, big-endian.
import { type Bytes, concat, copyBytes, equalBytes, utf8 } from './bytes.js'
import type { Derived, Suite } from './define-suite.js'
import { SrpError } from './errors.js'
import { digest } from './suite.js'

const VERSION = 3

/** The content of a state: one half of a handshake, or a record on its way to the server. */
export type Half = 'client' | 'server' | 'record'

const HALF: { readonly [half in Half]: number } = { client: 1, server: 2, record: 3 }

/** Write a state. */
export function writeState(half: Half, fields: readonly Bytes[]): Bytes {
  return concat(Uint8Array.of(VERSION, HALF[half]), ...fields.flatMap((field) => [lengthOf(field), field]))
}

function lengthOf(field: Bytes): Bytes {
  return Uint8Array.from([24, 16, 8, 0], (shift) => field.length >>> shift)
}

/**
 * Read a state into fields, each an array of its own.
 *
 * @param count how many fields there must be
 * @throws SrpError `invalid-state` if it is not exactly that
 */
export function readState(half: Half, state: Bytes, count: number): Bytes[] {
  if (state[0] !== VERSION || state[1] !== HALF[half]) throw invalidStateError()
  const fields: Bytes[] = []
  let offset = 2
  while (fields.length < count) {
    const start = offset + 4
    if (start > state.length) throw invalidStateError()
    const length = state.subarray(offset, start).reduce((sum, byte) => sum * 256 + byte, 0)
    if (length > state.length - start) throw invalidStateError()
    fields.push(state.slice(start, start + length))
    offset = start + length
  }
  if (offset !== state.length) throw invalidStateError()
  return fields
}

/** Write text as its UTF-16 units: UTF-8 has no place for a lone surrogate, and would give another name back. */
export function textField(text: string): Bytes {
  return Uint8Array.from({ length: 2 * text.length }, (_, i) => text.charCodeAt(i >> 1) >> (i & 1 ? 0 : 8))
}

/** @throws SrpError `invalid-state` for half a unit */
export function fieldText(field: Bytes): string {
  if (field.length % 2) throw invalidStateError()
  let text = ''
  for (let i = 0; i < field.length; i += 2) {
    text += String.fromCharCode(((field[i] as number) << 8) | (field[i + 1] as number))
  }
  return text
}

/** Make the error for a state that cannot be used. */
export function invalidStateError(): SrpError {
  return new SrpError('invalid-state', 'The saved state is damaged, of another version, or of another suite')
}

/** Bytes; six fields, of which the names are the longest. */
const LONGEST_STATE = 1 << 20

/** Copy a state. One that is too long is damaged. */
export function copyState(state: Bytes, name = 'state'): Bytes {
  try {
    return copyBytes(state, name, LONGEST_STATE)
  } catch (error) {
    throw error instanceof SrpError ? invalidStateError() : error
  }
}

/** Names may be the same where hashes and groups are not: k, which is a digest of the group, tells them apart. */
export function assertSameSuite(suite: Suite<Derived>, name: Bytes, k: Bytes): void {
  if (!equalBytes(name, utf8(suite.name)) || !equalBytes(k, digest(suite, suite.k, {}))) throw invalidStateError()
}
