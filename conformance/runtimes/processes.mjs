// Child processes that end with their run: each is ended by its own id, with those it started.
import { spawn } from 'node:child_process'

/** No runtime needs this long, even on a machine that does other things as well. */
export const TIME_LIMIT_MS = 1_800_000

/** Starts a program; `stop` ends it and whatever it started. */
export function start(command, args, options = {}) {
  // A group of its own, so that a browser's helpers end with it.
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...options })
  let output = ''
  let errors = ''
  child.stdout.on('data', (data) => {
    output += data
  })
  child.stderr.on('data', (data) => {
    errors += data
  })
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code))
  })
  ended.catch(() => {})
  const stop = async () => {
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has ended already.
    }
    await ended.catch(() => {})
  }
  return { child, ended, stop, output: () => output, errors: () => errors }
}

/** Runs a program to its end; what it wrote to the standard output. */
export async function capture(command, args, options = {}) {
  const program = start(command, args, options)
  const timer = setTimeout(program.stop, options.timeout ?? TIME_LIMIT_MS)
  const code = await program.ended
  clearTimeout(timer)
  if (code !== 0) {
    const said = (program.errors() + program.output()).trim().slice(-2000)
    throw new Error(`${command} ended with ${code ?? 'a signal'}: ${said}`)
  }
  return program.output()
}

/** The report among the lines that a suite printed. */
export function reportIn(output) {
  const line = output.split('\n').find((text) => text.startsWith('REPORT '))
  if (line === undefined) throw new Error(`there is no report in: ${output.slice(-2000)}`)
  return JSON.parse(line.slice('REPORT '.length))
}
