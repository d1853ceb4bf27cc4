import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { readNamed } from './aws/input-file.js'
import { usage } from './failure.js'

/** A secret out of a file, and what is to be said of the file. */
export interface SecretFile {
  readonly secret: string
  readonly note: string | undefined
}

/**
 * Read the file that --client-secret-file names: one line, blanks around it do not count.
 *
 * @throws Failure `usage` for a file that cannot be read, is empty, or holds more than one line. No message repeats any of it.
 */
export function readSecretFile(cwd: string, name: string): SecretFile {
  const option = 'client-secret-file'
  const path = resolve(cwd, name.replace(/^file:\/\//, ''))
  const secret = readNamed(cwd, name, option).trim()
  if (!secret) throw usage(`--${option}: ${path} is empty.`)
  if (/[\r\n]/.test(secret)) throw usage(`--${option}: ${path} has several lines: expected the secret alone.`)
  const isOpen = process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0
  return {
    secret,
    note: isOpen ? `${path} can be read by others on this machine. It holds a secret: chmod 600 ${path}` : undefined,
  }
}
