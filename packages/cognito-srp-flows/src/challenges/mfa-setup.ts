import { own, text, textIfAny } from '../errors.js'
import { bad, fields, hide, isText, isTexts, optional, parameter, required } from '../replies.js'
import { send } from '../requests.js'
import type { ChooseMfaSetupStep, MfaSetupChoice, SetUpTotpStep } from '../step.js'
import { totpUri } from '../totp-uri.js'
import type { ChallengeContext, Challenges, Draft, DraftOf, Outcome } from './challenge.js'
import { chosen } from './choose.js'
import { oneText, other } from './custom.js'

const TOTP = 'SOFTWARE_TOKEN_MFA'
const EMAIL = 'EMAIL_OTP'

/** Begin at once with the one factor that can be set up; of two the user picks first. */
async function react(context: ChallengeContext): Promise<Outcome> {
  const offered = parameter(context.state.parameters, 'MFAS_CAN_SETUP', isTexts)
  const choices = offered.filter((choice) => choice === TOTP || choice === EMAIL)
  return begin(context, choices as MfaSetupChoice[])
}

async function begin(context: ChallengeContext, choices: MfaSetupChoice[]): Promise<Draft> {
  const { state } = context
  if (choices.join() === TOTP) {
    const reply = fields(await send(context, 'AssociateSoftwareToken', { Session: state.session }))
    state.secretCode = required(reply, 'SecretCode', isText)
    state.session = optional(reply, 'Session', isText) ?? state.session
  }
  state.choices = choices
  return ask(context)
}

function ask(context: ChallengeContext): Draft {
  const { secretCode } = context.state
  const choices = (context.state.choices ?? []) as MfaSetupChoice[]
  if (secretCode) return setUpTotp(context, secretCode)
  if (choices.join() === EMAIL) return { kind: 'set-up-email', answer: oneText('EMAIL', 'email') }
  // Nothing here that a sign-in can set up, e.g. SMS alone.
  if (!choices.length) return other(context)
  return {
    kind: 'choose-mfa-setup',
    choices,
    answer: ([choice], options) => begin({ ...context, options }, [chosen(choice, choices)]),
  } satisfies DraftOf<ChooseMfaSetupStep>
}

function setUpTotp(context: ChallengeContext, secretCode: string): DraftOf<SetUpTotpStep> {
  const { state } = context
  const draft: DraftOf<SetUpTotpStep> = {
    kind: 'set-up-totp',
    secretCode,
    uri: (issuer, account = state.alias ?? state.username) => totpUri(secretCode, issuer, account),
    answer: async ([code, given = {}], options) => {
      // Once verified, a repeated answer (after a lost connection, say) only has to finish the challenge.
      if (!state.verified) {
        const { deviceName } = own(given, 'options')
        const input = {
          Session: state.session,
          UserCode: text(code, 'code'),
          FriendlyDeviceName: textIfAny(deviceName, 'deviceName'),
        }
        const reply = fields(await send({ ...context, options }, 'VerifySoftwareToken', input))
        if (required(reply, 'Status', isText) !== 'SUCCESS') throw bad('Status is not SUCCESS')
        state.session = optional(reply, 'Session', isText) ?? state.session
        state.verified = true
      }
      return { responses: {} }
    },
  }
  return hide(draft, 'secretCode')
}

/** Handle MFA_SETUP: by authenticator app, or by e-mail. */
export const mfaSetups: Challenges = { MFA_SETUP: { react, ask } }
