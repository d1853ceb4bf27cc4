import { ownValue, text } from '../errors.js'
import { isFields, isText, isTexts, parameter } from '../replies.js'
import type { NewPasswordStep } from '../step.js'
import type { ChallengeContext, Challenges, DraftOf } from './challenge.js'
import { namedTexts } from './custom.js'

const PREFIX = 'userAttributes.'

/** Ask for a new password. Attribute names come and go with a prefix, which the step leaves out. */
function ask({ state: { parameters } }: ChallengeContext): DraftOf<NewPasswordStep> {
  const listed = parameter(parameters, 'requiredAttributes', isTexts, '[]')
  const requiredAttributes = listed.map((name) => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name))
  const current = parameter(parameters, 'userAttributes', isFields, '{}')
  const attributes = Object.fromEntries(
    Object.entries(current).map(([name, value]) => [name, isText(value) ? value : JSON.stringify(value)]),
  )
  return {
    kind: 'new-password',
    requiredAttributes,
    attributes,
    answer: ([password, given = {}]) => {
      const chosen = namedTexts(given, 'attributes')
      // One that the user has may be left out: the service lists it nevertheless, and may refuse to change it.
      for (const name of requiredAttributes) text(ownValue({ ...attributes, ...chosen }, name), `attributes.${name}`)
      const answers = Object.entries(chosen).map(([name, value]) => [PREFIX + name, value])
      return { responses: { NEW_PASSWORD: text(password, 'newPassword'), ...Object.fromEntries(answers) } }
    },
  }
}

/** Handle NEW_PASSWORD_REQUIRED. */
export const newPasswords: Challenges = { NEW_PASSWORD_REQUIRED: { ask } }
