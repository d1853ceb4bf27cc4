// Runs commands: streamed to the terminal, or captured. Every tool here starts its programs through these.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runProgram } from './program.mjs'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The path of a file inside an installed package. */
export const installed = (path) => join(root, 'node_modules', path)

/**
 * Run a command in the repository's root and stream its output.
 *
 * @returns {Promise<number>} the exit code; a signal counts as 1
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}

/** Run a script with this very Node. */
export function node(script, args = [], options = {}) {
  return run(process.execPath, [script, ...args], options)
}

/**
 * Run a script with this very Node and keep what it prints, both streams in their order.
 *
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function captureNode(script, args = [], options = {}) {
  const { code, output } = await runProgram(process.execPath, [script, ...args], { cwd: root, ...options })
  return { code: code ?? 1, output }
}

/** End this process with the command's exit code, unless it is 0. */
export async function must(step, code) {
  const result = await code
  if (result !== 0) {
    console.error(`\n${step} failed (exit code ${result})`)
    process.exit(result)
  }
}
