import { object, text } from '../errors.js'
import { type Fields, isFields, isList, isText, optional, required } from '../replies.js'
import { present } from '../requests.js'

/** The destination of a code. */
export interface CodeDelivery {
  /** The address, masked by the service: `a***@e***`. */
  readonly sentTo?: string
  readonly via?: 'sms' | 'email'
  /** The attribute that the address is of: `email` or `phone_number`. */
  readonly attributeName?: string
}

/** @internal */
export function readDelivery(details: Fields = {}): CodeDelivery {
  const medium = optional(details, 'DeliveryMedium', isText)
  return present<unknown>({
    sentTo: optional(details, 'Destination', isText),
    via: medium && (medium === 'SMS' ? 'sms' : 'email'),
    attributeName: optional(details, 'AttributeName', isText),
  })
}

/** @internal CodeDeliveryDetails of a reply. */
export const deliveryOf = (reply: Fields): CodeDelivery =>
  readDelivery(optional(reply, 'CodeDeliveryDetails', isFields))

/** @internal Attributes as the service takes them; they may be left out. */
export function attributeList(
  attributes: Readonly<Record<string, string>> | undefined | null,
  name: string,
): object[] | undefined {
  if (attributes === undefined) return attributes
  // A function is an object, too, and would say nothing.
  object(isFields(attributes) && attributes, name)
  return Object.entries(attributes as Readonly<Record<string, string>>).map(([Name, Value]) => {
    if (typeof Value !== 'string') throw new TypeError(`${name}.${Name}: expected a string`)
    // An empty one empties the attribute.
    return { Name, Value: Value && text(Value, `${name}.${Name}`) }
  })
}

/** @internal Attributes as the service gives them. */
export const readAttributes = (reply: Fields, name: string): Record<string, string> =>
  Object.fromEntries(
    (optional(reply, name, isList) ?? []).map((one) => [
      required(one, 'Name', isText),
      optional(one, 'Value', isText) ?? '',
    ]),
  )

/** @internal A list of names, none of them empty. */
export function nameList(names: readonly string[], name: string): string[] {
  if (!Array.isArray(names)) throw new TypeError(`${name}: expected an array`)
  return Array.from(names, (one, i) => text(one, `${name}[${i}]`))
}

/** @internal A date of a reply: the SDK gives dates, the wire seconds since 1970. */
export function dateOf(reply: Fields, name: string): Date | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(reply, name)?.value
  const date = value instanceof Date ? value : new Date(typeof value === 'number' ? value * 1000 : Number.NaN)
  return Number.isNaN(date.getTime()) ? undefined : date
}
