import { sha256 } from '@noble/hashes/sha2.js'
import { defineSuite, presetSuite, type Suite, type SuiteDefinition } from '../define-suite.js'
import { padded, raw } from '../encode.js'
import type { Group } from '../groups/group.js'
import { rfc5054_4096 } from '../groups/rfc5054.js'
import type { Hash } from '../suite.js'
import { rfcAgreement, serverProofPadded } from './formulas.js'

/**
 * The npm package jsrp: M1 binds A, B and K.
 *
 * @param hash the package takes SHA-1 for the groups of 1024 and 1536 bits, SHA-256 for all others
 * @throws TypeError, RangeError as `defineSuite`
 */
export function jsrpWith(group: Group, hash: Hash): Suite {
  return defineSuite(formulas(group, hash))
}

function formulas(group: Group, hash: Hash): SuiteDefinition {
  return {
    ...rfcAgreement('jsrp', group, hash),
    K: [['S', padded]],
    M1: [
      ['A', padded],
      ['B', padded],
      ['K', raw],
    ],
    M2: serverProofPadded,
  }
}

/** jsrp with its defaults, 4096 bits and SHA-256. */
export const jsrp: Suite = /* @__PURE__ */ presetSuite(/* @__PURE__ */ formulas(rfc5054_4096, sha256))
