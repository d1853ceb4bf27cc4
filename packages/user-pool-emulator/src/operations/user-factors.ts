import { resourceNotFound } from '../config/errors.js'
import { availableChallenges } from '../sign-in/user-auth.js'
import { namedUser } from './admin-users.js'
import { type Operations, signed } from './operation.js'

/** The factors of a user, as an administrator sees and removes them. */
export const userFactorOperations: Operations = {
  AdminGetUserAuthFactors: signed((call) => {
    const { pool, user } = namedUser(call)
    return {
      Username: user.username,
      PreferredMfaSetting: user.preferredMfa,
      UserMFASettingList: user.mfa.length > 0 ? user.mfa : undefined,
      ConfiguredUserAuthFactors: availableChallenges(pool, user).filter((name) => name !== 'PASSWORD_SRP'),
    }
  }),
  // For a user who has lost the authenticator app: no more TOTP at sign-in, and another app can be registered.
  AdminDeleteSoftwareToken: signed((call) => {
    const { pool, user } = namedUser(call)
    if (user.totp === undefined) throw resourceNotFound('The user has no software token.')
    user.totp = undefined
    user.pendingTotp = undefined
    user.mfa = user.mfa.filter((method) => method !== 'SOFTWARE_TOKEN_MFA')
    if (user.preferredMfa === 'SOFTWARE_TOKEN_MFA') user.preferredMfa = undefined
    user.modifiedAt = pool.host.now()
    return {}
  }),
}
