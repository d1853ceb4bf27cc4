import type { ChildProcess, SpawnOptions } from 'node:child_process'

export interface Printed {
  readonly stdout: string
  readonly stderr: string
  /** Both streams, in their order. */
  readonly output: string
}

export interface Ended extends Printed {
  /** null after a signal */
  readonly code: number | null
}

export interface Program {
  readonly child: ChildProcess
  /** Everything so far. */
  readonly printed: Printed
  readonly ended: Promise<Ended>
  /** Wait until the output fits; rejects if the program ends before. */
  until(pattern: RegExp): Promise<RegExpExecArray>
  /** Send a signal, SIGKILL by default, and wait for the end. */
  kill(signal?: NodeJS.Signals): Promise<Ended>
}

export interface ProgramOptions extends SpawnOptions {
  /** A text for its standard input. */
  readonly stdin?: string
}

export function startProgram(command: string, args: readonly string[], options?: ProgramOptions): Program
export function runProgram(command: string, args: readonly string[], options?: ProgramOptions): Promise<Ended>
