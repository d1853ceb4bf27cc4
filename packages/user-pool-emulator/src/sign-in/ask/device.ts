import { assumptions } from '../../assumptions.js'
import type { Attempt } from '../../state.js'
import { openSession } from '../session.js'
import type { Reply, Turn } from '../turn.js'

/** DEVICE_SRP_AUTH: the device has to prove that it is the one that was confirmed. */
export function askDevice(turn: Turn, attempt: Attempt): Reply {
  const session = openSession(turn, 'DEVICE_SRP_AUTH', attempt)
  return {
    ChallengeName: 'DEVICE_SRP_AUTH',
    ChallengeParameters: {},
    Session: assumptions.sessionInDeviceReplies ? session : undefined,
  }
}
