import type { Turn } from '../app-client.js'
import { text } from '../errors.js'
import { isFields } from '../replies.js'
import type { AnswerOptions, CustomStep, OtherStep, Step } from '../step.js'

/** An answer of one text: `field` in ChallengeResponses, `argument` in the message if it is none. */
export const oneText =
  (turn: Turn, field: string, argument: string) =>
  async (value: string, options: AnswerOptions = {}): Promise<Step> =>
    turn.respond({ [field]: text(value, argument) }, options)

/** CUSTOM_CHALLENGE: as many rounds as the pool's Lambda triggers ask for. */
export function custom(turn: Turn): CustomStep {
  return turn.step<CustomStep>({
    kind: 'custom',
    parameters: turn.state.parameters,
    answer: oneText(turn, 'ANSWER', 'answer'),
  })
}

/** Any other challenge, to be answered by hand. */
export function other(turn: Turn): OtherStep {
  return turn.step<OtherStep>({
    kind: 'other',
    parameters: turn.state.parameters,
    answer: async (responses, options = {}) => {
      if (!isFields(responses)) throw new TypeError('responses: expected an object')
      for (const name of Object.keys(responses)) text(responses[name], `responses.${name}`)
      return turn.respond({ ...responses }, options)
    },
  })
}
