import { sha256 } from '@noble/hashes/sha2.js'
import { presetSuite, type Suite } from '../define-suite.js'
import { padded, raw } from '../encode.js'
import { rfc5054_2048 } from '../groups/rfc5054.js'
import { groupDigest, identityHashAndSalt, kMinimal, uPadded, xOfRfc } from './formulas.js'

/** The npm package secure-remote-password: 2048 bits, SHA-256; g short in k, all else padded. */
export const secureRemotePassword: Suite = /* @__PURE__ */ presetSuite({
  name: 'secure-remote-password',
  group: rfc5054_2048,
  hash: sha256,
  k: kMinimal,
  u: uPadded,
  x: xOfRfc,
  K: [['S', padded]],
  M1: [groupDigest, ...identityHashAndSalt, ['A', padded], ['B', padded], ['K', raw]],
  M2: [
    ['A', padded],
    ['M1', raw],
    ['K', raw],
  ],
})
