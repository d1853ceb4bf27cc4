import type { Json } from '../input.js'
import { verifyAccessToken } from '../tokens.js'
import { attributeList } from '../users.js'
import { type Call, type Operations, open } from './operation.js'

async function getUser({ host, input }: Call): Promise<Json> {
  const { user } = await verifyAccessToken(host, input.text('AccessToken'))
  return {
    Username: user.username,
    UserAttributes: attributeList(user),
    PreferredMfaSetting: user.preferredMfa,
    UserMFASettingList: user.mfa.length > 0 ? user.mfa : undefined,
  }
}

/** What a signed-in user does with the own account. */
export const userOperations: Operations = {
  GetUser: open(getUser),
}
