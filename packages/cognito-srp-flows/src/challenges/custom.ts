import { text } from '../errors.js'
import type { Turn } from '../pool.js'
import type { CustomStep, OtherStep } from '../step.js'

/** CUSTOM_CHALLENGE: as many rounds as the pool's Lambda triggers ask for. */
export function custom(turn: Turn): CustomStep {
  return turn.step<CustomStep>({
    kind: 'custom',
    parameters: turn.state.parameters,
    answer: async (ANSWER, options = {}) => turn.respond({ ANSWER: text(ANSWER, 'answer') }, options),
  })
}

/** Any other challenge, to be answered by hand. */
export function other(turn: Turn): OtherStep {
  return turn.step<OtherStep>({
    kind: 'other',
    parameters: turn.state.parameters,
    answer: async (responses, options = {}) => {
      if (typeof responses !== 'object' || !responses) throw new TypeError('responses: expected an object')
      for (const name of Object.keys(responses)) text(responses[name], `responses.${name}`)
      return turn.respond({ ...responses }, options)
    },
  })
}
