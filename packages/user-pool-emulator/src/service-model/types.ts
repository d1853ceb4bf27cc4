import { ServiceError } from '../config/errors.js'
import { shapeOf } from './constraints.js'

// A value of the wrong JSON type ends the reading of the request. Texts that were reported of the service: "Start of
// structure or map found where not expected." (aws-amplify/amplify-js #5165, #13265), "Expected map or null" (#4738),
// "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String" (pmill/aws-cognito
// #10, of 2018; other services of the same framework say NUMBER_VALUE today).

const serialization = (message: string): ServiceError => new ServiceError('SerializationException', message)

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const JAVA: Readonly<Record<string, string>> = {
  string: 'a String',
  blob: 'a Blob',
  timestamp: 'a Timestamp',
  integer: 'an Integer',
  long: 'a Long',
  boolean: 'a Boolean',
}

const tokenOf = (value: unknown): string =>
  typeof value === 'boolean' ? `${String(value).toUpperCase()}_VALUE` : `${typeof value}_VALUE`.toUpperCase()

function fits(type: string, value: unknown): boolean {
  if (type === 'string' || type === 'blob') return typeof value === 'string'
  if (type === 'boolean') return typeof value === 'boolean'
  if (type === 'timestamp') return typeof value === 'number'
  return Number.isInteger(value)
}

/**
 * Check the JSON types of a value and of everything in it. A member that is null counts as absent.
 *
 * @param name name of a shape
 * @param value parsed JSON
 * @throws ServiceError SerializationException
 */
export function checkTypes(name: string, value: unknown): void {
  const shape = shapeOf(name)
  if (value === null || value === undefined || shape.type === 'document') return
  if (shape.type === 'structure' || shape.type === 'map') {
    if (!isObject(value)) throw serialization('Expected map or null')
    // A structure of the service without members is a JSON document.
    for (const [key, member] of Object.entries(value)) {
      const next = shape.type === 'map' ? shape.value : own(shape.members, key)
      if (next !== undefined) checkTypes(next, member)
    }
    return
  }
  if (shape.type === 'list') {
    if (!Array.isArray(value)) throw serialization('Expected list or null')
    for (const entry of value) checkTypes(shape.member ?? '', entry)
    return
  }
  if (isObject(value)) throw serialization('Start of structure or map found where not expected.')
  if (Array.isArray(value)) throw serialization('Start of list found where not expected.')
  if (!fits(shape.type, value)) throw serialization(`${tokenOf(value)} can not be converted to ${JAVA[shape.type]}`)
}

/** Read a member by its own name: `__proto__` in a request is a name like any other. */
export const own = <T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined
