// The command, run from its sources as a process of its own.
import { fileURLToPath } from 'node:url'
import { type Ended, type Program, startProgram } from 'srp6a-tools/workspace/program.mjs'

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const root = fileURLToPath(new URL('../../../../', import.meta.url))
const programs = new Set<Program>()

export interface Command extends Program {
  /** the address that it printed; rejects with what it printed when it ends before */
  readonly url: Promise<string>
}

export function command(args: readonly string[], env: NodeJS.ProcessEnv = {}): Command {
  const program = startProgram(process.execPath, ['--import', 'tsx', cli, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
  })
  programs.add(program)
  const url = program.until(/at (http:\/\/127\.0\.0\.1:\d+)/).then(([, address = '']) => address)
  url.catch(() => {})
  return { ...program, url }
}

/** End what a failed test left behind. */
export const killAll = (): Promise<Ended[]> => Promise.all([...programs].map((program) => program.kill()))
