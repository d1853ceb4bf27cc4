// A few checks for plain data that name what is wrong and where: `users[2].attributes.email must be a string`.

export type Check = (value: unknown, path: string) => void

const show = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}…` : value)
  // Not into JSON: an object may be circular, huge, or throw at anyone who looks.
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' && value !== null
    ? 'an object'
    : typeof value === 'function'
      ? 'a function'
      : String(value)
}

/** Longer texts are a mistake, and cost time wherever they go. */
const LONGEST = 65_536
const short = (value: string, path: string): void => {
  if (value.length > LONGEST) throw new RangeError(`${path} is longer than ${LONGEST} characters`)
}

/** An object that is a map of names: no list, and no bytes, which would be a million names. */
const isMap = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)

export const string =
  (pattern?: RegExp, what = 'a non-empty string'): Check =>
  (value, path) => {
    if (typeof value !== 'string') throw new TypeError(`${path} must be a string, not ${show(value)}`)
    short(value, path)
    if (value === '' || (pattern !== undefined && !pattern.test(value))) {
      throw new RangeError(`${path} must be ${what}, not ${show(value)}`)
    }
  }

/** Any string, and never shown: a password. */
export const secret: Check = (value, path) => {
  if (typeof value !== 'string') throw new TypeError(`${path} must be a string`)
  short(value, path)
}

export const boolean: Check = (value, path) => {
  if (typeof value !== 'boolean') throw new TypeError(`${path} must be true or false, not ${show(value)}`)
}

export const integer =
  (least: number, most: number): Check =>
  (value, path) => {
    if (typeof value !== 'number') throw new TypeError(`${path} must be a number, not ${show(value)}`)
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new RangeError(`${path} must be a whole number from ${least} to ${most}, not ${show(value)}`)
    }
  }

export const oneOf =
  (values: readonly string[]): Check =>
  (value, path) => {
    if (typeof value !== 'string') throw new TypeError(`${path} must be a string, not ${show(value)}`)
    if (!values.includes(value)) throw new RangeError(`${path} must be one of ${values.join(', ')}, not ${show(value)}`)
  }

export const list =
  (item: Check): Check =>
  (value, path) => {
    if (!Array.isArray(value)) throw new TypeError(`${path} must be a list, not ${show(value)}`)
    value.forEach((member, i) => {
      item(member, `${path}[${i}]`)
    })
  }

export const map =
  (key: Check, item: Check): Check =>
  (value, path) => {
    if (!isMap(value)) {
      throw new TypeError(`${path} must be an object, not ${show(value)}`)
    }
    for (const [name, member] of Object.entries(value)) {
      key(name, `the name ${path}.${name}`)
      item(member, `${path}.${name}`)
    }
  }

export const either =
  (first: Check, second: Check, takesFirst: (value: unknown) => boolean): Check =>
  (value, path) =>
    (takesFirst(value) ? first : second)(value, path)

export const func: Check = (value, path) => {
  if (typeof value !== 'function') throw new TypeError(`${path} must be a function, not ${show(value)}`)
}

export const anything: Check = () => {}

/** Characters of the names that a message lists. */
const LONGEST_LIST = 250

/** An object with known members only; a misspelt one is named together with those there are. */
export const object =
  (members: Readonly<Record<string, Check>>, required: readonly string[] = []): Check =>
  (value, path) => {
    if (!isMap(value)) {
      throw new TypeError(`${path || 'the pool'} must be an object, not ${show(value)}`)
    }
    const at = (name: string): string => (path === '' ? name : `${path}.${name}`)
    for (const name of required) {
      if ((value as Record<string, unknown>)[name] === undefined) throw new TypeError(`${at(name)} is missing`)
    }
    for (const [name, member] of Object.entries(value)) {
      const check = Object.hasOwn(members, name) ? members[name] : undefined
      if (check === undefined) {
        const known = Object.keys(members).join(', ')
        const list = known.length > LONGEST_LIST ? `${known.slice(0, LONGEST_LIST)} …` : known
        throw new TypeError(`${at(name)} is not a known setting; known here: ${list}`)
      }
      if (member !== undefined) check(member, at(name))
    }
  }
