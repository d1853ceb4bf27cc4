import type { Turn } from '../app-client.js'
import { text } from '../errors.js'
import { isFields, isText, isTexts, optional, parse } from '../replies.js'
import type { NewPasswordStep } from '../step.js'

const PREFIX = 'userAttributes.'

/** NEW_PASSWORD_REQUIRED. Attribute names come and go with a prefix, which the step leaves out. */
export function newPassword(turn: Turn): NewPasswordStep {
  const { parameters } = turn.state
  const requiredAttributes = parse(
    optional(parameters, 'requiredAttributes', isText) ?? '[]',
    'requiredAttributes',
    isTexts,
  ).map((name) => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name))
  const current = parse(optional(parameters, 'userAttributes', isText) ?? '{}', 'userAttributes', isFields)
  return turn.step<NewPasswordStep>({
    kind: 'new-password',
    requiredAttributes,
    attributes: Object.fromEntries(
      Object.entries(current).map(([name, value]) => [name, isText(value) ? value : JSON.stringify(value)]),
    ),
    answer: async (password, attributes = {}, options = {}) => {
      if (!isFields(attributes)) throw new TypeError('attributes: expected an object')
      for (const name of requiredAttributes) text(attributes[name], `attributes.${name}`)
      const answers = Object.entries(attributes).map(([name, value]) => [
        PREFIX + name,
        text(value, `attributes.${name}`),
      ])
      return turn.respond({ NEW_PASSWORD: text(password, 'newPassword'), ...Object.fromEntries(answers) }, options)
    },
  })
}
