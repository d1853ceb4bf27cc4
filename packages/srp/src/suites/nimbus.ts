import { sha512 } from '@noble/hashes/sha2.js'
import { defineSuite, presetSuite, type Suite, type SuiteDefinition } from '../define-suite.js'
import { minimal, raw } from '../encode.js'
import type { Group } from '../groups/group.js'
import { rfc5054_2048 } from '../groups/rfc5054.js'
import type { Hash } from '../suite.js'
import { kPadded, suiteName, uPadded } from './formulas.js'

/**
 * Nimbus SRP for Java and the npm package tssrp6a: the username is not part of x, salt and proofs are integers, and the
 * session key is S itself.
 *
 * @throws TypeError, RangeError as `defineSuite`
 */
export function nimbusWith(group: Group, hash: Hash): Suite {
  return defineSuite(formulas(group, hash))
}

function formulas(group: Group, hash: Hash): SuiteDefinition {
  return {
    name: suiteName('nimbus', group, hash),
    group,
    hash,
    k: kPadded,
    u: uPadded,
    x: [['s', minimal], { hash: [['P', raw]] }],
    K: { plain: [['S', minimal]] },
    M1: [
      ['A', minimal],
      ['B', minimal],
      ['S', minimal],
    ],
    M2: [
      ['A', minimal],
      ['M1', minimal],
      ['S', minimal],
    ],
  }
}

/** tssrp6a with its defaults, 2048 bits and SHA-512. */
export const nimbus: Suite = /* @__PURE__ */ presetSuite(/* @__PURE__ */ formulas(rfc5054_2048, sha512))
