import { assumptions } from '../../assumptions.js'
import { invalidParameter, invalidSession, ServiceError } from '../../errors.js'
import { MFA_METHODS, type MfaMethod } from '../../options.js'
import { sameText } from '../../text.js'
import { checkTotp } from '../../totp.js'
import { ATTRIBUTE_EMAIL, setEmail } from '../../users.js'
import { advance, checkDeviceKey } from '../advance.js'
import { askMfaCode } from '../ask/mfa.js'
import { checkMaySignIn } from '../first-factor.js'
import { closeSession } from '../session.js'
import { parameter, type Reply, type Turn, userOf } from '../turn.js'
import { findAnswered, findOpen } from './answered.js'

/** MFA answers may bring the device key; without one, that of the password step stays. */
function withDeviceKey(turn: Turn, attempt: { deviceKey: string | undefined }): void {
  attempt.deviceKey = turn.parameters.get('DEVICE_KEY') ?? attempt.deviceKey
}

/** SMS_MFA, EMAIL_OTP, SMS_OTP: a code that was sent. A wrong one leaves the step open. */
export const answerSentCode =
  (challenge: 'SMS_MFA' | 'EMAIL_OTP' | 'SMS_OTP') =>
  async (turn: Turn): Promise<Reply> => {
    const code = parameter(turn, `${challenge}_CODE`)
    const session = await findOpen(turn, challenge)
    // Before the user is looked at: a code that was only said to be sent must not tell that there is none.
    if (!sameText(session.data.code ?? '', code)) {
      throw new ServiceError('CodeMismatchException', 'Invalid code or auth state for the user.')
    }
    checkMaySignIn(turn, userOf(turn, session.attempt))
    checkDeviceKey(turn, session.attempt)
    const attempt = closeSession(turn, session)
    // A code that was the first factor leaves MFA to the pool's rule.
    attempt.mfaDone = session.data.purpose === 'mfa'
    withDeviceKey(turn, attempt)
    return advance(turn, attempt)
  }

/** SOFTWARE_TOKEN_MFA: the code of an authenticator app. */
export async function answerTotp(turn: Turn): Promise<Reply> {
  const code = parameter(turn, 'SOFTWARE_TOKEN_MFA_CODE')
  const { session, user } = await findAnswered(turn, 'SOFTWARE_TOKEN_MFA')
  checkDeviceKey(turn, session.attempt)
  checkTotp(turn.pool, user, code)
  const attempt = closeSession(turn, session)
  attempt.mfaDone = true
  withDeviceKey(turn, attempt)
  return advance(turn, attempt)
}

const isMethod = (name: string): name is MfaMethod => (MFA_METHODS as readonly string[]).includes(name)

/** SELECT_MFA_TYPE: one of MFAS_CAN_CHOOSE. */
export async function answerSelectMfa(turn: Turn): Promise<Reply> {
  const choice = parameter(turn, 'ANSWER')
  const { session, user } = await findAnswered(turn, 'SELECT_MFA_TYPE')
  if (!isMethod(choice) || !(session.data.choices ?? '').split(' ').includes(choice)) {
    throw invalidParameter(assumptions.invalidMfaType)
  }
  return askMfaCode(turn, closeSession(turn, session), user, choice)
}

/**
 * MFA_SETUP: either the Session that VerifySoftwareToken gave, or EMAIL with an address that then gets a code.
 */
export async function answerMfaSetup(turn: Turn): Promise<Reply> {
  const { session, user } = await findAnswered(turn, 'MFA_SETUP')
  const email = turn.parameters.get('EMAIL')
  if (email !== undefined) {
    if (!turn.pool.settings.mfa.methods.includes('EMAIL_OTP') || !ATTRIBUTE_EMAIL.test(email)) {
      throw invalidParameter('Invalid email address format.')
    }
    const attempt = closeSession(turn, session)
    setEmail(user, email)
    user.mfa = [...new Set([...user.mfa, 'EMAIL_OTP' as const])]
    return askMfaCode(turn, attempt, user, 'EMAIL_OTP')
  }
  const { totpSecret, verified, name = '' } = session.data
  if (totpSecret === undefined || verified !== 'true') throw invalidSession()
  const attempt = closeSession(turn, session)
  user.totp = { secret: totpSecret, name, lastStep: -1 }
  user.mfa = [...new Set([...user.mfa, 'SOFTWARE_TOKEN_MFA' as const])]
  user.preferredMfa = 'SOFTWARE_TOKEN_MFA'
  attempt.mfaDone = true
  withDeviceKey(turn, attempt)
  return advance(turn, attempt)
}
