import { sha256 } from '@noble/hashes/sha2.js'
import { presetSuite, type Suite, type SuiteDefinition } from '../define-suite.js'
import { padded, raw } from '../encode.js'
import { rfc5054_2048 } from '../groups/rfc5054.js'
import { groupDigest, identityHashAndSalt, kMinimal, serverProofPadded, uPadded, xOfRfc } from './formulas.js'

// A function, for no bundler drops a list that is spread at the top of a file.
function formulas(): SuiteDefinition {
  return {
    name: 'secure-remote-password',
    group: rfc5054_2048,
    hash: sha256,
    k: kMinimal,
    u: uPadded,
    x: xOfRfc,
    K: [['S', padded]],
    M1: [groupDigest, ...identityHashAndSalt, ...uPadded, ['K', raw]],
    M2: serverProofPadded,
  }
}

/** The npm package secure-remote-password: 2048 bits, SHA-256; g short in k, all else padded. */
export const secureRemotePassword: Suite = /* @__PURE__ */ presetSuite(/* @__PURE__ */ formulas())
