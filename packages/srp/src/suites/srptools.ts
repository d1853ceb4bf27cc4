import { sha1 } from '@noble/hashes/legacy.js'
import { defineSuite, presetSuite, type Suite, type SuiteDefinition } from '../define-suite.js'
import { minimal, raw } from '../encode.js'
import type { Group } from '../groups/group.js'
import { rfc5054_1024 } from '../groups/rfc5054.js'
import type { Hash, HashInput } from '../suite.js'
import { rfcAgreement, serverProof } from './formulas.js'

/** `H(N) xor H(g)` and `H(I)` are integers here: each loses its leading zeros, which one name in 256 has. */
const groupAndName: HashInput = [
  { xor: [[['N', minimal]], [['g', minimal]]], encoder: minimal },
  { hash: [['I', raw]], encoder: minimal },
]

/**
 * Define the suite of Python's srptools: RFC 5054 with the digests in M1 as integers.
 *
 * @param group the package takes 1024 bits if nothing else is said
 * @param hash the package takes SHA-1 if nothing else is said
 * @returns the suite
 * @throws TypeError, RangeError as `defineSuite`
 */
export function srptoolsWith(group: Group, hash: Hash): Suite {
  return defineSuite(formulas(group, hash))
}

function formulas(group: Group, hash: Hash): SuiteDefinition {
  return {
    ...rfcAgreement('srptools', group, hash),
    K: [['S', minimal]],
    M1: [...groupAndName, ['s', raw], ['A', minimal], ['B', minimal], ['K', raw]],
    M2: serverProof,
  }
}

/** The suite of srptools with its defaults, 1024 bits and SHA-1: here for servers that cannot be changed. */
export const srptools: Suite = /* @__PURE__ */ presetSuite(/* @__PURE__ */ formulas(rfc5054_1024, sha1))
