import type { Reply, Turn } from '../turn.js'
import { answerDevicePasswordVerifier, answerDeviceSrp } from './device.js'
import { answerMfaSetup, answerSelectMfa, answerSentCode, answerTotp } from './mfa.js'
import { answerNewPassword } from './new-password.js'
import { answerPasswordVerifier } from './password-verifier.js'

export type Answer = (turn: Turn) => Promise<Reply>

/** By ChallengeNameType. */
export const answers: ReadonlyMap<string, Answer> = new Map([
  ['PASSWORD_VERIFIER', answerPasswordVerifier],
  ['DEVICE_SRP_AUTH', answerDeviceSrp],
  ['DEVICE_PASSWORD_VERIFIER', answerDevicePasswordVerifier],
  ['NEW_PASSWORD_REQUIRED', answerNewPassword],
  ['SMS_MFA', answerSentCode('SMS_MFA')],
  ['EMAIL_OTP', answerSentCode('EMAIL_OTP')],
  ['SMS_OTP', answerSentCode('SMS_OTP')],
  ['SOFTWARE_TOKEN_MFA', answerTotp],
  ['SELECT_MFA_TYPE', answerSelectMfa],
  ['MFA_SETUP', answerMfaSetup],
])
