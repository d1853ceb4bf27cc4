import { invalidParameter, notAuthorized } from '../../config/errors.js'
import { checkPasswordHistory, checkPasswordPolicy, setPassword } from '../../credentials/passwords.js'
import { updateAttributes } from '../../model/attributes.js'
import { advance, checkDeviceKey } from '../advance.js'
import { missingAttributes, PREFIX } from '../ask/new-password.js'
import { type AuthContext, parameter, type Reply } from '../auth-context.js'
import { closeSession } from '../session.js'
import { findAnswered } from './answered.js'

/** NEW_PASSWORD_REQUIRED: the new password and the attributes that the user still lacks, all or nothing. */
export async function answerNewPassword(context: AuthContext): Promise<Reply> {
  const password = parameter(context, 'NEW_PASSWORD')
  const { session, user } = await findAnswered(context, 'NEW_PASSWORD_REQUIRED')
  const given: Record<string, string> = Object.fromEntries(
    [...context.parameters]
      .filter(([key]) => key.startsWith(PREFIX))
      .map(([key, value]) => [key.slice(PREFIX.length), value]),
  )
  checkPasswordPolicy(context.pool, password)
  checkPasswordHistory(context.pool, user, password)
  // A required attribute that has a value cannot be modified here, nor an address.
  for (const name of new Set(['email', 'phone_number', ...context.pool.settings.requiredAttributes])) {
    if (given[name] !== undefined && user.attributes[name] !== undefined) {
      throw notAuthorized(`Cannot modify an already provided ${name}`)
    }
  }
  for (const name of missingAttributes(context, user)) {
    if (!given[name]) throw invalidParameter(`Invalid attributes given, ${name} is missing`)
  }
  checkDeviceKey(context, session.attempt)
  updateAttributes(context.pool, user, given)
  const attempt = closeSession(session)
  setPassword(context.pool, user, password)
  attempt.credentialVersion = user.credentialVersion
  attempt.newPassword = true
  user.status = 'CONFIRMED'
  user.temporaryPasswordUntil = undefined
  user.modifiedAt = context.host.now()
  attempt.deviceKey = context.parameters.get('DEVICE_KEY') ?? attempt.deviceKey
  return advance(context, attempt)
}
