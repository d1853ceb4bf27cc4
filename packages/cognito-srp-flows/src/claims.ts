import { fromBase64 } from '@srp6a/srp/cognito'
import { type Fields, isFields, isText } from './replies.js'

/**
 * Read the claims of a token of the service. Nothing is verified: that is up to the server that the token is sent to.
 *
 * @param token - A JSON Web Token, e.g. an access token.
 * @returns The claims; an empty object for a text that is not such a token.
 */
export function claimsOf(token: string): Fields {
  try {
    const bytes = fromBase64(token.split('.')[1] ?? '')
    // UTF-8 without TextDecoder, which Hermes lacks.
    const escaped = Array.from(bytes, (byte) => `%${(byte + 256).toString(16).slice(1)}`).join('')
    const claims: unknown = JSON.parse(decodeURIComponent(escaped))
    if (isFields(claims)) return claims
  } catch {
    // Said below.
  }
  return {}
}

/** Return the user that an access token is for: its `username` claim, read and not verified. */
export function usernameOf(accessToken: string): string | undefined {
  const { username } = claimsOf(accessToken)
  return isText(username) && username ? username : undefined
}
