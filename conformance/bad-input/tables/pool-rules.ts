// Rules for what many of the functions of cognito-srp-flows take: the pool, and what travels with a request.
import { ANYTHING, caller, isFunction, isText, OBJECT, optional, peer, type Rule } from '../rules.js'
import { LONGEST, TEXT } from './service.js'

export const isObject = (value: unknown): boolean => Object(value) === value

/** Tell whether a value is an object with names; a caller's and the service's are held to the same. */
export const hasFields = (value: unknown): boolean =>
  isObject(value) && !Array.isArray(value) && !ArrayBuffer.isView(value) && !isFunction(value)

export const ANY_OBJECT: Rule = caller(isObject)
/** An object with names: a list has none. */
export const RECORD: Rule = caller((value) => hasFields(value) || isFunction(value))
const BAD_REPLY: Rule = peer(
  () => false,
  () => ['bad-reply'],
)
export const unnamed = (rule: Rule): Rule => ({ ...rule, named: false })

/** A user pool id, of any region. */
const POOL_ID: Rule = {
  ...TEXT,
  takes: (value) => isText(value) && /^[a-z0-9-]{1,40}_[a-z0-9]{1,55}$/i.test(String(value)),
  refuses: (value) => (isText(value) && value !== '' ? ['RangeError'] : ['TypeError']),
}

/** Anything that is no region's name is passed over; another region than the pool's is a contradiction. */
const REGION: Rule = {
  takes: (value) => !isText(value) || value === 'us-east-1' || !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(String(value)),
  refuses: () => ['RangeError'],
  edges: { 'the region of the pool': 'us-east-1', 'another region': 'eu-west-1' },
}

/** Make the rules for an app client, as every function wants it; `srp` for those that sign. */
export const client = (more: Record<string, Rule> = {}): Record<string, Rule> => ({
  client: OBJECT,
  'client.api': caller(() => false),
  'client.api.call': peer(
    () => false,
    (value) => [isFunction(value) ? 'bad-reply' : 'TypeError'],
  ),
  'client.api.call()': BAD_REPLY,
  'client.api.region': REGION,
  'client.userPoolId': POOL_ID,
  'client.clientId': TEXT,
  'client.clientSecret': optional(TEXT),
  'client.devices': optional(caller(() => false)),
  'client.now': optional(caller((value) => isFunction(value) || value instanceof Date)),
  'client.now()': ANYTHING,
  'client.engine': ANYTHING,
  'client.random': ANYTHING,
  'client.random()': ANYTHING,
  ...more,
})
export const unnamedCall = (rules: Record<string, Rule>): Record<string, Rule> =>
  Object.fromEntries(Object.entries(rules).map(([path, rule]) => [path, path.includes('.api') ? unnamed(rule) : rule]))

/** A text that goes out, no longer than StringType of the service's model. */
const isValue = (value: unknown): boolean => isText(value) && String(value).length <= LONGEST

const TEXTS: Rule = {
  takes: (value) => RECORD.takes(value) && Object.values(Object(value)).every(isValue),
  refuses: () => ['TypeError'],
}

/** Make the rules for `clientMetadata`. */
export const clientMetadata = (place: string): Record<string, Rule> => ({
  [`${place}.clientMetadata`]: optional(TEXTS),
  [`${place}.clientMetadata{}`]: unnamed({ ...TEXTS, takes: isValue, absent: true }),
})

/** Make the rules for the options that travel with a request; `signal` is for the transport to look at. */
export const carried = (place: string): Record<string, Rule> => ({
  [place]: OBJECT,
  [`${place}.signal`]: ANYTHING,
  ...clientMetadata(place),
  [`${place}.analyticsMetadata`]: optional(RECORD),
  [`${place}.userContextData`]: optional(RECORD),
})
export const metadata = { clientMetadata: { a: 'b' }, analyticsMetadata: {}, userContextData: {} }
export const options: Record<string, Rule> = { ...carried('options'), options: optional(RECORD) }

export const functionOf = (name: string): Rule => ({ ...caller(isFunction), edges: { [`${name} as a text`]: name } })
