// HMAC-SHA256, and the one block of HKDF that is needed, from the formulas of the RFCs on the library's SHA-256. The
// tests hold both against @noble/hashes, whose own are made for streams and weigh five times as much in a bundle.
import { sha256 } from '@noble/hashes/sha2.js'
import { type Bytes, concat, utf8, wipe } from '../bytes.js'

/** Bytes of a block of SHA-256. */
const BLOCK_LENGTH = 64

/** RFC 2104, section 2: `H(K XOR opad, H(K XOR ipad, text))`, K filled with zeros to a block, or hashed if longer. */
export function hmacSha256(key: Bytes, text: Bytes): Bytes {
  const K = new Uint8Array(BLOCK_LENGTH)
  K.set(key.length > BLOCK_LENGTH ? sha256(key) : key)
  const keyed = (pad: number, message: Bytes) => {
    const input = concat(K, message)
    for (let i = 0; i < BLOCK_LENGTH; i++) input[i] = (K[i] ?? 0) ^ pad
    const result = sha256(input)
    wipe(input)
    return result
  }
  const mac = keyed(0x5c, keyed(0x36, text))
  wipe(K)
  return mac
}

/**
 * HKDF-SHA256, 16 bytes: RFC 5869, section 2 with L below the length of a hash, so that OKM begins T(1).
 * PRK = HMAC(salt, IKM), T(1) = HMAC(PRK, info ‖ 01).
 */
export function hkdfKey(keyMaterial: Bytes, salt: Bytes, info: string): Bytes {
  const pseudorandomKey = hmacSha256(salt, keyMaterial)
  const block = hmacSha256(pseudorandomKey, utf8(`${info}\x01`))
  wipe(pseudorandomKey)
  return block.subarray(0, 16)
}
