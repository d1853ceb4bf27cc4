import type { Turn } from '../app-client.js'
import { isText, optional } from '../replies.js'
import { present } from '../requests.js'
import type { CodeStep } from '../step.js'
import { oneText } from './custom.js'

const VIA = { SMS_MFA: 'sms', SMS_OTP: 'sms', EMAIL_OTP: 'email', SOFTWARE_TOKEN_MFA: 'totp' } as const

/** SMS_MFA, SMS_OTP, EMAIL_OTP and SOFTWARE_TOKEN_MFA: the answer is named after the challenge. */
export function code(turn: Turn): CodeStep {
  const { challenge, parameters } = turn.state
  return turn.step<CodeStep>({
    kind: 'code',
    via: VIA[challenge as keyof typeof VIA],
    ...present({
      sentTo: optional(parameters, 'CODE_DELIVERY_DESTINATION', isText),
      deviceName: optional(parameters, 'FRIENDLY_DEVICE_NAME', isText),
    }),
    answer: oneText(turn, `${challenge}_CODE`, 'code'),
  })
}
