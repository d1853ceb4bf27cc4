import { getDevice } from '../../credentials/devices.js'
import type { Attempt, User } from '../../model/state.js'
import type { AuthContext, Reply } from '../auth-context.js'
import { openSession } from '../session.js'

/** DEVICE_SRP_AUTH: the device has to prove that it is the one that was confirmed. */
export function askDevice(context: AuthContext, attempt: Attempt, user: User): Reply {
  const { assumptions } = context.pool.settings
  const session = openSession(context, 'DEVICE_SRP_AUTH', attempt)
  // Answers without a Session work, as Amazon's documentation shows them.
  if (attempt.deviceKey !== undefined) getDevice(user, attempt.deviceKey).waitingSession = session
  return {
    ChallengeName: 'DEVICE_SRP_AUTH',
    ChallengeParameters: {},
    Session: assumptions.sessionInDeviceReplies ? session : undefined,
  }
}
