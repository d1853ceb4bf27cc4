import { fromHex } from './bytes.js'
import type { GroupParameters } from './engine/engine.js'

/** A group, named so that messages and saved handshakes can name it. */
export interface Group extends GroupParameters {
  readonly name: string
  /** Too small for anything new; here to talk to servers that cannot be changed. */
  readonly legacy: boolean
}

/**
 * A group known by heart, without the checks of a caller's own.
 *
 * @param modulusHex N, white space allowed
 */
export function knownGroup(name: string, modulusHex: string, generator: number, legacy = false): Group {
  const modulus = fromHex(modulusHex.replace(/\s/g, ''), 'N', 1024)
  return Object.freeze({ name, modulus, generator: Uint8Array.of(generator), legacy })
}
