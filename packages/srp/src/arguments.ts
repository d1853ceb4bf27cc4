// The checks of a caller's arguments. Each message names the argument: `salt: expected a Uint8Array`.

/** A fixed time, or a function that tells the time at each call. */
export type Clock = Date | (() => Date)

/**
 * Check that an object has a property of its own. What `Object.prototype` was made to have does not count: it belongs to
 * no caller.
 */
export function hasOwn(object: object, key: PropertyKey): boolean {
  return Object.hasOwn(object, key)
}

/** @throws TypeError unless `value` is an object */
export function assertObject(value: unknown, name: string): asserts value is object {
  if (Object(value) !== value) throw new TypeError(`${name}: expected an object`)
}

/**
 * Read fields of an argument, each exactly once, and only those that are the object's own: a getter cannot answer one
 * thing to the check and another to the use.
 *
 * @param value the argument as the caller gave it
 * @param name its name, for the message
 * @param fields the names of the fields
 * @param strings the names of further fields, which must be strings: see `assertString`
 * @returns the fields; those that are missing are undefined
 * @throws TypeError unless `value` is an object, and each of `strings` a string
 * @throws RangeError if one of these is too long
 */
export function readFields<T extends object, F extends keyof T, S extends keyof T & string = never>(
  value: T,
  name: string,
  fields: readonly F[],
  strings: readonly S[] = [],
): { readonly [field in F | S]: T[field] } {
  assertObject(value, name)
  const read = Object.create(null)
  for (const field of [...fields, ...strings]) if (hasOwn(value, field)) read[field] = value[field]
  for (const field of strings) assertString(read[field], field)
  return read
}

/**
 * Check a name or a password: 65,536 characters are far above any real one, and low enough to stay quick.
 *
 * @param shortest the least length, in UTF-16 units
 * @param longest the greatest length, in UTF-16 units
 * @throws TypeError unless `value` is a string
 * @throws RangeError unless its length is between the two
 */
export function assertString(value: unknown, name: string, shortest = 0, longest = 65_536): asserts value is string {
  if (typeof value !== 'string') throw new TypeError(`${name}: expected a string`)
  if (!(value.length >= shortest && value.length <= longest)) {
    throw new RangeError(`${name}: expected ${shortest} to ${longest} characters`)
  }
}

/** @throws RangeError unless `value` is a whole number from `least` to `most` */
export function assertInteger(value: unknown, name: string, least: number, most: number): asserts value is number {
  if (!(Number.isInteger(value) && (value as number) >= least && (value as number) <= most)) {
    throw new RangeError(`${name}: expected a whole number from ${least} to ${most}`)
  }
}

/**
 * Tell the time of a clock.
 *
 * @param now a Date, or a function that returns one; the system's clock if undefined
 * @returns a Date of its own
 * @throws TypeError unless it is one of these
 * @throws RangeError if the date is invalid
 */
export function readClock(now: Clock | undefined, name = 'now'): Date {
  if (now === undefined) return new Date()
  const date: unknown = typeof now === 'function' ? now() : now
  if (!(date instanceof Date)) throw new TypeError(`${name}: expected a Date or a function that returns one`)
  const time = date.getTime()
  if (Number.isNaN(time)) throw new RangeError(`${name}: expected a valid Date`)
  return new Date(time)
}
