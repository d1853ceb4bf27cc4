import { assertString, readFields } from '../arguments.js'
import { utf8 } from '../bytes.js'
import { encodeBase64 } from '../codec.js'
import { hmac } from './mac.js'

/**
 * Compute SECRET_HASH, which an app client that has a secret sends with each request.
 *
 * @param values the name and the app client of the request
 * @param values.username the username in that very request: what was typed in InitiateAuth, the real username later
 * @param values.clientId the app client's id
 * @param values.clientSecret the app client's secret, as the console shows it
 * @returns `base64(HMAC-SHA256(clientSecret, username ‖ clientId))`
 * @throws TypeError if a value is not a string
 * @throws RangeError if the client secret is empty or a value is far too long
 * @example
 * const SECRET_HASH = secretHash({ username, clientId, clientSecret })
 * // InitiateAuth { ClientId: clientId, AuthParameters: { USERNAME: username, SECRET_HASH, SRP_A } }
 */
export function secretHash(values: {
  readonly username: string
  readonly clientId: string
  readonly clientSecret: string
}): string {
  const { username, clientId, clientSecret } = readFields(
    values,
    'values',
    [],
    ['username', 'clientId', 'clientSecret'],
  )
  assertString(clientSecret, 'clientSecret', 1)
  return encodeBase64(hmac(utf8(clientSecret), utf8(username + clientId)))
}
