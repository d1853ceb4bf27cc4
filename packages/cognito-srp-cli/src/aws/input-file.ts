import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { usage } from '../failure.js'

/** Read the file of `file://FILE`, or of a path. */
export function readNamed(cwd: string, value: string, option: string): string {
  const path = resolve(cwd, value.replace(/^file:\/\//, ''))
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw usage(`--${option}: cannot read ${path} (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`)
  }
}
