// Rules for what the service says: the fields that its replies have in common.
import { base64, hex, isText, peer, type Rule } from '../rules.js'
import { LONGEST } from './service.js'

export type Test = (value: unknown) => boolean
export const isObject: Test = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
export const within: Test = (value) => isText(value) && (value as string).length <= LONGEST
export const bad: Rule['refuses'] = () => ['bad-reply']

/** The edges of any text, JSON or not. */
const edges = {
  'text of the limit': 'a'.repeat(LONGEST),
  'text over the limit': 'a'.repeat(LONGEST + 1),
  'broken JSON': '{"a":',
  'JSON of null': 'null',
}
export const text: Rule = peer(within, bad, edges)
/** In the alphabet of bearer tokens: RFC 6750, section 2.1. */
export const token: Rule = peer((value) => within(value) && /^[\w.~+/-]+=*$/.test(value as string), bad, {
  ...edges,
  'a line end': 'a\r\nb',
  'padding in the middle': 'a=b',
  'padding at the end': 'ab==',
})
/** A member of ChallengeParameters that is signed with: it may be left out, but a map of texts has no null in it. */
export const isName: Test = (value) => within(value) && (value as string).length <= LONGEST / 2
export const NAME: Rule = { ...text, takes: isName, absent: true, named: false }
export const nullable = (rule: Rule): Rule => ({
  ...rule,
  takes: (value) => value === undefined || value === null || rule.takes(value),
})
export const unnamed = (rule: Rule): Rule => ({ ...rule, named: false })
/** The whole reply: an object that lacks everything says nothing. */
export const WHOLE: Rule = { ...peer(() => false, bad), named: false }
export const texts: Test = (value) => Array.isArray(value) && value.every(within)
export const textMap: Test = (value) => isObject(value) && Object.values(value as object).every(within)
export const listOf =
  (item: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every((one) => isObject(one) && item(one))

/** A text that is refused by its own code once it is one. */
export const srp = (rule: Rule): Rule => ({
  takes: (value) => within(value) && rule.takes(value),
  refuses: (value) => (within(value) ? rule.refuses(value) : ['bad-reply']),
  edges: { ...edges, ...rule.edges },
})
export const json = (takes: Test, more: Rule['edges'] = {}): Rule =>
  peer(
    (value) => {
      try {
        return within(value) && takes(JSON.parse(value as string))
      } catch {
        return false
      }
    },
    bad,
    {
      ...edges,
      '[]': '[]',
      '{}': '{}',
      '[1]': '[1]',
      '[null]': '[null]',
      '"x"': '"x"',
      '1': '1',
      __proto__: '{"__proto__":{"polluted":1}}',
      'deep JSON': '['.repeat(60_000),
      ...more,
    },
  )

/** A member of ChallengeParameters has the wrong type, or is not one of the texts there: the map is, or the member. */
export const member = (rule: Rule): Rule => ({ ...rule, named: false })
/** It may be left out, but a map of texts has no null in it. */
export const spare = (rule: Rule): Rule => ({ ...member(rule), absent: true })

export const SALT = member(
  srp({
    ...hex(1024),
    takes: (value) => hex(1024).takes(String(value).replace(/^-/, '')),
    refuses: (value) => hex(1024).refuses(String(value).replace(/^-/, '')),
  }),
)
export const B: Rule = member(
  srp({
    ...hex(385),
    takes: (value) =>
      hex(385).takes(value) && /[1-9a-f]/i.test(String(value)) && String(value).replace(/^0+/, '').length <= 768,
    refuses: (value) => (hex(385).takes(value) ? ['invalid-public-key', 'too-large'] : hex(385).refuses(value)),
  }),
)
export const BLOCK = member(srp(base64(65_536)))
