import { ownValue, text } from '../errors.js'
import { isFields, isText, isTexts, optional, parse } from '../replies.js'
import type { NewPasswordStep } from '../step.js'
import type { ChallengeContext, Challenges, DraftOf } from './challenge.js'

const PREFIX = 'userAttributes.'

/** Ask for a new password. Attribute names come and go with a prefix, which the step leaves out. */
function ask({ state: { parameters } }: ChallengeContext): DraftOf<NewPasswordStep> {
  const listed = parse(optional(parameters, 'requiredAttributes', isText) ?? '[]', 'requiredAttributes', isTexts)
  const requiredAttributes = listed.map((name) => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name))
  const current = parse(optional(parameters, 'userAttributes', isText) ?? '{}', 'userAttributes', isFields)
  const attributes = Object.fromEntries(
    Object.entries(current).map(([name, value]) => [name, isText(value) ? value : JSON.stringify(value)]),
  )
  return {
    kind: 'new-password',
    requiredAttributes,
    attributes,
    answer: ([password, given = {}]) => {
      if (!isFields(given)) throw new TypeError('attributes: expected an object')
      const chosen = new Map(Object.entries({ ...given }))
      // One that the user has may be left out: the service lists it nevertheless, and may refuse to change it.
      for (const name of requiredAttributes) {
        const has = ownValue(attributes, name)
        if (!chosen.has(name) && !has) text(undefined, `attributes.${name}`)
      }
      const answers = Array.from(chosen, ([name, value]) => [PREFIX + name, text(value, `attributes.${name}`)])
      return { responses: { NEW_PASSWORD: text(password, 'newPassword'), ...Object.fromEntries(answers) } }
    },
  }
}

/** Handle NEW_PASSWORD_REQUIRED. */
export const newPasswords: Challenges = { NEW_PASSWORD_REQUIRED: { ask } }
