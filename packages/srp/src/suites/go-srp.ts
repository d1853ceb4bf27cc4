import { blake2b } from '@noble/hashes/blake2.js'
import type { Bytes } from '../bytes.js'
import { defineSuite, presetSuite, type Suite, type SuiteDefinition } from '../define-suite.js'
import { minimal, raw } from '../encode.js'
import type { Group } from '../groups/group.js'
import { rfc5054_2048 } from '../groups/rfc5054.js'
import type { Hash, Term } from '../suite.js'
import { kPadded, suiteName, uPadded } from './formulas.js'

/** BLAKE2b of 32 bytes, which Go calls `crypto.BLAKE2b_256`. */
const blake2b256: Hash = /* @__PURE__ */ Object.assign((message: Bytes): Bytes => blake2b(message, { dkLen: 32 }), {
  outputLen: 32,
})

const I: Term = { hash: [['I', raw]] }

/**
 * Define the suite of opencoff/go-srp for another group or hash.
 *
 * It hashes name and password before anything else, has formulas of its own for x and the proofs, and sends `H(I)` in
 * place of the name: the server looks its record up under that, and here the username is the one that was typed.
 *
 * @param group the group of as many bits as `srp.New(bits)` names
 * @param hash the digest, as `srp.NewWithHash` takes it; BLAKE2b of 32 bytes by default there
 * @returns the suite
 * @throws TypeError, RangeError as {@link defineSuite}
 */
export function goSrpWith(group: Group, hash: Hash): Suite {
  return defineSuite(formulas(group, hash))
}

function formulas(group: Group, hash: Hash): SuiteDefinition {
  return {
    name: suiteName('go-srp', group, hash),
    group,
    hash,
    k: kPadded,
    u: uPadded,
    x: [I, { hash: [['P', raw]] }, ['s', raw]],
    K: [['S', minimal]],
    M1: [['K', raw], ['A', minimal], ['B', minimal], I, ['s', raw], ['N', minimal], ['g', minimal]],
    M2: [
      ['K', raw],
      ['M1', raw],
    ],
  }
}

/** opencoff/go-srp with 2048 bits and BLAKE2b of 32 bytes. */
export const goSrp: Suite = /* @__PURE__ */ presetSuite(/* @__PURE__ */ formulas(rfc5054_2048, blake2b256))
