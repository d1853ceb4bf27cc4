import type { Bytes } from '../bytes.js'
import { parseHex } from '../codec.js'
import type { GroupParameters } from '../engine/engine.js'

/** A group, named so that suites can be told apart. */
export interface Group extends GroupParameters {
  readonly name: string
  /** Too small for anything new; here to talk to servers that cannot be changed. */
  readonly legacy: boolean
}

const known = /* @__PURE__ */ new WeakSet<object>()

/** Check that a value is a group that this library made: frozen look-alikes are not. */
export function isGroup(value: unknown): value is Group {
  return known.has(value as object)
}

/** Make a group whose numbers are known to be right, without the checks of a caller's own. */
export function knownGroup(name: string, modulus: Bytes, generator: number, legacy = false): Group {
  // A frozen object does not freeze its arrays: each caller gets a copy, and what is written into it changes no other's N.
  const group = Object.freeze({
    name,
    legacy,
    get modulus() {
      return modulus.slice()
    },
    get generator() {
      return Uint8Array.of(generator)
    },
  })
  known.add(group)
  return group
}

/** Make such a group of N in hex, white space allowed. */
export function knownGroupOfHex(name: string, modulus: string, generator: number, legacy = false): Group {
  return knownGroup(name, parseHex(modulus.replace(/\s/g, ''), 'N', 1024), generator, legacy)
}
