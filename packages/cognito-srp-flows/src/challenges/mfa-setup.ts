import type { Turn } from '../app-client.js'
import { FlowError, text, textIfAny } from '../errors.js'
import { fields, isText, isTexts, optional, parameter, required } from '../replies.js'
import type { AnswerOptions, ChooseMfaSetupStep, PendingStep, SetUpEmailStep, SetUpTotpStep } from '../step.js'
import { chosen } from './choose.js'
import { oneText, other } from './custom.js'

const TOTP = 'SOFTWARE_TOKEN_MFA'
const EMAIL = 'EMAIL_OTP'

/** MFA_SETUP: with one factor to set up that begins at once, with two the user picks first. */
export async function beginMfaSetup(turn: Turn): Promise<PendingStep> {
  const choices = parameter(turn.state.parameters, 'MFAS_CAN_SETUP', isTexts).filter((c) => c === TOTP || c === EMAIL)
  return begin(turn, choices, turn.options)
}

async function begin(turn: Turn, choices: string[], options: AnswerOptions): Promise<PendingStep> {
  const { state } = turn
  if (choices.join() === TOTP) {
    const reply = fields(await turn.call('AssociateSoftwareToken', { Session: state.session }, options))
    state.secretCode = required(reply, 'SecretCode', isText)
    state.session = optional(reply, 'Session', isText) ?? state.session
  }
  state.choices = choices
  return mfaSetup(turn)
}

/** The step for what is known so far; asks nobody, so that a saved step comes back as it was. */
export function mfaSetup(turn: Turn): PendingStep {
  const { secretCode, choices = [] } = turn.state
  if (secretCode) return setUpTotp(turn, secretCode)
  if (choices.join() === EMAIL) return setUpEmail(turn)
  // Nothing here that a sign-in can set up, e.g. SMS alone.
  if (!choices.length) return other(turn)
  return turn.step<ChooseMfaSetupStep>({
    kind: 'choose-mfa-setup',
    choices,
    answer: async (choice, options = {}) => begin(turn, [chosen(choice, choices)], options),
  })
}

function setUpEmail(turn: Turn): SetUpEmailStep {
  return turn.step<SetUpEmailStep>({
    kind: 'set-up-email',
    answer: oneText(turn, 'EMAIL', 'email'),
  })
}

/** Half of a surrogate pair has no UTF-8, and encodeURIComponent would say URIError. */
function component(value: string, name: string): string {
  if (/[\ud800-\udfff]/u.test(text(value, name))) throw new RangeError(`${name}: expected well-formed Unicode`)
  return encodeURIComponent(value)
}

function setUpTotp(turn: Turn, secretCode: string): SetUpTotpStep {
  const { state } = turn
  const step = turn.step<SetUpTotpStep>({
    kind: 'set-up-totp',
    secretCode,
    uri: (issuer, account = state.alias ?? state.username) => {
      const name = component(issuer, 'issuer')
      return `otpauth://totp/${name}:${component(account, 'account')}?secret=${secretCode}&issuer=${name}`
    },
    answer: async (code, options = {}) => {
      // Once verified, a repeated answer (after a lost connection, say) only has to finish the challenge.
      if (!state.verified) {
        const input = {
          Session: state.session,
          UserCode: text(code, 'code'),
          FriendlyDeviceName: textIfAny(options?.deviceName, 'deviceName'),
        }
        const reply = fields(await turn.call('VerifySoftwareToken', input, options))
        if (required(reply, 'Status', isText) !== 'SUCCESS') throw new FlowError('bad-reply', 'Status is not SUCCESS')
        state.session = optional(reply, 'Session', isText) ?? state.session
        state.verified = true
      }
      return turn.respond({}, options)
    },
  })
  return Object.defineProperty(step, 'secretCode', { enumerable: false })
}
