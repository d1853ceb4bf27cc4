import { FlowError, own } from '../errors.js'
import { bad, isTexts, parameter } from '../replies.js'
import type { ChooseFactorStep, ChooseMfaStep, FirstFactor, MfaChoice } from '../step.js'
import type { ChallengeContext, Challenges, DraftOf } from './challenge.js'
import { REVEALS, takePassword, takesPassword } from './password.js'

/** Check that what was chosen is one of the choices; anything else is a RangeError. */
export function chosen<C extends string>(choice: C, choices: readonly C[]): C {
  if (!choices.includes(choice)) throw new RangeError(`choice: expected one of ${choices.join(', ')}`)
  return choice
}

/** Ask which second factor it is to be. */
function askMfa({ state }: ChallengeContext): DraftOf<ChooseMfaStep> {
  const choices = parameter(state.parameters, 'MFAS_CAN_CHOOSE', isTexts) as MfaChoice[]
  return {
    kind: 'choose-mfa',
    choices,
    answer: ([choice]) => ({ responses: { ANSWER: chosen(choice, choices) } }),
  }
}

/** Ask how to sign in. The password goes in the same call where the choice needs it. */
function askFactor(context: ChallengeContext): DraftOf<ChooseFactorStep> {
  const { state } = context
  const offered = state.choices as FirstFactor[] | undefined
  if (!offered) throw bad('AvailableChallenges is missing')
  const choices = offered.filter((choice) => choice !== 'PASSWORD' || state.plainPassword !== 'refused')
  if (!choices.length && offered.length) throw new FlowError('unexpected-challenge', REVEALS)
  return {
    kind: 'choose-factor',
    choices,
    answer: ([choice, options = {}]) => {
      const ANSWER = chosen(choice, choices)
      if (!takesPassword(choice)) return { responses: { ANSWER } }
      const { responses, secrets = {} } = takePassword(context, choice, own(options, 'options').password)
      return { responses: { ANSWER, ...responses }, secrets }
    },
  }
}

/** Handle SELECT_MFA_TYPE. */
export const mfaChoices: Challenges = { SELECT_MFA_TYPE: { ask: askMfa } }

/** Handle SELECT_CHALLENGE. */
export const factorChoices: Challenges = { SELECT_CHALLENGE: { ask: askFactor } }
