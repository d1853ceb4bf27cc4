import { knownDevice } from '../devices.js'
import type { Attempt } from '../state.js'
import { askDevice } from './ask/device.js'
import { askMfa } from './ask/mfa.js'
import { askNewPassword } from './ask/new-password.js'
import { finish } from './finish.js'
import { type Reply, type Turn, userOf } from './turn.js'

/**
 * What comes after a factor that was passed: a new password, then MFA unless a remembered device stands in for it, then
 * the device's own proof, then the tokens.
 */
export async function advance(turn: Turn, attempt: Attempt): Promise<Reply> {
  const user = userOf(turn, attempt)
  if (user.status === 'FORCE_CHANGE_PASSWORD') return askNewPassword(turn, attempt, user)
  const device = knownDevice(turn.pool, user, attempt.deviceKey)
  const deviceSkipsMfa = device?.status === 'remembered' && turn.pool.settings.deviceTracking.skipsMfa
  if (!attempt.mfaDone && !deviceSkipsMfa) {
    const challenge = askMfa(turn, attempt, user)
    if (challenge !== undefined) return challenge
  }
  if (device !== undefined && !attempt.deviceVerified) return askDevice(turn, attempt)
  return finish(turn, attempt)
}

/** Refuses a device key before anything is used up, so that the same answer may be sent again without it. */
export function checkDeviceKey(turn: Turn, attempt: Attempt): void {
  knownDevice(turn.pool, userOf(turn, attempt), turn.parameters.get('DEVICE_KEY'))
}
