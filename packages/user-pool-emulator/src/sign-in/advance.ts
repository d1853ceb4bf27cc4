import { knownDevice } from '../credentials/devices.js'
import type { Attempt } from '../model/state.js'
import { askDevice } from './ask/device.js'
import { askMfa } from './ask/mfa.js'
import { askNewPassword } from './ask/new-password.js'
import { type AuthContext, type Reply, userOf } from './auth-context.js'
import { finish } from './finish.js'
import { askMissing } from './step-up.js'

/**
 * Go on after a factor that was passed: a new password, then what a step-up lacks, then MFA unless a remembered device stands in for it, then
 * the device's own proof, then the tokens.
 */
export async function advance(context: AuthContext, attempt: Attempt): Promise<Reply> {
  const user = userOf(context, attempt)
  if (user.status === 'FORCE_CHANGE_PASSWORD') return askNewPassword(context, attempt, user)
  // First: a step-up to level 4 needs the authenticator app, whatever the user prefers.
  const missing = await askMissing(context, attempt, user)
  if (missing !== undefined) return missing
  const device = knownDevice(context.pool, user, attempt.deviceKey)
  const deviceSkipsMfa = device?.status === 'remembered' && context.pool.settings.deviceTracking.skipsMfa
  if (!attempt.mfaDone && !deviceSkipsMfa) {
    const challenge = await askMfa(context, attempt, user)
    if (challenge !== undefined) return challenge
  }
  if (device !== undefined && !attempt.deviceVerified) return askDevice(context, attempt, user)
  return finish(context, attempt)
}

/** Refuses a device key before anything is used up, so that the same answer may be sent again without it. */
export function checkDeviceKey(context: AuthContext, attempt: Attempt): void {
  knownDevice(context.pool, userOf(context, attempt), context.parameters.get('DEVICE_KEY'))
}
