import { assumptions } from '../../config/assumptions.js'
import type { Attempt } from '../../model/state.js'
import type { AuthContext, Reply } from '../auth-context.js'
import { openSession } from '../session.js'

/** DEVICE_SRP_AUTH: the device has to prove that it is the one that was confirmed. */
export function askDevice(context: AuthContext, attempt: Attempt): Reply {
  const session = openSession(context, 'DEVICE_SRP_AUTH', attempt)
  return {
    ChallengeName: 'DEVICE_SRP_AUTH',
    ChallengeParameters: {},
    Session: assumptions.sessionInDeviceReplies ? session : undefined,
  }
}
