// Child processes that end with their run: each is ended by its own id, with those it started.
import { startProgram } from 'srp6a-tools/workspace/program.mjs'

/** No runtime needs this long, even on a machine that does other things as well. */
export const TIME_LIMIT_MS = 1_800_000

/** Starts a program; `kill` ends it and whatever it started, such as a browser's helpers. */
export const start = (command, args, options = {}) => startProgram(command, args, { detached: true, ...options })

/** Runs a program to its end; what it wrote to the standard output. */
export async function capture(command, args, options = {}) {
  const program = start(command, args, options)
  const timer = setTimeout(program.kill, options.timeout ?? TIME_LIMIT_MS)
  const { code, stdout, stderr } = await program.ended
  clearTimeout(timer)
  if (code !== 0) {
    const said = (stderr + stdout).trim().slice(-2000)
    throw new Error(`${command} ended with ${code ?? 'a signal'}: ${said}`)
  }
  return stdout
}

/** The report among the lines that a suite printed. */
export function reportIn(output) {
  const line = output.split('\n').find((text) => text.startsWith('REPORT '))
  if (line === undefined) throw new Error(`there is no report in: ${output.slice(-2000)}`)
  return JSON.parse(line.slice('REPORT '.length))
}
