/** The reason why a {@link FlowError} was thrown. The codes are stable: `switch` on them. */
export type FlowErrorCode =
  /** The step was answered before; go on with the step that answer returned. */
  | 'step-used'
  /** The service no longer knows this sign-in (expired, used up, or too many wrong codes): start again with `signIn`. */
  | 'session-lost'
  /** The service refused this device, and its record is forgotten; or there is no record here. Start again with `signIn`. */
  | 'device-lost'
  /** A reply lacks a field, or the field has the wrong type; the message names it. */
  | 'bad-reply'
  /** The service asked for something that does not follow from what was sent, e.g. the password itself after SRP. */
  | 'unexpected-challenge'
  /** The text given to `resume` is not one that `save` wrote. */
  | 'bad-saved-step'
  /** A saved step, or the record of a session, is of another user pool or app client. */
  | 'wrong-pool'
  /** The record of a session is damaged, or of another version. */
  | 'bad-session'
  /** The storage of a session failed; `cause` is what it threw. */
  | 'storage'
  /** `fetchApi` could not reach the service, lost the connection, or was sent elsewhere by a redirect. */
  | 'network'
  /** `fetchApi` got no answer in time. */
  | 'timeout'

/**
 * The service, the network or a saved step did not behave. A caller's own mistake is a `TypeError` or
 * `RangeError` instead, and the exceptions of the service and the SDK pass through untouched.
 */
export class FlowError extends Error {
  readonly code: FlowErrorCode

  constructor(code: FlowErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'FlowError'
    this.code = code
  }
}

/** Characters of the longest text in a request or a reply: StringType of the service's model. */
export const LONGEST = 131_072

/** Check a caller's text: anything but a string that is not empty is a TypeError naming the argument; too long, a RangeError. */
export function text(value: unknown, name: string): string {
  if (typeof value !== 'string' || !value) throw new TypeError(`${name}: expected a non-empty string`)
  if (value.length > LONGEST) throw new RangeError(`${name}: expected at most ${LONGEST} characters`)
  return value
}

/** Check a caller's text that may be left out. */
export const textIfAny = (value: unknown, name: string): string | undefined =>
  value === undefined ? value : text(value, name)

/** Check a caller's object: anything else is a TypeError naming the argument. */
export function object(value: unknown, name: string): void {
  if (Object(value) !== value) throw new TypeError(`${name}: expected an object`)
}

/** Check a caller's true or false that may be left out. */
export function booleanIfAny(value: boolean | undefined, name: string): boolean | undefined {
  if (value !== undefined && typeof value !== 'boolean') throw new TypeError(`${name}: expected true or false`)
  return value
}

/** Read a field of an object, never one of its prototype. */
export const ownValue = <T extends object, K extends keyof T>(value: T, field: K): T[K] | undefined =>
  Object.hasOwn(value, field) ? value[field] : undefined

/** Tell whether a value is an object with fields. A list has as many as members, and a function says nothing by its own. */
export const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)

/**
 * Copy a caller's object: each field is read once, and only those of its own. A getter cannot tell one thing to the check
 * and another to the use, and what was put on `Object.prototype` was put there by someone else.
 */
export function own<T extends object>(value: T, name: string): T {
  // A list has as many fields as members.
  object(Array.isArray(value) || ArrayBuffer.isView(value) ? undefined : value, name)
  return { __proto__: null, ...value }
}
