import { usage } from './failure.js'
import type { Io, Speaker } from './io.js'
import type { Terminal } from './terminal.js'

/** The password: from standard input, from COGNITO_PASSWORD, or from anyone who types it; asked for once. */
export class Password {
  readonly #terminal: Terminal
  readonly #speaker: Speaker
  readonly #fromEnv: string | undefined
  #value: string | undefined
  /** True if it was typed at the terminal, and can be typed again. */
  typed = false

  constructor(terminal: Terminal, speaker: Speaker, env: Io['env']) {
    this.#terminal = terminal
    this.#speaker = speaker
    this.#fromEnv = env.COGNITO_PASSWORD || undefined
    speaker.keep(this.#fromEnv)
  }

  /** Takes it from standard input. */
  async readStdin(): Promise<void> {
    this.#value = await this.#terminal.readStdin('password')
    this.#speaker.keep(this.#value)
  }

  async get(): Promise<string> {
    this.#value ??= this.#fromEnv
    if (this.#value === undefined) {
      this.#value = await this.#ask('Password: ')
      this.typed = true
    }
    return this.#value
  }

  /** The next `get` asks again. */
  forget(): void {
    this.#value = undefined
  }

  /** A new one, typed twice. */
  async chooseNew(): Promise<string> {
    for (;;) {
      const first = await this.#ask('New password: ')
      if ((await this.#ask('Again: ')) === first) return first
      this.#terminal.show('Those were two different passwords. Once more:')
    }
  }

  async #ask(question: string): Promise<string> {
    for (let i = 0; i < 10; i++) {
      const value = await this.#terminal.ask(question, {
        hidden: true,
        what: question.startsWith('New') ? 'new password' : 'password',
      })
      this.#speaker.keep(value)
      if (value) return value
    }
    throw usage('No password was typed.')
  }
}
