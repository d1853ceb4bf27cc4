// Formulas of the RFCs that several suites share.

import type { SuiteDefinition } from '../define-suite.js'
import { minimal, padded, raw } from '../encode.js'
import type { Group } from '../groups/group.js'
import type { Hash, HashInput, Term } from '../suite.js'

/** RFC 5054, section 2.5.3: `k = H(N ‖ PAD(g))`. */
export const kPadded: HashInput = [
  ['N', padded],
  ['g', padded],
]

/** The draft's `k = H(N ‖ g)`, with g as short as it is. */
export const kMinimal: HashInput = [
  ['N', minimal],
  ['g', minimal],
]

/** RFC 5054, section 2.5.3: `u = H(PAD(A) ‖ PAD(B))`. */
export const uPadded: HashInput = [
  ['A', padded],
  ['B', padded],
]

/** RFC 5054, section 2.4: `x = H(s ‖ H(I ‖ ":" ‖ P))`. */
export const xOfRfc: HashInput = [['s', raw], { hash: [['I', raw], { text: ':' }, ['P', raw]] }]

/** `x` where the salt is an integer. */
export const xOfIntegerSalt: HashInput = [['s', minimal], { hash: [['I', raw], { text: ':' }, ['P', raw]] }]

/** RFC 2945, section 3: `H(N) xor H(g)`. */
export const groupDigest: Term = { xor: [[['N', minimal]], [['g', minimal]]] }

/** `H(N) xor H(PAD(g))`: with g in the length of N. */
export const groupDigestPadded: Term = { xor: [[['N', minimal]], [['g', padded]]] }

/** RFC 2945, section 3: what begins every `M1`: the group, `H(I)`, the salt. */
export const identityHashAndSalt: HashInput = [{ hash: [['I', raw]] }, ['s', raw]]

/** The beginning of `M1` where the salt is an integer. */
export const identityHashAndIntegerSalt: HashInput = [{ hash: [['I', raw]] }, ['s', minimal]]

/** RFC 2945, section 3: `M2 = H(A ‖ M1 ‖ K)`. */
export const serverProof: HashInput = [
  ['A', minimal],
  ['M1', raw],
  ['K', raw],
]

/** `M2 = H(PAD(A) ‖ M1 ‖ K)`: A in the length of N. */
export const serverProofPadded: HashInput = [
  ['A', padded],
  ['M1', raw],
  ['K', raw],
]

/**
 * Begin a suite that takes k, u and x of RFC 5054.
 *
 * A missing group or hash is for `defineSuite` to refuse.
 *
 * @param family the name, to which those of the group and the hash are added
 */
export function rfcAgreement(
  family: string,
  group: Group,
  hash: Hash,
): Pick<SuiteDefinition, 'name' | 'group' | 'hash' | 'k' | 'u' | 'x'> {
  return { name: suiteName(family, group, hash), group, hash, k: kPadded, u: uPadded, x: xOfRfc }
}

/** Name a suite by its family, its group and the bits of its hash: `rfc5054/rfc5054-2048/256`. */
export function suiteName(family: string, group: Group, hash: Hash): string {
  return `${family}/${group?.name}/${8 * hash?.outputLen}`
}
