import { sha256 } from '@noble/hashes/sha2.js'
import { defineSuite, presetSuite, type Suite, type SuiteDefinition } from '../define-suite.js'
import { padded, raw } from '../encode.js'
import type { Group } from '../groups/group.js'
import { rfc5054_2048 } from '../groups/rfc5054.js'
import type { Hash } from '../suite.js'
import { groupDigest, identityHashAndSalt, rfcAgreement, serverProofPadded, uPadded } from './formulas.js'

/**
 * Define the suite of srp.net (`SecureRemotePassword` on NuGet) for another group or hash.
 *
 * Its integers remember the length that they came in, so A, B and S are hashed in the length of N. Older releases had g
 * short in k, as `suites.secureRemotePassword` has.
 *
 * @param group the group, as `SrpParameters.Create4096` has it
 * @param hash the digest, as the type parameter of `SrpParameters.Create…`
 * @returns the suite
 * @throws TypeError, RangeError as {@link defineSuite}
 */
export function srpNetWith(group: Group, hash: Hash): Suite {
  return defineSuite(formulas(group, hash))
}

function formulas(group: Group, hash: Hash): SuiteDefinition {
  return {
    ...rfcAgreement('srp-net', group, hash),
    K: [['S', padded]],
    M1: [groupDigest, ...identityHashAndSalt, ...uPadded, ['K', raw]],
    M2: serverProofPadded,
  }
}

/** srp.net with its defaults, 2048 bits and SHA-256. */
export const srpNet: Suite = /* @__PURE__ */ presetSuite(/* @__PURE__ */ formulas(rfc5054_2048, sha256))
