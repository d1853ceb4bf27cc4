import { usage } from '../failure.js'

/** A value of the AWS CLI's shorthand, or of JSON. */
export type Value = string | readonly Value[] | { readonly [name: string]: Value }

/**
 * Read a structure as the AWS CLI takes it: JSON, or its shorthand `NAME=VALUE,NAME={NAME=VALUE},NAME=[VALUE,VALUE]`
 * with values in quotes where they hold a comma.
 *
 * @param text - What was typed, or what the named file holds.
 * @param what - The option, for messages. No message repeats a value.
 * @throws Failure `usage` for what is neither.
 */
export function readStructure(text: string, what: string): Record<string, unknown> {
  const trimmed = text.trim()
  if (!trimmed.startsWith('{')) return new Shorthand(trimmed, what).structure()
  try {
    return JSON.parse(trimmed) as Record<string, unknown>
  } catch {
    throw usage(`${what}: expected JSON, or NAME=VALUE,NAME=VALUE.`)
  }
}

class Shorthand {
  readonly #text: string
  readonly #what: string
  #at = 0

  constructor(text: string, what: string) {
    this.#text = text
    this.#what = what
  }

  structure(): Record<string, Value> {
    const found = this.#pairs('')
    if (this.#at < this.#text.length) throw this.#failure()
    return found
  }

  #pairs(end: string): Record<string, Value> {
    const entries = new Map<string, Value>()
    while (this.#next() !== end) {
      const name = this.#take(/[^=,{}[\]\s]+/y)
      if (name === '' || this.#blanks() !== '=') throw this.#failure()
      // The second would take the place of the first: more likely a comma was meant as part of a value.
      if (entries.has(name)) throw this.#failure()
      this.#at++
      this.#blanks()
      entries.set(name, end ? this.#value(end) : this.#values())
      if (this.#blanks() !== ',') break
      this.#at++
      this.#blanks()
    }
    return Object.fromEntries(entries)
  }

  /** A value, or several without brackets: all that follows up to the next name is of the list. */
  #values(): Value {
    const first = this.#value('')
    if (typeof first !== 'string') return first
    const values = [first]
    for (let before = this.#at; this.#blanks() === ','; before = this.#at) {
      this.#at++
      this.#blanks()
      const isQuoted = this.#isQuote()
      const value = this.#at < this.#text.length ? this.#scalar('') : ''
      // A name and its value, or nothing: not of the list.
      if (!isQuoted && (value === '' || value.includes('='))) {
        this.#at = before
        break
      }
      values.push(value)
    }
    return values.length > 1 ? values : first
  }

  #value(end: string): Value {
    const first = this.#next()
    if (first === '{') return this.#enclosed('}', () => this.#pairs('}'))
    if (first === '[') return this.#enclosed(']', () => this.#list())
    return this.#scalar(end)
  }

  #list(): Value[] {
    const values: Value[] = []
    while (this.#next() !== ']') {
      values.push(this.#value(']'))
      if (this.#blanks() !== ',') break
      this.#at++
      this.#blanks()
    }
    return values
  }

  #enclosed<T>(end: string, read: () => T): T {
    this.#at++
    this.#blanks()
    const value = read()
    if (this.#blanks() !== end) throw this.#failure()
    this.#at++
    return value
  }

  /** A text in quotes; or up to a comma without a backslash before it, without the blanks behind. */
  #scalar(end: string): string {
    if (this.#isQuote()) return this.#quoted()
    return this.#take(end ? /(\\,|[^,}\]])*/y : /(\\,|[^,])*/y)
      .replaceAll('\\,', ',')
      .trimEnd()
  }

  /** A backslash stands before a quote and before another one; before anything else it is of the text. */
  #quoted(): string {
    const quote = this.#next()
    const inner = this.#take(quote === '"' ? /"(\\.|[^"\\])*"/sy : /'(\\.|[^'\\])*'/sy)
    if (inner === '') throw this.#failure()
    return inner.slice(1, -1).replace(/\\(["'\\])/g, (all, one) => (one === quote || one === '\\' ? one : all))
  }

  #next = (): string => this.#text[this.#at] ?? ''

  #isQuote = (): boolean => /["']/.test(this.#next())

  /** Pass over blanks, and return the character behind them. */
  #blanks(): string {
    this.#take(/\s*/y)
    return this.#next()
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }

  #failure = () =>
    usage(`${this.#what}: expected JSON, or NAME=VALUE,NAME=VALUE.`, 'A value with a comma needs quotes.')
}
