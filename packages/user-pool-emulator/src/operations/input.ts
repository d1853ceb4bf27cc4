import { invalidParameter, ServiceError } from '../config/errors.js'
import type { Json } from '../config/json.js'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const memberName = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

/** The fields of one request. A field of the wrong JSON type is a SerializationException, as the service has it. */
export class Input {
  readonly fields: Json

  constructor(fields: unknown) {
    if (!isObject(fields)) throw new ServiceError('SerializationException', 'The request body is not a JSON object')
    this.fields = fields
  }

  #get(name: string): unknown {
    const value = Object.hasOwn(this.fields, name) ? this.fields[name] : undefined
    return value === null ? undefined : value
  }

  optionalString(name: string): string | undefined {
    const value = this.#get(name)
    if (value === undefined || typeof value === 'string') return value
    throw new ServiceError('SerializationException', `${name} must be a string`)
  }

  string(name: string): string {
    const value = this.optionalString(name)
    if (value === undefined) {
      throw invalidParameter(
        `1 validation error detected: Value null at '${memberName(name)}' failed to satisfy constraint: Member must not be null`,
      )
    }
    if (value === '') {
      throw invalidParameter(
        `1 validation error detected: Value '' at '${memberName(name)}' failed to satisfy constraint: Member must have length greater than or equal to 1`,
      )
    }
    return value
  }

  boolean(name: string): boolean | undefined {
    const value = this.#get(name)
    if (value === undefined || typeof value === 'boolean') return value
    throw new ServiceError('SerializationException', `${name} must be a boolean`)
  }

  number(name: string): number | undefined {
    const value = this.#get(name)
    if (value === undefined || typeof value === 'number') return value
    throw new ServiceError('SerializationException', `${name} must be a number`)
  }

  /** A map of strings. A member that is null counts as absent: amazon-cognito-identity-js sends `"DEVICE_KEY": null`. */
  stringMap(name: string): ReadonlyMap<string, string> {
    const value = this.#get(name)
    const map = new Map<string, string>()
    if (value === undefined) return map
    if (!isObject(value)) throw new ServiceError('SerializationException', `${name} must be a map of strings`)
    for (const [key, member] of Object.entries(value)) {
      if (member === null) continue
      if (typeof member !== 'string')
        throw new ServiceError('SerializationException', `${name}.${key} must be a string`)
      map.set(key, member)
    }
    return map
  }

  list(name: string): readonly unknown[] | undefined {
    const value = this.#get(name)
    if (value === undefined || Array.isArray(value)) return value
    throw new ServiceError('SerializationException', `${name} must be a list`)
  }

  stringList(name: string): readonly string[] | undefined {
    return this.list(name)?.map((member) => {
      if (typeof member === 'string') return member
      throw new ServiceError('SerializationException', `${name} must be a list of strings`)
    })
  }

  optionalStructure(name: string): Input | undefined {
    const value = this.#get(name)
    return value === undefined ? undefined : new Input(value)
  }

  /** A JSON document as it came (a passkey credential). */
  document(name: string): Record<string, unknown> | undefined {
    const value = this.#get(name)
    if (value === undefined || isObject(value)) return value
    throw new ServiceError('SerializationException', `${name} must be an object`)
  }

  /** `[{ Name, Value }]`, the shape of user attributes on the wire. */
  attributes(name: string): Record<string, string> {
    // fromEntries and not assignment: a member named __proto__ must show like any other.
    return Object.fromEntries(
      (this.list(name) ?? []).map((member) => {
        const attribute = new Input(member)
        return [attribute.string('Name'), attribute.optionalString('Value') ?? '']
      }),
    )
  }
}
