import { sha256 } from '@noble/hashes/sha2.js'
import { utf8 } from '../bytes.js'
import { toHex } from '../codec.js'
import { defineSuite, presetSuite, type Suite, type SuiteDefinition } from '../define-suite.js'
import { type Encoder, hexText, raw } from '../encode.js'
import type { Group } from '../groups/group.js'
import { rfc5054_2048 } from '../groups/rfc5054.js'
import { kPadded } from './formulas.js'

/** The salt keeps its leading zeros, for it goes in as the text that came. */
const upperDigits: Encoder = (bytes) => utf8(toHex(bytes).toUpperCase())

const upperHexText: Encoder = (integer, length) =>
  hexText(integer, length).map((byte) => (byte > 96 ? byte - 32 : byte))

/**
 * The npm package thinbus-srp, which hashes hex text instead of bytes: upper case in x, lower case elsewhere, leading
 * zeros dropped everywhere but in the salt. Its `k_base16` is that of RFC 5054.
 *
 * @throws TypeError, RangeError as `defineSuite`
 */
export function thinbusWith(group: Group): Suite {
  return defineSuite(formulas(group))
}

function formulas(group: Group): SuiteDefinition {
  return {
    name: `thinbus/${group?.name}`,
    group,
    hash: sha256,
    k: kPadded,
    u: [
      ['A', hexText],
      ['B', hexText],
    ],
    x: [['s', upperDigits], { hash: [['I', raw], { text: ':' }, ['P', raw]], encoder: upperHexText }],
    K: [['S', hexText]],
    M1: [
      ['A', hexText],
      ['B', hexText],
      ['S', hexText],
    ],
    M2: [
      ['A', hexText],
      ['M1', hexText],
      ['S', hexText],
    ],
  }
}

/** thinbus-srp with 2048 bits. */
export const thinbus: Suite = /* @__PURE__ */ presetSuite(/* @__PURE__ */ formulas(rfc5054_2048))
