// Programs as child processes: what they print, and their end. Tools and tests that look at a program's output start it
// through these.
import { spawn } from 'node:child_process'

/**
 * Start a program and keep what it prints.
 *
 * @param {string} command the program
 * @param {readonly string[]} args its arguments
 * @param {object} options as for `spawn`, and `stdin`: a text that it reads. Without one it has no standard input. With
 * `detached` it leads a group of its own, and what it has started ends with it.
 */
export function startProgram(command, args, { stdin, ...options } = {}) {
  const child = spawn(command, args, { stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'], ...options })
  const printed = { stdout: '', stderr: '', output: '' }
  const checks = new Set()
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => {
      printed[name] += text
      printed.output += text
      for (const check of checks) check()
    })
  }
  if (stdin !== undefined) {
    // A program that refuses before it reads closes the pipe.
    child.stdin.on('error', () => {})
    child.stdin.end(stdin)
  }
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...printed }))
  })
  ended.catch(() => {})

  const until = (pattern) =>
    new Promise((resolve, reject) => {
      const check = () => {
        const found = pattern.exec(printed.output)
        if (!found) return
        checks.delete(check)
        resolve(found)
      }
      checks.add(check)
      check()
      ended.then(() => reject(new Error(`${command} ended: ${printed.output}`)), reject)
    })

  const kill = (signal = 'SIGKILL') => {
    try {
      process.kill(options.detached ? -child.pid : child.pid, signal)
    } catch {
      // It has ended already, or has never begun.
    }
    return ended.catch(() => ({ code: null, ...printed }))
  }
  return { child, printed, ended, until, kill }
}

/**
 * Run a program to its end.
 *
 * @param {string} command the program
 * @param {readonly string[]} args its arguments
 * @param {object} options as for `startProgram`
 * @returns {Promise<{ code: number | null, stdout: string, stderr: string, output: string }>} its exit code (null after a
 * signal), and what it printed: each stream, and both in their order
 */
export const runProgram = (command, args, options) => startProgram(command, args, options).ended
