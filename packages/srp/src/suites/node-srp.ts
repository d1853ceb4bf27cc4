import { sha256 } from '@noble/hashes/sha2.js'
import { defineSuite, presetSuite, type Suite, type SuiteDefinition } from '../define-suite.js'
import { padded } from '../encode.js'
import type { Group } from '../groups/group.js'
import { rfc5054_2048 } from '../groups/rfc5054.js'
import type { Hash, HashInput } from '../suite.js'
import { rfcAgreement, serverProofPadded } from './formulas.js'

/** MGF1 (RFC 8017, appendix B.2.1) of S, two blocks long: each has a counter of 32 bits. */
const mgf1: HashInput = [
  { hash: [['S', padded], { text: '\0\0\0\0' }] },
  { hash: [['S', padded], { text: '\0\0\0\x01' }] },
]

/** Bytes of a SHA-1 digest. */
const SHA1_LENGTH = 20

/**
 * Mozilla's node-srp (npm: srp, fast-srp): M1 binds A, B and S alone.
 *
 * @param hash the package takes SHA-1 for the groups of 1024 and 1536 bits, and makes K of two digests then; SHA-256 for
 *   all others, SHA-512 for HomeKit's
 * @throws TypeError, RangeError as `defineSuite`
 */
export function nodeSrpWith(group: Group, hash: Hash): Suite {
  return defineSuite(formulas(group, hash))
}

function formulas(group: Group, hash: Hash): SuiteDefinition {
  return {
    ...rfcAgreement('node-srp', group, hash),
    K: hash?.outputLen === SHA1_LENGTH ? { plain: mgf1 } : [['S', padded]],
    M1: [
      ['A', padded],
      ['B', padded],
      ['S', padded],
    ],
    M2: serverProofPadded,
  }
}

/** node-srp with 2048 bits and SHA-256, as Mozilla's PiCL used it. */
export const nodeSrp: Suite = /* @__PURE__ */ presetSuite(/* @__PURE__ */ formulas(rfc5054_2048, sha256))
