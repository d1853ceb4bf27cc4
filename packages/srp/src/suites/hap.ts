import { sha512 } from '@noble/hashes/sha2.js'
import { presetSuite, type Suite, type SuiteDefinition } from '../define-suite.js'
import { type Encoder, minimal, padded, raw } from '../encode.js'
import { rfc5054_3072 } from '../groups/rfc5054.js'
import { groupDigest, identityHashAndSalt, kPadded, serverProofPadded, uPadded, xOfRfc } from './formulas.js'

/** @param integer how A, B and S are written in K and M1 */
function formulas(name: string, integer: Encoder): SuiteDefinition {
  return {
    name,
    group: rfc5054_3072,
    hash: sha512,
    k: kPadded,
    u: uPadded,
    x: xOfRfc,
    K: [['S', integer]],
    M1: [groupDigest, ...identityHashAndSalt, ['A', integer], ['B', integer], ['K', raw]],
    M2: serverProofPadded,
  }
}

/** HomeKit pairing as Apple's HomeKitADK computes it; the username is `Pair-Setup`. Only M2 has A padded. */
export const hap: Suite = /* @__PURE__ */ presetSuite(/* @__PURE__ */ formulas('hap', minimal))

/** HomeKit pairing as the npm package fast-srp-hap computes it, with A, B and S padded throughout. */
export const hapFastSrp: Suite = /* @__PURE__ */ presetSuite(/* @__PURE__ */ formulas('hap-fast-srp', padded))
