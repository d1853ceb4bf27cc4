import { sha256 } from '@noble/hashes/sha2.js'
import { defineSuite, presetSuite, type Suite, type SuiteDefinition } from '../define-suite.js'
import { padded } from '../encode.js'
import type { Group } from '../groups/group.js'
import { rfc5054_2048 } from '../groups/rfc5054.js'
import type { Hash } from '../suite.js'
import { rfcAgreement, uPadded } from './formulas.js'

/**
 * Define the suite of BouncyCastle for another group or hash.
 *
 * BouncyCastle (`SRP6Client`, `SRP6Server` for Java and C#) binds A, B and S alone in its proofs, and hashes everything in
 * the length of N, the proof M1 inside M2 too.
 *
 * @param group the group, as `SRP6StandardGroups` names them
 * @param hash the digest that the Java side was given, such as SHA-256
 * @returns the suite
 * @throws TypeError, RangeError as {@link defineSuite}
 */
export function bouncyCastleWith(group: Group, hash: Hash): Suite {
  return defineSuite(formulas(group, hash))
}

function formulas(group: Group, hash: Hash): SuiteDefinition {
  return {
    ...rfcAgreement('bouncy-castle', group, hash),
    K: [['S', padded]],
    M1: [...uPadded, ['S', padded]],
    M2: [
      ['A', padded],
      ['M1', padded],
      ['S', padded],
    ],
  }
}

/** BouncyCastle with 2048 bits and SHA-256. */
export const bouncyCastle: Suite = /* @__PURE__ */ presetSuite(/* @__PURE__ */ formulas(rfc5054_2048, sha256))
