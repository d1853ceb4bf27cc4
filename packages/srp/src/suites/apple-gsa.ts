import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { assertInteger, assertString, readFields } from '../arguments.js'
import { type Bytes, copyOwnBytes, utf8 } from '../bytes.js'
import { encodeHex } from '../codec.js'
import { presetSuite, type Suite, type SuiteDefinition } from '../define-suite.js'
import { padded, raw } from '../encode.js'
import { rfc5054_2048 } from '../groups/rfc5054.js'
import { groupDigestPadded, identityHashAndSalt, kPadded, serverProofPadded, uPadded } from './formulas.js'

// A function, for no bundler drops a list that is spread at the top of a file.
function formulas(): SuiteDefinition {
  return {
    name: 'apple-gsa',
    group: rfc5054_2048,
    hash: sha256,
    k: kPadded,
    u: uPadded,
    x: [['s', raw], { hash: [{ text: ':' }, ['P', raw]] }],
    K: [['S', padded]],
    M1: [groupDigestPadded, ...identityHashAndSalt, ...uPadded, ['K', raw]],
    M2: serverProofPadded,
  }
}

/**
 * Apple's account servers (GrandSlam authentication). The username is not part of x, and the password is what
 * `appleGsaPassword` makes of it once the server has named the salt, the iterations and the protocol.
 */
export const appleGsa: Suite = /* @__PURE__ */ presetSuite(/* @__PURE__ */ formulas())

/**
 * Derive the password for `appleGsa`: PBKDF2-HMAC-SHA256 of SHA-256 of the password, which `s2k_fo` writes as hex text.
 *
 * @param values the settings below; each may be left out
 * @param values.password the password that was typed
 * @param values.salt as the server says; 1 to 1,024 bytes
 * @param values.iterations as the server says; 1 to 10,000,000
 * @param values.protocol as the server says
 * @returns 32 bytes, for `startClient(appleGsa).answer`
 * @throws TypeError, RangeError for an argument that is missing or wrong
 */
export function appleGsaPassword(values: {
  readonly password: string
  readonly salt: Bytes
  readonly iterations: number
  readonly protocol: 's2k' | 's2k_fo'
}): Bytes {
  const fields = readFields(values, 'values', ['password', 'salt', 'iterations', 'protocol'])
  const { password, iterations, protocol } = fields
  assertString(password, 'password')
  const salt = copyOwnBytes(fields.salt, 'salt', 1, 1024)
  assertInteger(iterations, 'iterations', 1, 10_000_000)
  if (protocol !== 's2k' && protocol !== 's2k_fo') throw new RangeError('protocol: expected s2k or s2k_fo')
  const digest = sha256(utf8(password))
  return pbkdf2(sha256, protocol === 's2k_fo' ? utf8(encodeHex(digest)) : digest, salt, { c: iterations, dkLen: 32 })
}
