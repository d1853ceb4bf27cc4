// SHA-256, HMAC and HKDF as Cognito's SRP uses them: over the class of @noble/hashes alone. Its functions also take options
// and can be cloned and continued, and weigh more in a bundle than all of this; the tests hold the one against the other.
import { _SHA256 } from '@noble/hashes/sha2.js'
import { type Bytes, utf8, wipe } from '../bytes.js'

/** The length of a block of SHA-256, in bytes. */
const BLOCK = 64

/** Hash parts one after the other, without a copy of them all. */
export function sha256(...parts: readonly Bytes[]): Bytes {
  const hash = new _SHA256()
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** Compute HMAC-SHA256 of a message in parts: RFC 2104, H(K ⊕ opad ‖ H(K ⊕ ipad ‖ message)). */
export function hmac(key: Bytes, ...message: readonly Bytes[]): Bytes {
  const padded = new Uint8Array(BLOCK)
  padded.set(key.length > BLOCK ? sha256(key) : key)
  const inner = padded.map((byte) => byte ^ 0x36)
  const outer = padded.map((byte) => byte ^ 0x5c)
  const tag = sha256(outer, sha256(inner, ...message))
  wipe(padded, inner, outer)
  return tag
}

/** Compute HKDF-SHA256, 16 bytes: RFC 5869, section 2 with L below the length of a hash, so that the output begins T(1). */
export function hkdfKey(keyMaterial: Bytes, salt: Bytes, info: string): Bytes {
  // "PRK = HMAC-Hash(salt, IKM)", "T(1) = HMAC-Hash(PRK, T(0) | info | 0x01)"
  const pseudorandomKey = hmac(salt, keyMaterial)
  const block = hmac(pseudorandomKey, utf8(`${info}\x01`))
  wipe(pseudorandomKey)
  return block.subarray(0, 16)
}
