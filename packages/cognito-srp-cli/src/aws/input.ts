import { usage } from '../failure.js'
import type { Settings } from '../settings.js'
import { readNamed } from './input-file.js'
import { readStructure } from './shorthand.js'

/** Members of a structure that are secret, and so never stand on a command line. */
const SECRET = /^(PASSWORD|NEW_PASSWORD|REFRESH_TOKEN|SECRET_HASH|[A-Z_]*PROPOSED_PASSWORD)$/

/** Texts of a request by their names. */
export type Texts = Record<string, string>

/** Read the structures of a request: from options, from files that they name, and from --cli-input-json. */
export class RequestInput {
  readonly #settings: Settings
  readonly #cwd: string
  readonly #json: Record<string, unknown>

  constructor(settings: Settings, cwd: string) {
    this.#settings = settings
    this.#cwd = cwd
    const option = settings.option('cli-input-json')
    this.#json =
      option === undefined ? {} : readStructure(this.#text(option, 'cli-input-json').text, '--cli-input-json')
  }

  /** The member of --cli-input-json. */
  member(name: string): unknown {
    return Object.hasOwn(this.#json, name) ? this.#json[name] : undefined
  }

  /** A text: the option before the member. */
  text(option: string | undefined, name: string): string | undefined {
    const value = option ?? this.member(name)
    if (value !== undefined && typeof value !== 'string') throw usage(`--cli-input-json: ${name} must be a string.`)
    // What a generated skeleton leaves open.
    return value || undefined
  }

  /** A structure: the option before the member. */
  structure(
    option: 'auth-parameters' | 'challenge-responses' | 'client-metadata' | 'analytics-metadata' | 'context-data',
    ...names: string[]
  ): Record<string, unknown> | undefined {
    const given = this.#settings.option(option)
    if (given === undefined) {
      const value = names.map((name) => this.member(name)).find((one) => one !== undefined)
      return value === undefined ? undefined : structureOf(value, names[0] ?? '')
    }
    const { text, typed } = this.#text(given, option)
    const found = readStructure(text, `--${option}`)
    if (typed) {
      const secret = Object.keys(found).find((name) => SECRET.test(name) && found[name] !== '')
      if (secret) {
        throw usage(
          `--${option}: a command line is no place for ${secret}.`,
          'Other users of this machine can read command lines, and your shell keeps them. Leave it out to be asked, pipe it in',
          `(--password-stdin, --token-stdin), set its variable, or write --${option} file://FILE.`,
        )
      }
    }
    return found
  }

  /** A structure whose members are texts. */
  texts(option: 'auth-parameters' | 'challenge-responses' | 'client-metadata', name: string): Texts {
    const found = this.structure(option, name) ?? {}
    for (const [member, value] of Object.entries(found)) {
      if (typeof value !== 'string') throw usage(`--${option}: ${member} must be a string.`)
    }
    return found as Texts
  }

  #text(value: string, option: string): { text: string; typed: boolean } {
    if (!value.startsWith('file://')) return { text: value, typed: true }
    return { text: readNamed(this.#cwd, value, option), typed: false }
  }
}

function structureOf(value: unknown, name: string): Record<string, unknown> {
  if (typeof value === 'object' && value && !Array.isArray(value)) return value as Record<string, unknown>
  throw usage(`--cli-input-json: ${name} must be an object.`)
}
