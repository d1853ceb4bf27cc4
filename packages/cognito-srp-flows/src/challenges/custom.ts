import { text } from '../errors.js'
import { isFields } from '../replies.js'
import type { CustomStep, OtherStep } from '../step.js'
import type { ChallengeAnswer, ChallengeContext, Challenges, DraftOf } from './challenge.js'

/** Take an answer of one text: `field` in ChallengeResponses, `argument` in the message if it is not a text. */
export const oneText =
  (field: string, argument: string) =>
  ([value]: readonly [value: string, ...more: unknown[]]): ChallengeAnswer => ({
    responses: { [field]: text(value, argument) },
  })

/** Handle CUSTOM_CHALLENGE: as many rounds as the pool's Lambda triggers ask for. */
export const customChallenges: Challenges = {
  CUSTOM_CHALLENGE: {
    ask: ({ state: { parameters } }): DraftOf<CustomStep> => ({
      kind: 'custom',
      parameters,
      answer: oneText('ANSWER', 'answer'),
    }),
  },
}

/** Ask for the answer to any other challenge, field by field. */
export const other = ({ state: { parameters } }: ChallengeContext): DraftOf<OtherStep> => ({
  kind: 'other',
  parameters,
  answer: ([given]) => {
    if (!isFields(given)) throw new TypeError('responses: expected an object')
    const responses: Record<string, string> = { ...given }
    for (const [name, value] of Object.entries(responses)) text(value, `responses.${name}`)
    return { responses }
  },
})
