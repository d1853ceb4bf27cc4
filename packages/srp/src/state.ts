// A server's half of a handshake as bytes: a version, then each field with its length in front, 16 bits, big-endian.
import { type Bytes, concat } from './bytes.js'
import { SrpError } from './errors.js'

const VERSION = 1

/** @param fields each at most 65,535 bytes */
export function writeState(fields: readonly Bytes[]): Bytes {
  return concat(
    Uint8Array.of(VERSION),
    ...fields.flatMap((field) => [Uint8Array.of(field.length >> 8, field.length), field]),
  )
}

/**
 * @param count how many fields there must be
 * @throws SrpError `invalid-state` if it is not exactly that
 */
export function readState(state: Bytes, count: number): Bytes[] {
  const fields: Bytes[] = []
  let offset = 1
  while (fields.length < count) {
    const start = offset + 2
    const end = start + (((state[offset] ?? 0) << 8) | (state[offset + 1] ?? 0))
    if (state[0] !== VERSION || end > state.length) throw damaged()
    // Not slice(): that of a Buffer shares its memory, and the private key among the fields is wiped.
    fields.push(Uint8Array.from(state.subarray(start, end)))
    offset = end
  }
  if (offset !== state.length) throw damaged()
  return fields
}

export function damaged(): SrpError {
  return new SrpError('invalid-state', 'The saved handshake is damaged, of another version, or of another suite')
}
