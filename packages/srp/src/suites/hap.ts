import { sha512 } from '@noble/hashes/sha2.js'
import { presetSuite, type Suite } from '../define-suite.js'
import { minimal, padded, raw } from '../encode.js'
import { rfc5054_3072 } from '../groups/rfc5054.js'
import type { HashInput } from '../suite.js'
import { groupDigest, identityHashAndSalt, kPadded, uPadded, xOfRfc } from './formulas.js'

const M2: HashInput = [
  ['A', padded],
  ['M1', raw],
  ['K', raw],
]

/** HomeKit pairing as Apple's HomeKitADK computes it; the username is `Pair-Setup`. Only M2 has A padded. */
export const hap: Suite = /* @__PURE__ */ presetSuite({
  name: 'hap',
  group: rfc5054_3072,
  hash: sha512,
  k: kPadded,
  u: uPadded,
  x: xOfRfc,
  K: [['S', minimal]],
  M1: [groupDigest, ...identityHashAndSalt, ['A', minimal], ['B', minimal], ['K', raw]],
  M2,
})

/** HomeKit pairing as the npm package fast-srp-hap computes it, with A, B and S padded throughout. */
export const hapFastSrp: Suite = /* @__PURE__ */ presetSuite({
  name: 'hap-fast-srp',
  group: rfc5054_3072,
  hash: sha512,
  k: kPadded,
  u: uPadded,
  x: xOfRfc,
  K: [['S', padded]],
  M1: [groupDigest, ...identityHashAndSalt, ['A', padded], ['B', padded], ['K', raw]],
  M2,
})
