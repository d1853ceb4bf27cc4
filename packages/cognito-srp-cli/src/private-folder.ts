import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { EXIT, Failure } from './failure.js'

/** Return the folder for state: `$XDG_STATE_HOME/cognito-srp`, by default below `~/.local/state`. */
export function stateFolder(env: NodeJS.ProcessEnv, home: string, platform: string = process.platform): string {
  const base = env.XDG_STATE_HOME
  // "All paths set in these environment variables must be absolute", and others are ignored (XDG Base Directory, 0.8).
  if (base && isAbsolute(base)) return join(base, 'cognito-srp')
  if (platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'cognito-srp')
  return join(home, '.local', 'state', 'cognito-srp')
}

/** Tell whether there is no such file; a home that is not a folder, such as /dev/null, holds no file either. */
const isAbsent = ({ code }: NodeJS.ErrnoException) => code === 'ENOENT' || code === 'ENOTDIR'

/** Write a file that only its owner may read (mode 600, in a folder of mode 700): it is there as a whole or not at all. */
export async function writePrivately(file: string, text: string): Promise<void> {
  const folder = dirname(file)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // A folder that was there before, and is open to others.
  await chmod(folder, 0o700)
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    const handle = await open(draft, 'wx', 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/**
 * Values by key, each in a file of its own that only its owner may read (mode 600, in a folder of mode 700). A value is
 * written to a second file and put in its place, so that it is there as a whole or not at all, and two sign-ins at once
 * do not write over each other's records.
 */
export class PrivateFolder {
  readonly path: string
  readonly #warn: (message: string) => void

  /** `warn` is told each thing once. */
  constructor(path: string, warn: (message: string) => void) {
    this.path = path
    const told = new Set<string>()
    this.#warn = (message) => {
      if (told.has(message)) return
      told.add(message)
      warn(message)
    }
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#read(this.file(key)))?.value
  }

  async set(key: string, value: string): Promise<void> {
    const file = this.file(key)
    await this.#writing(() => writePrivately(file, `${JSON.stringify({ key, value })}\n`))
  }

  async remove(key: string): Promise<void> {
    await this.#writing(() => rm(this.file(key), { force: true }))
  }

  /** All that is kept here, in the order of the keys. */
  async list(): Promise<{ key: string; value: string }[]> {
    const names = await readdir(this.path).catch((error: NodeJS.ErrnoException) => {
      if (isAbsent(error)) return []
      throw this.#failure('read', error)
    })
    const all = await Promise.all(
      names.filter((name) => name.endsWith('.json')).map((name) => this.#read(join(this.path, name))),
    )
    return all.filter((one) => one !== undefined).sort((a, b) => (a.key < b.key ? -1 : 1))
  }

  /** Keys hold user names, which make no file names. */
  file(key: string): string {
    return join(this.path, `${createHash('sha256').update(key).digest('hex').slice(0, 40)}.json`)
  }

  async #read(file: string): Promise<{ key: string; value: string } | undefined> {
    let text: string
    try {
      text = await readFile(file, 'utf8')
      const { mode } = await stat(file)
      if (process.platform !== 'win32' && mode & 0o077) {
        this.#warn(`${file} can be read by others on this machine. It holds secrets: chmod 600 it.`)
      }
    } catch (error) {
      if (isAbsent(error as NodeJS.ErrnoException)) return undefined
      throw this.#failure('read', error)
    }
    try {
      const { key, value } = JSON.parse(text)
      if (typeof key === 'string' && typeof value === 'string') return { key, value }
    } catch {
      // Said below.
    }
    this.#warn(`${file} is damaged and counts as absent.`)
    return undefined
  }

  async #writing(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      throw this.#failure('write', error)
    }
  }

  #failure(verb: 'read' | 'write', error: unknown): Failure {
    const { code, message } = error as NodeJS.ErrnoException
    return new Failure(
      EXIT.usage,
      `Cannot ${verb} ${this.path}: ${code ?? message}`,
      'XDG_STATE_HOME names another folder for it.',
    )
  }
}
