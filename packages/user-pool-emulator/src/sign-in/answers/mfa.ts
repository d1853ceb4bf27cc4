import { sameText } from '../../config/encoding.js'
import { invalidParameter, invalidSession, ServiceError } from '../../config/errors.js'
import { checkTotp } from '../../credentials/totp.js'
import { ATTRIBUTE_EMAIL, checkAliases, setEmail } from '../../model/attributes.js'
import { advance, checkDeviceKey } from '../advance.js'
import { askMfaCode, isMfaMethod } from '../ask/mfa.js'
import { type AuthContext, parameter, passed, type Reply, userOf } from '../auth-context.js'
import { checkMaySignIn } from '../first-factor.js'
import { closeSession, countWrongAnswer } from '../session.js'
import { findAnswered, findOpen } from './answered.js'

/** MFA answers may bring the device key; without one, that of the password step stays. */
function withDeviceKey(context: AuthContext, attempt: { deviceKey: string | undefined }): void {
  attempt.deviceKey = context.parameters.get('DEVICE_KEY') ?? attempt.deviceKey
}

/** SMS_MFA, EMAIL_OTP, SMS_OTP: a code that was sent. A wrong one leaves the step open. */
export const answerSentCode =
  (challenge: 'SMS_MFA' | 'EMAIL_OTP' | 'SMS_OTP') =>
  async (context: AuthContext): Promise<Reply> => {
    const code = parameter(context, `${challenge}_CODE`)
    const session = await findOpen(context, challenge)
    // Before the user is looked at: a code that was only said to be sent must not tell that there is none.
    if (!sameText(session.data.code ?? '', code)) {
      countWrongAnswer(context.pool, session)
      throw new ServiceError('CodeMismatchException', 'Invalid code or auth state for the user.')
    }
    checkMaySignIn(context, userOf(context, session.attempt))
    checkDeviceKey(context, session.attempt)
    const attempt = closeSession(session)
    // A code that was the first factor leaves MFA to the pool's rule.
    attempt.mfaDone = session.data.purpose === 'mfa'
    attempt.mfaPassed = attempt.mfaDone
    withDeviceKey(context, attempt)
    return advance(context, passed(attempt, challenge === 'EMAIL_OTP' ? 'email_otp' : 'sms'))
  }

/** SOFTWARE_TOKEN_MFA: the code of an authenticator app. */
export async function answerTotp(context: AuthContext): Promise<Reply> {
  const code = parameter(context, 'SOFTWARE_TOKEN_MFA_CODE')
  const { session, user } = await findAnswered(context, 'SOFTWARE_TOKEN_MFA')
  checkDeviceKey(context, session.attempt)
  try {
    checkTotp(context.pool, user, code)
  } catch (error) {
    countWrongAnswer(context.pool, session)
    throw error
  }
  const attempt = closeSession(session)
  attempt.mfaDone = true
  attempt.mfaPassed = true
  withDeviceKey(context, attempt)
  return advance(context, passed(attempt, 'otp'))
}

/** SELECT_MFA_TYPE: one of MFAS_CAN_CHOOSE. */
export async function answerSelectMfa(context: AuthContext): Promise<Reply> {
  const choice = parameter(context, 'ANSWER')
  const { session, user } = await findAnswered(context, 'SELECT_MFA_TYPE')
  const { assumptions } = context.pool.settings
  if (!isMfaMethod(choice) || !(session.data.choices ?? '').split(' ').includes(choice)) {
    throw invalidParameter(assumptions.invalidMfaType)
  }
  return askMfaCode(context, closeSession(session), user, choice)
}

/**
 * MFA_SETUP: either the Session that VerifySoftwareToken gave, or EMAIL with an address that then gets a code.
 */
export async function answerMfaSetup(context: AuthContext): Promise<Reply> {
  const { session, user } = await findAnswered(context, 'MFA_SETUP')
  const email = context.parameters.get('EMAIL')
  if (email !== undefined) {
    if (!context.pool.settings.mfa.methods.includes('EMAIL_OTP') || !ATTRIBUTE_EMAIL.test(email)) {
      throw invalidParameter('Invalid email address format.')
    }
    const attempt = closeSession(session)
    checkAliases(context.pool, { email }, user)
    setEmail(context.pool, user, email)
    user.mfa = [...new Set([...user.mfa, 'EMAIL_OTP' as const])]
    return askMfaCode(context, attempt, user, 'EMAIL_OTP')
  }
  // VerifySoftwareToken has marked the token as verified; its Session is the one that can be answered.
  if (session.data.verified !== 'true') throw invalidSession()
  const attempt = closeSession(session)
  user.mfa = [...new Set([...user.mfa, 'SOFTWARE_TOKEN_MFA' as const])]
  user.preferredMfa = 'SOFTWARE_TOKEN_MFA'
  attempt.mfaDone = true
  attempt.mfaPassed = true
  withDeviceKey(context, attempt)
  return advance(context, passed(attempt, 'otp'))
}
