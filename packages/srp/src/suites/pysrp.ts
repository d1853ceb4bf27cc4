import { sha1 } from '@noble/hashes/legacy.js'
import { defineSuite, presetSuite, type Suite, type SuiteDefinition } from '../define-suite.js'
import { minimal, raw } from '../encode.js'
import type { Group } from '../groups/group.js'
import { rfc5054_2048 } from '../groups/rfc5054.js'
import type { Hash } from '../suite.js'
import {
  groupDigest,
  groupDigestPadded,
  identityHashAndIntegerSalt,
  kMinimal,
  kPadded,
  serverProof,
  suiteName,
  uPadded,
  xOfIntegerSalt,
} from './formulas.js'

/**
 * Python's `srp` package (pysrp) as it is without further ado, and csrp: nothing is padded, the salt is an integer.
 *
 * So it is with OpenSSL behind it. Without, the package computes another x for one user in 256: see README.md.
 *
 * @throws TypeError, RangeError as `defineSuite`
 */
export function pysrpWith(group: Group, hash: Hash): Suite {
  return defineSuite(formulas(group, hash))
}

function formulas(group: Group, hash: Hash): SuiteDefinition {
  return {
    name: suiteName('pysrp', group, hash),
    group,
    hash,
    k: kMinimal,
    u: [
      ['A', minimal],
      ['B', minimal],
    ],
    x: xOfIntegerSalt,
    K: [['S', minimal]],
    M1: [groupDigest, ...identityHashAndIntegerSalt, ['A', minimal], ['B', minimal], ['K', raw]],
    M2: serverProof,
  }
}

/**
 * Python's `srp` after its `rfc5054_enable()`: k and u padded, and g in M1 too.
 *
 * @throws TypeError, RangeError as `defineSuite`
 */
export function pysrpRfc5054With(group: Group, hash: Hash): Suite {
  return defineSuite(rfc5054Formulas(group, hash))
}

function rfc5054Formulas(group: Group, hash: Hash): SuiteDefinition {
  return {
    name: suiteName('pysrp-rfc5054', group, hash),
    group,
    hash,
    k: kPadded,
    u: uPadded,
    x: xOfIntegerSalt,
    K: [['S', minimal]],
    M1: [groupDigestPadded, ...identityHashAndIntegerSalt, ['A', minimal], ['B', minimal], ['K', raw]],
    M2: serverProof,
  }
}

/** pysrp with its own defaults, 2048 bits and SHA-1. */
export const pysrp: Suite = /* @__PURE__ */ presetSuite(/* @__PURE__ */ formulas(rfc5054_2048, sha1))

/** pysrp after `rfc5054_enable()`, 2048 bits and SHA-1. */
export const pysrpRfc5054: Suite = /* @__PURE__ */ presetSuite(/* @__PURE__ */ rfc5054Formulas(rfc5054_2048, sha1))
