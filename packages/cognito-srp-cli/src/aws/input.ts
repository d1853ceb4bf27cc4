import { usage } from '../failure.js'
import type { Settings } from '../settings.js'
import { readNamed } from './input-file.js'
import { readStructure } from './shorthand.js'

/** Members of a structure that are secret, and so never stand on a command line. */
const SECRET = /^(PASSWORD|NEW_PASSWORD|ACCESS_TOKEN|REFRESH_TOKEN|SECRET_HASH|[A-Z_]*PROPOSED_PASSWORD)$/

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
    this.#json = option === undefined ? {} : this.#read(option, 'cli-input-json')
  }

  /** The member of --cli-input-json. */
  member(name: string): unknown {
    return Object.hasOwn(this.#json, name) ? this.#json[name] : undefined
  }

  /** A text: the option before the member. */
  text(option: string | undefined, name: string): string | undefined {
    const value = option ?? this.member(name)
    if (value !== undefined && typeof value !== 'string') throw usage(`--cli-input-json: ${name} must be a string.`)
    // A generated skeleton leaves these open.
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
    return this.#read(given, option)
  }

  /** A structure whose members are texts. */
  texts(option: 'auth-parameters' | 'challenge-responses' | 'client-metadata', name: string): Texts {
    const found = this.structure(option, name) ?? {}
    for (const [member, value] of Object.entries(found)) {
      if (typeof value !== 'string') throw usage(`--${option}: ${member} must be a string.`)
    }
    return found as Texts
  }

  /** Read an option: what was typed there may hold no secret, what a file holds may. */
  #read(value: string, option: string): Record<string, unknown> {
    if (value.startsWith('file://')) return readStructure(readNamed(this.#cwd, value, option), `--${option}`)
    const found = readStructure(value, `--${option}`)
    const secret = secretIn(found)
    if (secret === undefined) return found
    throw usage(
      `--${option}: a command line is no place for ${secret}.`,
      'Other users of this machine can read command lines, and your shell keeps them. Leave it out to be asked, pipe it in',
      `(--password-stdin, --token-stdin), set its variable, or write --${option} file://FILE.`,
    )
  }
}

/** Return the name of a secret in a structure, or in one that it holds. */
function secretIn(structure: object): string | undefined {
  for (const [name, value] of Object.entries(structure)) {
    if (SECRET.test(name) && value !== '') return name
    const inner = typeof value === 'object' && value ? secretIn(value) : undefined
    if (inner !== undefined) return inner
  }
  return undefined
}

function structureOf(value: unknown, name: string): Record<string, unknown> {
  if (typeof value === 'object' && value && !Array.isArray(value)) return value as Record<string, unknown>
  throw usage(`--cli-input-json: ${name} must be an object.`)
}
