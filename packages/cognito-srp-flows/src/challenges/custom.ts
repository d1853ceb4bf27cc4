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

/** Take a person's texts by name: a copy, in which each is checked. */
export function namedTexts(given: Readonly<Record<string, string>>, argument: string): Record<string, string> {
  if (!isFields(given)) throw new TypeError(`${argument}: expected an object`)
  const texts = { ...given }
  for (const [name, value] of Object.entries(texts)) text(value, `${argument}.${name}`)
  return texts
}

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
  answer: ([given]) => ({ responses: namedTexts(given, 'responses') }),
})
