import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import { type Bytes, utf8, wipe } from '../bytes.js'
import { encodeBase64, parseBase64, parseHex } from '../codec.js'
import { negativeTwosComplement, raw, signed, twosComplement } from '../encode.js'
import type { GroupArithmetic } from '../engine/engine.js'
import { SrpError } from '../errors.js'
import { checkPublicKey, type EngineOptions, groupArithmetic, type KeyAgreement } from '../suite.js'
import { cognitoGroup } from './group.js'
import { hkdfKey, hmac, sha256 } from './mac.js'

/** The longest salt taken, in bytes: the service's have 16. */
const MAX_SALT = 1024

/** The longest secret block taken, in bytes: the service's have about 1,300. */
const MAX_SECRET_BLOCK = 65_536

/**
 * The suite of AWS Cognito user pools. Every integer is hashed as Java's `BigInteger.toByteArray()` writes it, which
 * is not RFC 5054's PAD. `I` is the pool name (or device group key) followed by the user id (or device key).
 *
 * Sign-ins compute the same by the functions below, which weigh less in a bundle than what reads a suite.
 */
export const cognitoSuite: KeyAgreement = {
  name: 'cognito',
  group: cognitoGroup,
  hash: nobleSha256,
  k: [
    ['N', signed],
    ['g', signed],
  ],
  u: [
    ['A', signed],
    ['B', signed],
  ],
  // The salt arrives here already encoded, for it may be negative: see parseSalt.
  x: [['s', raw], { hash: [['I', raw], { text: ':' }, ['P', raw]] }],
}

/** Open the arithmetic of the service's group. */
export function cognitoArithmetic(options: EngineOptions): GroupArithmetic {
  return groupArithmetic(cognitoGroup, options)
}

/** Compute `k`, which is the same for every sign-in. */
export function cognitoMultiplier(): Bytes {
  return sha256(twosComplement(cognitoGroup.modulus), twosComplement(cognitoGroup.generator))
}

/**
 * Compute `u = H(enc A ‖ enc B)`, the scrambler.
 *
 * @throws SrpError `invalid-scrambler` if it is 0: RFC 5054, section 2.5.4 makes the client stop then
 */
export function cognitoScrambler(A: Bytes, B: Bytes): Bytes {
  const u = sha256(twosComplement(A), twosComplement(B))
  if (u.every((byte) => byte === 0)) throw new SrpError('invalid-scrambler', 'u is 0')
  return u
}

/** Name the owner of a secret: the bytes of the pool name and user id, or of the device group key and device key. */
export function identity(scope: string, userId: string): Bytes {
  return utf8(scope + userId)
}

/** Compute `x = H(enc salt ‖ H(scope ‖ userId ‖ ":" ‖ password))`. */
export function passwordExponent(who: Bytes, password: string, encodedSalt: Bytes): Bytes {
  const P = utf8(password)
  const identityHash = sha256(who, utf8(':'), P)
  const x = sha256(encodedSalt, identityHash)
  wipe(P, identityHash)
  return x
}

/**
 * Read the service's SALT into the bytes that are hashed. Unknown users once got a negative one; it is encoded as Java would.
 *
 * @throws SrpError `invalid-encoding`, `too-large`
 */
export function parseSalt(salt: unknown, name: string): Bytes {
  return typeof salt === 'string' && salt.startsWith('-')
    ? negativeTwosComplement(parseHex(salt.slice(1), name, MAX_SALT))
    : twosComplement(parseHex(salt, name, MAX_SALT))
}

/**
 * Read A or B of hex, made minimal. One byte more than N has is read, for some write a `00` in front of a set top bit.
 *
 * @throws SrpError `invalid-encoding`; `too-large` above N's length; `invalid-public-key` if it is 0 modulo N
 */
export function parsePublicKey(arithmetic: GroupArithmetic, hex: unknown, name: string): Bytes {
  return checkPublicKey(arithmetic, cognitoGroup, parseHex(hex, name, cognitoGroup.modulus.length + 1), name)
}

/**
 * Read a secret block.
 *
 * @throws SrpError `invalid-encoding`, `too-large`
 */
export function parseSecretBlock(base64: unknown, name: string): Bytes {
  return parseBase64(base64, name, MAX_SECRET_BLOCK)
}

/**
 * Compute PASSWORD_CLAIM_SIGNATURE: HMAC-SHA256 of who signs, the service's secret block and the time, under 16 bytes of
 * HKDF-SHA256 from S and u. Wipes `S`.
 */
export function claimSignature(
  { S, u }: { S: Bytes; u: Bytes },
  { who, secretBlock, timestamp }: { who: Bytes; secretBlock: Bytes; timestamp: string },
): string {
  const keyMaterial = twosComplement(S)
  const key = hkdfKey(keyMaterial, twosComplement(u), 'Caldera Derived Key')
  const signature = hmac(key, who, secretBlock, utf8(timestamp))
  wipe(S, keyMaterial, key)
  return encodeBase64(signature)
}
