/** A person at a terminal. */
export interface User {
  /** Wait until this text comes up, after what was seen before. */
  sees(text: string): Promise<void>
  /** Type a line. What is hidden must never come up on the screen, and is looked for there. */
  types(line: string, options?: { readonly hidden?: boolean }): void
  /** Press a key, e.g. `\u0003` for Ctrl-C. */
  presses(key: string): void
  /** The screen as it came, so far. */
  readonly screen: string
}

/** A command that has ended at a terminal. */
export interface Recording {
  /** The text of the screen, without escape sequences. */
  readonly text: string
  /** The text of the screen with its escape sequences, as it came. */
  readonly raw: string
  readonly code: number
}

/** Run the command line at some terminal, with a person who types. */
export type Driver = (
  args: readonly string[],
  options: { readonly env: Record<string, string>; readonly cwd: string; readonly columns?: number },
  play?: (user: User) => Promise<void>,
) => Promise<Recording>

/** Milliseconds that a person waits for a text. */
export const PATIENCE = 30_000

/** The screen of one command: what has come up, and the person who reads it and types through `write`. */
export class Screen implements User {
  screen = ''
  #seen = 0
  #ended: number | undefined
  #changed = () => {}
  readonly #hidden: string[] = []
  readonly #write: (keys: string) => void

  constructor(write: (keys: string) => void) {
    this.#write = write
  }

  show(text: string): void {
    this.screen += text
    this.#changed()
  }

  end(code: number): void {
    this.#ended = code
    this.#changed()
  }

  async sees(text: string): Promise<void> {
    const deadline = Date.now() + PATIENCE
    while (this.screen.indexOf(text, this.#seen) < 0) {
      if (this.#ended !== undefined)
        throw new Error(`ended with ${this.#ended} before ${JSON.stringify(text)}:\n${plain(this.screen)}`)
      if (Date.now() > deadline) throw new Error(`waited in vain for ${JSON.stringify(text)}:\n${plain(this.screen)}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1000)
        this.#changed = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.#seen = this.screen.indexOf(text, this.#seen) + text.length
  }

  types(line: string, options: { readonly hidden?: boolean } = {}): void {
    if (options.hidden) this.#hidden.push(line)
    this.#write(`${line}\r`)
  }

  presses(key: string): void {
    this.#write(key)
  }

  recording(code: number): Recording {
    const secret = this.#hidden.find((one) => this.screen.includes(one))
    if (secret !== undefined) throw new Error(`a hidden answer is on the screen:\n${this.screen}`)
    return { text: plain(this.screen), raw: this.screen, code }
  }
}

/** Return a screen without escape sequences and carriage returns. */
export const plain = (raw: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it takes away
  raw.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '').replaceAll('\r', '')
