import { sha256 } from '@noble/hashes/sha2.js'
import { defineSuite, presetSuite, type Suite, type SuiteDefinition } from '../define-suite.js'
import { minimal, raw } from '../encode.js'
import type { Group } from '../groups/group.js'
import { rfc5054_2048 } from '../groups/rfc5054.js'
import type { Hash, HashInput } from '../suite.js'
import {
  groupDigestPadded,
  identityHashAndSalt,
  kPadded,
  rfcAgreement,
  serverProof,
  suiteName,
  xOfRfc,
} from './formulas.js'

const AB: HashInput = [
  ['A', minimal],
  ['B', minimal],
]

/**
 * Define the suite of RustCrypto's `srp` 0.7 for another group or hash.
 *
 * Its `process_reply` since 0.7: RFC 2945's proof, with g padded in it and everything else as short as it is.
 *
 * @param group the group, as `G2048` or `G4096`
 * @param hash the digest, as the type parameter `D`
 * @returns the suite
 * @throws TypeError, RangeError as {@link defineSuite}
 */
export function rustCryptoWith(group: Group, hash: Hash): Suite {
  return defineSuite(formulas(group, hash))
}

function formulas(group: Group, hash: Hash): SuiteDefinition {
  return {
    ...rfcAgreement('rust-crypto', group, hash),
    K: [['S', minimal]],
    M1: [groupDigestPadded, ...identityHashAndSalt, ...AB, ['K', raw]],
    M2: serverProof,
  }
}

/**
 * Define the suite of RustCrypto's `srp` 0.5 and 0.6, which 0.7 calls `process_reply_legacy`, for another group or hash.
 *
 * Nothing is padded but g in k, S itself is the session key, and M1 is `H(A ‖ B ‖ S)`.
 *
 * @param group the group, as `G_2048` or `G_4096`
 * @param hash the digest, as the type parameter `D`
 * @returns the suite
 * @throws TypeError, RangeError as {@link defineSuite}
 */
export function rustCryptoLegacyWith(group: Group, hash: Hash): Suite {
  return defineSuite(legacyFormulas(group, hash))
}

function legacyFormulas(group: Group, hash: Hash): SuiteDefinition {
  return {
    name: suiteName('rust-crypto-legacy', group, hash),
    group,
    hash,
    k: kPadded,
    u: AB,
    x: xOfRfc,
    K: { plain: [['S', minimal]] },
    M1: [...AB, ['S', minimal]],
    M2: [
      ['A', minimal],
      ['M1', raw],
      ['S', minimal],
    ],
  }
}

/** RustCrypto's `srp` 0.7 with 2048 bits and SHA-256. */
export const rustCrypto: Suite = /* @__PURE__ */ presetSuite(/* @__PURE__ */ formulas(rfc5054_2048, sha256))

/** RustCrypto's `srp` before 0.7 with 2048 bits and SHA-256. */
export const rustCryptoLegacy: Suite = /* @__PURE__ */ presetSuite(/* @__PURE__ */ legacyFormulas(rfc5054_2048, sha256))
