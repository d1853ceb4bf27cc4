/** The exit codes. Documented in the help and in docs/cli-scripts.md. */
export const EXIT = {
  done: 0,
  /** The service said no: password, code, token, account. */
  refused: 1,
  /** An option, the environment or the configuration is wrong, and asking again changes nothing. */
  usage: 2,
  /** No answer, or none that makes sense. */
  service: 3,
  /** Someone must be asked, and there is no terminal; or only a browser could answer. */
  unattended: 4,
  /** A mistake of this program. */
  bug: 70,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Ends the command with a message, what to do next, and an exit code. */
export class Failure extends Error {
  readonly exitCode: ExitCode
  readonly advice: readonly string[]

  constructor(exitCode: ExitCode, message: string, ...advice: string[]) {
    super(message)
    this.name = 'Failure'
    this.exitCode = exitCode
    this.advice = advice
  }
}

export const usage = (message: string, ...advice: string[]): Failure => new Failure(EXIT.usage, message, ...advice)

/** Ctrl-C, or the end of the input. */
export class Interrupted extends Error {}
