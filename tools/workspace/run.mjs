// Runs one command, streams what it prints, and gives back how it ended.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** @returns {Promise<number>} the exit code; a signal counts as 1 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}

/** Runs a package's binary with this very Node. */
export function node(script, args = [], options = {}) {
  return run(process.execPath, [script, ...args], options)
}

export async function must(step, code) {
  const result = await code
  if (result !== 0) {
    console.error(`\n${step} failed (exit code ${result})`)
    process.exit(result)
  }
}
