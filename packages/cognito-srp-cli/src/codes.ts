import { usage } from './failure.js'
import type { Io, Speaker } from './io.js'
import type { Settings } from './settings.js'
import type { Terminal } from './terminal.js'

/** Codes that no one has to type: piped in, or computed from the secret of an authenticator app. */
export class Codes {
  readonly #terminal: Terminal
  readonly #speaker: Speaker
  readonly #io: Io
  #piped: string | undefined
  #secret: string | undefined
  #last: string | undefined

  constructor(terminal: Terminal, speaker: Speaker, io: Io) {
    this.#terminal = terminal
    this.#speaker = speaker
    this.#io = io
    this.#keepSecret(io.env.COGNITO_TOTP_SECRET || undefined)
  }

  /** Take what the options say comes through standard input. */
  async read(settings: Settings): Promise<void> {
    const takesCode = settings.flag('code-stdin') || settings.option('code') === '-'
    const piped = (['password-stdin', 'totp-secret-stdin', 'token-stdin'] as const)
      .filter((name) => settings.flag(name))
      .map((name) => `--${name}`)
    if (takesCode) piped.push(settings.flag('code-stdin') ? '--code-stdin' : '--code -')
    if (piped.length > 1) {
      throw usage(
        `Standard input is one: choose one of ${piped.join(' and ')}.`,
        'For the others there are COGNITO_PASSWORD and COGNITO_TOTP_SECRET.',
      )
    }
    if (takesCode) this.#piped = (await this.#terminal.readStdin('code')).replace(/\s+/g, '')
    if (settings.flag('totp-secret-stdin')) this.#keepSecret(await this.#terminal.readStdin('secret'))
  }

  /** Tell whether another code can be computed, should this one be refused. */
  get computes(): boolean {
    return this.#secret !== undefined
  }

  /** Return a code that was not given before; undefined where someone must be asked. */
  async next(via: 'totp' | 'sent'): Promise<string | undefined> {
    const piped = this.#piped
    if (piped !== undefined) {
      this.#piped = undefined
      return piped
    }
    if (via !== 'totp' || this.#secret === undefined) return undefined
    const totp = await totpOf(this.#secret)
    const code = () => totp.generate({ timestamp: this.#io.now().getTime() })
    let found = code()
    if (found === this.#last) {
      // The service takes each code once, and the next one is half a minute away at most.
      const wait = 30_000 - (this.#io.now().getTime() % 30_000)
      this.#speaker.say(`That code was used before: waiting ${Math.ceil(wait / 1000)} seconds for the next one.`)
      await new Promise((resolve) => setTimeout(resolve, wait + 250))
      found = code()
    }
    // A third try would be as wrong as the second.
    if (this.#last !== undefined) this.#secret = undefined
    this.#last = found
    return found
  }

  #keepSecret(secret: string | undefined): void {
    this.#secret = secret
    this.#speaker.keep(secret)
  }
}

async function totpOf(secret: string) {
  const { Secret, TOTP, URI } = await import('otpauth')
  try {
    if (!secret.startsWith('otpauth://'))
      return new TOTP({ secret: Secret.fromBase32(secret.replace(/[\s-]/g, '').toUpperCase()) })
    const parsed = URI.parse(secret)
    if (parsed instanceof TOTP) return parsed
  } catch {
    // The message would quote the secret.
  }
  throw usage('The secret of the authenticator app is not base32, and not an otpauth://totp/ address.')
}
