import { sha256 } from '@noble/hashes/sha2.js'
import { defineSuite, presetSuite, type Suite, type SuiteDefinition } from '../define-suite.js'
import { minimal, raw } from '../encode.js'
import type { Group } from '../groups/group.js'
import { rfc5054_2048 } from '../groups/rfc5054.js'
import type { Hash } from '../suite.js'
import { groupDigest, identityHashAndSalt, rfcAgreement, serverProof } from './formulas.js'

/**
 * SRP-6a as RFC 5054 defines k, u and x, with K, M1 and M2 of RFC 2945, as Botan and
 * most servers compute them. Python's srptools has a suite of its own: see `srptoolsWith`.
 *
 * @param group 2048 bits or more for anything new
 * @param hash SHA-256 or better for anything new
 * @throws TypeError, RangeError as `defineSuite`
 */
export function rfc5054With(group: Group, hash: Hash): Suite {
  return defineSuite(formulas(group, hash))
}

function formulas(group: Group, hash: Hash): SuiteDefinition {
  return {
    ...rfcAgreement('rfc5054', group, hash),
    K: [['S', minimal]],
    M1: [groupDigest, ...identityHashAndSalt, ['A', minimal], ['B', minimal], ['K', raw]],
    M2: serverProof,
  }
}

/** The default for anything new: 2048 bits and SHA-256. */
export const rfc5054: Suite = /* @__PURE__ */ presetSuite(/* @__PURE__ */ formulas(rfc5054_2048, sha256))
