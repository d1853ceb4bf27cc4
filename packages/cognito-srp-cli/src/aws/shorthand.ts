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
    const entries: [string, Value][] = []
    while (this.#next() !== end) {
      const name = this.#until(/[=,{}[\]\s]/)
      if (name === '' || this.#next() !== '=') throw this.#failure()
      this.#at++
      entries.push([name, this.#value(end)])
      if (this.#next() !== ',') break
      this.#at++
    }
    return Object.fromEntries(entries)
  }

  #value(end: string): Value {
    const first = this.#next()
    if (first === '"' || first === "'") return this.#quoted(first)
    if (first === '{') return this.#enclosed('}', () => this.#pairs('}'))
    if (first === '[') return this.#enclosed(']', () => this.#list())
    return this.#until(end ? /[,}\]]/ : /,/)
  }

  #list(): Value[] {
    const values: Value[] = []
    while (this.#next() !== ']') {
      values.push(this.#value(']'))
      if (this.#next() !== ',') break
      this.#at++
    }
    return values
  }

  #enclosed<T>(end: string, read: () => T): T {
    this.#at++
    const value = read()
    if (this.#next() !== end) throw this.#failure()
    this.#at++
    return value
  }

  #quoted(quote: string): string {
    let value = ''
    for (this.#at++; this.#next() !== quote; this.#at++) {
      if (this.#next() === '\\') this.#at++
      if (this.#at >= this.#text.length) throw this.#failure()
      value += this.#next()
    }
    this.#at++
    return value
  }

  #next = (): string => this.#text[this.#at] ?? ''

  #until(stop: RegExp): string {
    const rest = this.#text.slice(this.#at)
    const length = rest.search(stop)
    const found = length < 0 ? rest : rest.slice(0, length)
    this.#at += found.length
    return found
  }

  #failure = () =>
    usage(`${this.#what}: expected JSON, or NAME=VALUE,NAME=VALUE.`, 'A value with a comma needs quotes.')
}
