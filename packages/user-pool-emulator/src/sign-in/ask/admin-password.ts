import type { Attempt } from '../../model/state.js'
import type { AuthContext, Reply } from '../auth-context.js'
import { openSession } from '../session.js'

/**
 * ADMIN_NO_SRP_AUTH as a challenge: "This is returned if you need to authenticate with USERNAME and PASSWORD directly"
 * (service model). DefineAuthChallenge may name it.
 */
export const askAdminPassword = (context: AuthContext, attempt: Attempt): Reply => ({
  ChallengeName: 'ADMIN_NO_SRP_AUTH',
  ChallengeParameters: { USERNAME: attempt.username, USER_ID_FOR_SRP: attempt.username },
  Session: openSession(context, 'ADMIN_NO_SRP_AUTH', attempt),
})
