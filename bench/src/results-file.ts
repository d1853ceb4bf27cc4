// The results files: what README and docs quote stays in git, without the single rounds, in as few lines as read well.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Results } from './results.js'

/** Longer rows are broken up. */
const WIDTH = 320
/** Of a measured number; more would be noise. */
const DIGITS = 5

/**
 * Write a value as JSON: what fits in a line stands in one, and a fraction has five significant digits.
 *
 * @param value - what JSON can hold
 * @param indent - blanks before the lines that follow the first
 * @returns JSON text without a line break at its end
 */
export function compactJson(value: unknown, indent = ''): string {
  const line = JSON.stringify(value, (_, one) =>
    typeof one === 'number' && !Number.isInteger(one) ? Number(one.toPrecision(DIGITS)) : one,
  )
  if (indent.length + line.length <= WIDTH || typeof value !== 'object' || value === null) return line
  const inner = `${indent} `
  const rows = Array.isArray(value)
    ? value.map((one) => compactJson(one, inner))
    : Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([name, one]) => `${JSON.stringify(name)}: ${compactJson(one, inner)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${rows.map((row) => inner + row).join(',\n')}\n${indent}${close}`
}

/**
 * Write a run's results twice: whole to `raw/`, which git ignores, and the summary beside it.
 *
 * @param folder - where the summary goes
 * @param name - of both files
 * @param results - everything that was measured
 * @param summary - the part of it that documents quote
 * @returns the path of the summary
 */
export async function writeResults(folder: string, name: string, results: unknown, summary: unknown): Promise<string> {
  const raw = join(folder, 'raw')
  await mkdir(raw, { recursive: true })
  await writeFile(join(raw, name), `${JSON.stringify(results)}\n`)
  const path = join(folder, name)
  await writeFile(path, `${compactJson(summary)}\n`)
  return path
}

/**
 * Leave out what each single round took: its median and quartiles are quoted.
 *
 * @param results - of a run of the benchmark
 * @returns a copy in which no entry has a list of rounds
 */
export function withoutRounds(results: Results): unknown {
  return JSON.parse(
    JSON.stringify(results, (name, value) => (name === 'rounds' && Array.isArray(value) ? undefined : value)),
  )
}
