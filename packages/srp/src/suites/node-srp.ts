import { sha256 } from '@noble/hashes/sha2.js'
import { defineSuite, type Suite } from '../define-suite.js'
import { padded, raw } from '../encode.js'
import { rfc5054_2048 } from '../groups/rfc5054.js'
import type { Group } from '../groups.js'
import type { Hash } from '../suite.js'
import { kPadded, uPadded, xOfRfc } from './parts.js'

/**
 * Mozilla's node-srp (npm: srp, fast-srp): M1 binds A, B and S alone.
 *
 * @throws TypeError, RangeError as `defineSuite`
 */
export function nodeSrpWith(group: Group, hash: Hash): Suite {
  return defineSuite({
    name: `node-srp/${group.name}/${8 * hash.outputLen}`,
    group,
    hash,
    k: kPadded,
    u: uPadded,
    x: xOfRfc,
    K: [['S', padded]],
    M1: [
      ['A', padded],
      ['B', padded],
      ['S', padded],
    ],
    M2: [
      ['A', padded],
      ['M1', raw],
      ['K', raw],
    ],
  })
}

/** node-srp with 2048 bits and SHA-256, as Mozilla's PiCL used it. */
export const nodeSrp: Suite = /* @__PURE__ */ nodeSrpWith(rfc5054_2048, sha256)
