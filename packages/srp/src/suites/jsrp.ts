import { sha256 } from '@noble/hashes/sha2.js'
import { defineSuite, type Suite } from '../define-suite.js'
import { padded, raw } from '../encode.js'
import { rfc5054_4096 } from '../groups/rfc5054.js'
import type { Group } from '../groups.js'
import { kPadded, uPadded, xOfRfc } from './parts.js'

/**
 * The npm package jsrp, SHA-256 always: M1 binds A, B and K.
 *
 * @throws TypeError, RangeError as `defineSuite`
 */
export function jsrpWith(group: Group): Suite {
  return defineSuite({
    name: `jsrp/${group.name}`,
    group,
    hash: sha256,
    k: kPadded,
    u: uPadded,
    x: xOfRfc,
    K: [['S', padded]],
    M1: [
      ['A', padded],
      ['B', padded],
      ['K', raw],
    ],
    M2: [
      ['A', padded],
      ['M1', raw],
      ['K', raw],
    ],
  })
}

/** jsrp with its default of 4096 bits. */
export const jsrp: Suite = /* @__PURE__ */ jsrpWith(rfc5054_4096)
