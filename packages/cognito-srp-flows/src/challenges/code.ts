import { isText, optional } from '../replies.js'
import { present } from '../requests.js'
import type { CodeStep } from '../step.js'
import type { ChallengeContext, Challenges, DraftOf } from './challenge.js'
import { oneText } from './custom.js'

const VIA = { SMS_MFA: 'sms', SMS_OTP: 'sms', EMAIL_OTP: 'email', SOFTWARE_TOKEN_MFA: 'totp' } as const

/** Ask for a code. The field of the answer is named after the challenge. */
function ask({ state: { challenge, parameters } }: ChallengeContext): DraftOf<CodeStep> {
  return {
    kind: 'code',
    via: VIA[challenge as keyof typeof VIA],
    ...present({
      sentTo: optional(parameters, 'CODE_DELIVERY_DESTINATION', isText),
      deviceName: optional(parameters, 'FRIENDLY_DEVICE_NAME', isText),
    }),
    answer: oneText(`${challenge}_CODE`, 'code'),
  }
}

/** Handle SMS_MFA, SMS_OTP, EMAIL_OTP and SOFTWARE_TOKEN_MFA. */
export const codes: Challenges = { SMS_MFA: { ask }, SMS_OTP: { ask }, EMAIL_OTP: { ask }, SOFTWARE_TOKEN_MFA: { ask } }
