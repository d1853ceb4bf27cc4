import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { assertText, toBase64, utf8 } from '../bytes.js'

/**
 * SECRET_HASH: what an app client that has a secret sends with each request.
 *
 * @param values.username the username in that very request: what was typed in InitiateAuth, the real username later
 * @returns `base64(HMAC-SHA256(clientSecret, username ‖ clientId))`
 * @throws TypeError if a value is no string
 * @throws RangeError if the client secret is empty or a value is far too long
 */
export function secretHash(values: { username: string; clientId: string; clientSecret: string }): string {
  const { username, clientId, clientSecret }: typeof values = Object(values)
  assertText(username, 'username')
  assertText(clientId, 'clientId')
  assertText(clientSecret, 'clientSecret', 1)
  return toBase64(hmac(sha256, utf8(clientSecret), utf8(username + clientId)))
}
