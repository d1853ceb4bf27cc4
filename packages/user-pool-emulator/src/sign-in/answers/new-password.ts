import { invalidParameter, notAuthorized } from '../../errors.js'
import { checkPasswordPolicy, setPassword, updateAttributes } from '../../users.js'
import { advance, checkDeviceKey } from '../advance.js'
import { missingAttributes, PREFIX } from '../ask/new-password.js'
import { closeSession } from '../session.js'
import { parameter, type Reply, type Turn } from '../turn.js'
import { findAnswered } from './answered.js'

/** NEW_PASSWORD_REQUIRED: the new password and the attributes that the user still lacks, all or nothing. */
export async function answerNewPassword(turn: Turn): Promise<Reply> {
  const password = parameter(turn, 'NEW_PASSWORD')
  const { session, user } = await findAnswered(turn, 'NEW_PASSWORD_REQUIRED')
  const given: Record<string, string> = Object.fromEntries(
    [...turn.parameters]
      .filter(([key]) => key.startsWith(PREFIX))
      .map(([key, value]) => [key.slice(PREFIX.length), value]),
  )
  checkPasswordPolicy(turn.pool, password)
  for (const name of ['email', 'phone_number']) {
    if (given[name] !== undefined && user.attributes[name] !== undefined) {
      throw notAuthorized(`Cannot modify an already provided ${name}`)
    }
  }
  for (const name of missingAttributes(turn, user)) {
    if (!given[name]) throw invalidParameter(`Invalid attributes given, ${name} is missing`)
  }
  checkDeviceKey(turn, session.attempt)
  updateAttributes(user, given)
  const attempt = closeSession(turn, session)
  setPassword(turn.pool, user, password)
  user.status = 'CONFIRMED'
  user.temporaryPasswordUntil = undefined
  user.modifiedAt = turn.host.now()
  attempt.deviceKey = turn.parameters.get('DEVICE_KEY') ?? attempt.deviceKey
  return advance(turn, attempt)
}
