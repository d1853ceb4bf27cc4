import type { ReadStream } from 'node:tty'
import { guarded, type Style, style, wantsColor } from './style.js'

/** The parts of the system that the program uses; tests bring their own. */
export interface Io {
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  readonly home: string
  readonly stdin: NodeJS.ReadableStream & Partial<ReadStream>
  readonly stdout: Output
  readonly stderr: Output
  readonly now: () => Date
  /** The terminal itself where a standard stream is something else; undefined when there is none. */
  readonly openTerminal: () => { input: ReadStream; output: Output; close(): void } | undefined
}

export interface Output {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** Says things on standard error, and never a secret that it was told about. */
export class Speaker {
  readonly style: Style
  readonly #output: Output
  readonly #secrets = new Set<string>()

  constructor(output: Output, env: NodeJS.ProcessEnv, color: boolean) {
    this.#output = output
    this.style = style(color && wantsColor(env, output.isTTY === true))
  }

  /** From now on this text is shown as `(hidden)`, should some message repeat it. */
  keep(secret: string | undefined): void {
    if (secret && secret.length > 3) this.#secrets.add(secret)
  }

  hide(text: string): string {
    let result = text
    for (const secret of this.#secrets) result = result.replaceAll(secret, '(hidden)')
    return result
  }

  say(line = ''): void {
    this.#output.write(`${guarded(this.hide(line))}\n`)
  }
}
