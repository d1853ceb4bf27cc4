import type { Turn } from '../app-client.js'
import { FlowError, text } from '../errors.js'
import { isTexts, parameter } from '../replies.js'
import type { ChooseFactorStep, ChooseMfaStep } from '../step.js'
import { withPassword } from './password.js'

/** What was chosen must be one of the choices; anything else is a RangeError. */
export function chosen(choice: string, choices: readonly string[]): string {
  if (!choices.includes(choice)) throw new RangeError(`choice: expected one of ${choices.join(', ')}`)
  return choice
}

/** SELECT_MFA_TYPE. */
export function chooseMfa(turn: Turn): ChooseMfaStep {
  const choices = parameter(turn.state.parameters, 'MFAS_CAN_CHOOSE', isTexts)
  return turn.step<ChooseMfaStep>({
    kind: 'choose-mfa',
    choices,
    answer: async (choice, options = {}) => turn.respond({ ANSWER: chosen(choice, choices) }, options),
  })
}

/** SELECT_CHALLENGE. The password goes in the same call where the choice needs it. */
export function chooseFactor(turn: Turn): ChooseFactorStep {
  const { choices } = turn.state
  if (!choices) throw new FlowError('bad-reply', 'AvailableChallenges is missing')
  return turn.step<ChooseFactorStep>({
    kind: 'choose-factor',
    choices,
    answer: async (choice, options = {}) => {
      const ANSWER = chosen(choice, choices)
      if (!choice.startsWith('PASSWORD')) return turn.respond({ ANSWER }, options)
      const { responses, secrets } = withPassword(turn.client, choice, text(options?.password, 'password'))
      return turn.respond({ ANSWER, ...responses }, options, secrets)
    },
  })
}
