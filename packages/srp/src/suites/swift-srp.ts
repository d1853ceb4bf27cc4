import { sha256 } from '@noble/hashes/sha2.js'
import { defineSuite, presetSuite, type Suite, type SuiteDefinition } from '../define-suite.js'
import { padded, raw } from '../encode.js'
import type { Group } from '../groups/group.js'
import { rfc5054_2048 } from '../groups/rfc5054.js'
import type { Hash } from '../suite.js'
import { groupDigestPadded, identityHashAndSalt, rfcAgreement, serverProofPadded, uPadded } from './formulas.js'

/**
 * Define the suite of swift-srp 2 (adam-fowler/swift-srp) for another group or hash.
 *
 * RFC 2945's proofs with every integer in the length of N, g too.
 *
 * @param group the group, as `SRPConfiguration<H>(.N4096)`
 * @param hash the digest, as the type parameter `H`
 * @returns the suite
 * @throws TypeError, RangeError as {@link defineSuite}
 */
export function swiftSrpWith(group: Group, hash: Hash): Suite {
  return defineSuite(formulas(group, hash))
}

function formulas(group: Group, hash: Hash): SuiteDefinition {
  return {
    ...rfcAgreement('swift-srp', group, hash),
    K: [['S', padded]],
    M1: [groupDigestPadded, ...identityHashAndSalt, ...uPadded, ['K', raw]],
    M2: serverProofPadded,
  }
}

/** swift-srp with 2048 bits and SHA-256. */
export const swiftSrp: Suite = /* @__PURE__ */ presetSuite(/* @__PURE__ */ formulas(rfc5054_2048, sha256))
