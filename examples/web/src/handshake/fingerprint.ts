import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

// A new one for each page: anyone who photographs the screen cannot try passwords against what it shows.
const pageKey = crypto.getRandomValues(new Uint8Array(32))

/** Eight hex digits that tell two secrets of this page apart and say nothing about either. */
export function fingerprint(secret: Uint8Array): string {
  const digits = bytesToHex(hmac(sha256, pageKey, secret)).slice(0, 8)
  return `${digits.slice(0, 4)} ${digits.slice(4)}`
}
