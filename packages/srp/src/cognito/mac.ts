import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { type Bytes, utf8, wipe } from '../bytes.js'

/**
 * Compute HKDF-SHA256, 16 bytes: RFC 5869, section 2 with L below the length of a hash, so that the output begins T(1).
 * PRK = HMAC(salt, IKM), T(1) = HMAC(PRK, info ‖ 01). The tests hold it against @noble/hashes' own, which makes outputs of
 * any length and weighs more in a bundle than all of this.
 */
export function hkdfKey(keyMaterial: Bytes, salt: Bytes, info: string): Bytes {
  const pseudorandomKey = hmac(sha256, salt, keyMaterial)
  const block = hmac(sha256, pseudorandomKey, utf8(`${info}\x01`))
  wipe(pseudorandomKey)
  return block.subarray(0, 16)
}
