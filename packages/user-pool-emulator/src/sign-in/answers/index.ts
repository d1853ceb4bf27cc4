import type { AuthContext, Reply } from '../auth-context.js'
import { answerAdminPassword } from './admin-password.js'
import { answerCustom } from './custom.js'
import { answerDevicePasswordVerifier, answerDeviceSrp } from './device.js'
import { answerPasskey, answerPassword, answerPasswordSrp, answerSelectChallenge } from './first-factor.js'
import { answerMfaSetup, answerSelectMfa, answerSentCode, answerTotp } from './mfa.js'
import { answerNewPassword } from './new-password.js'
import { answerPasswordVerifier } from './password-verifier.js'

export type Answer = (context: AuthContext) => Promise<Reply>

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
  ['CUSTOM_CHALLENGE', answerCustom],
  ['SELECT_CHALLENGE', answerSelectChallenge],
  ['PASSWORD', answerPassword],
  ['PASSWORD_SRP', answerPasswordSrp],
  ['WEB_AUTHN', answerPasskey],
  ['ADMIN_NO_SRP_AUTH', answerAdminPassword],
])
