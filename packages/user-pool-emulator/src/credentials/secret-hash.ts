import { secretHash } from '@srp6a/srp/cognito'
import { sameText } from '../config/encoding.js'
import { notAuthorized } from '../config/errors.js'
import type { Client } from '../model/state.js'

/**
 * SECRET_HASH is over the USERNAME in the same request.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
 */
export function checkSecretHash(client: Client, username: string, hash: string | undefined): void {
  const { clientId, clientSecret } = client
  if (clientSecret === undefined) {
    if (hash !== undefined) throw notAuthorized(`Unable to verify secret hash for client ${clientId}`)
    return
  }
  if (hash === undefined) {
    throw notAuthorized(`Client ${clientId} is configured with secret but SECRET_HASH was not received`)
  }
  // Every active secret is computed: how long the answer takes does not tell which one it was.
  const fits = client.secrets.map(({ value }) =>
    sameText(secretHash({ username, clientId, clientSecret: value }), hash),
  )
  if (!fits.includes(true)) {
    throw notAuthorized(`Unable to verify secret hash for client ${clientId}`)
  }
}
