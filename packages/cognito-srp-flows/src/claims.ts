import { toHex } from '@srp6a/srp/cognito'
import { fromBase64url } from './base64url.js'
import { type Fields, isFields, isText, parse } from './replies.js'

/**
 * Read the claims of a token of the service. Nothing is verified: that is up to the server that the token is sent to.
 *
 * @param token - A JSON Web Token, e.g. an access token.
 * @returns The claims; an empty object for a text that is not such a token.
 */
export function claimsOf(token: string): Fields {
  try {
    const bytes = fromBase64url(token.split('.')[1] ?? '', 'the token')
    // UTF-8 without TextDecoder, which Hermes lacks.
    const escaped = toHex(bytes).replace(/../g, '%$&')
    return parse(decodeURIComponent(escaped), 'the token', isFields)
  } catch {
    return {}
  }
}

/** Return the user that an access token is for: its `username` claim, read and not verified. */
export function usernameOf(accessToken: string): string | undefined {
  const { username } = claimsOf(accessToken)
  return isText(username) && username ? username : undefined
}
