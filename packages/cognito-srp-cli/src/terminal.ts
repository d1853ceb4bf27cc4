// Questions by node:readline, and no package of prompts: what is needed is small and particular. A hidden answer shows nothing,
// not even its length; the terminal behind a pipe is asked; Ctrl-C, Ctrl-D and Ctrl-Z leave the terminal as it was. Packages of
// prompts draw over lines that a transcript or a screen reader should keep, and the best kept one brings over twenty others.

import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import type { ReadStream } from 'node:tty'
import { EXIT, Failure, Interrupted } from './failure.js'
import type { Io, Output } from './io.js'
import { guarded, printable } from './style.js'

/** Asks anyone who sits at the terminal. */
export class Terminal {
  readonly #io: Io
  #own: { input: ReadStream; output: Output; close(): void } | undefined
  #stdinTaken = false

  constructor(io: Io) {
    this.#io = io
  }

  /** Standard input to its end, as one line: for a password or a token that comes through a pipe. */
  async readStdin(what: string): Promise<string> {
    this.#stdinTaken = true
    const { stdin } = this.#io
    if (stdin.isTTY)
      throw new Failure(EXIT.usage, `Nothing is piped in: the ${what} was to come through standard input.`)
    let text = ''
    stdin.setEncoding('utf8')
    for await (const part of stdin) {
      text += part
      if (text.length > 65_536)
        throw new Failure(EXIT.usage, `What comes through standard input is too long for a ${what}.`)
    }
    const line = text.replace(/\r?\n$/, '')
    if (!line) throw new Failure(EXIT.usage, `Standard input is empty: the ${what} was to come through it.`)
    if (/[\r\n]/.test(line))
      throw new Failure(EXIT.usage, `Standard input has several lines: expected the ${what} alone.`)
    return line
  }

  /** Check if there is a terminal to ask on. Leaves nothing open. */
  get attended(): boolean {
    return this.#find() !== undefined
  }

  /**
   * The question on the terminal, the answer without line end.
   *
   * @param hidden nothing of what is typed shows, not even its length
   * @throws Failure `unattended` without a terminal, Interrupted at Ctrl-C and at the end of input
   */
  async ask(text: string, { hidden = false, what }: { hidden?: boolean; what: string }): Promise<string> {
    const found = this.#find()
    if (!found) {
      throw new Failure(
        EXIT.unattended,
        `The ${what} must be asked for, and there is no terminal to ask at.`,
        ...(ADVICE[what] ?? (what.startsWith('code') ? ADVICE.code : undefined) ?? ['Run this in a terminal.']),
      )
    }
    const { input, output } = found
    const question = guarded(text)
    return new Promise((resolve, reject) => {
      const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
      const lines = createInterface({
        input,
        output: hidden ? silent : (output as unknown as Writable),
        terminal: true,
        historySize: 0,
        prompt: question,
      })
      let answered = false
      const end = (error?: Error, answer = '') => {
        answered = true
        lines.close()
        // readline has ended the line itself where it shows what is typed, but for an end without Enter.
        if (hidden || error) output.write('\n')
        if (error) reject(error)
        else resolve(answer)
      }
      lines.on('line', (line) => end(undefined, line))
      lines.on('SIGINT', () => end(new Interrupted()))
      // Stopped and brought back (Ctrl-Z, fg): the question is not on the screen any more.
      lines.on('SIGCONT', () => {
        if (hidden) output.write(question)
        lines.resume()
      })
      lines.on('close', () => {
        if (!answered) end(new Interrupted())
      })
      if (hidden) output.write(question)
      else lines.prompt()
    })
  }

  /** One of several, by its number or its name. A single one is taken without asking. */
  async choose<C extends string>(
    title: string,
    choices: readonly { name: C; label: string }[],
    what: string,
    always = false,
  ): Promise<C> {
    if (choices.length === 1 && choices[0] && !always) return choices[0].name
    this.show(title)
    for (const [i, { label }] of choices.entries()) this.show(`  ${i + 1}  ${printable(label)}`)
    for (;;) {
      const range = choices.length === 1 ? '1, or Ctrl-C' : `1 to ${choices.length}`
      const typed = (await this.ask(`Number (${range}): `, { what })).trim()
      const found = choices.find(({ name }, i) => typed === String(i + 1) || typed.toUpperCase() === name)
      if (found) return found.name
      this.show(`Please type a number from 1 to ${choices.length}.`)
    }
  }

  /** A line beside the questions. */
  show(line: string): void {
    this.#find()?.output.write(`${guarded(line)}\n`)
  }

  get columns(): number {
    return this.#find()?.output.columns ?? 0
  }

  close(): void {
    this.#own?.close()
    this.#own = undefined
  }

  /** The standard streams where they are a terminal; else the terminal behind them, if standard input was meant to be a pipe. */
  #find(): { input: ReadStream; output: Output } | undefined {
    const { stdin, stderr } = this.#io
    if (stdin.isTTY && stderr.isTTY) return { input: stdin as ReadStream, output: stderr }
    if (!stdin.isTTY && !this.#stdinTaken) return undefined
    this.#own ??= this.#io.openTerminal()
    return this.#own
  }
}

const ADVICE: Readonly<Record<string, readonly string[]>> = {
  code: ['Pipe it in (--code-stdin), or give the secret of the app (--totp-secret-stdin, COGNITO_TOTP_SECRET).'],
  'way to sign in': ['To send the password itself: --first-factor PASSWORD. By SRP it stays here: --flow srp'],
  password: ['Pipe it in (--password-stdin) or set COGNITO_PASSWORD.'],
  'user name': ['Give it: sign-in NAME, or COGNITO_USERNAME.'],
}
