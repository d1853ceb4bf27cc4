import { randomBytes } from 'node:crypto'
import { constants, copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import type { LocksLike } from 'cognito-srp-flows/session'

/** Milliseconds after which a lock may be taken whose holder cannot be asked: a refresh is over by then. */
const LEASE = 60_000
/** Milliseconds between two looks at a lock that is held. */
const PAUSE = 25

const sleep = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))
const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

/**
 * Make a lock between processes: a file that only one of them can create, and that names its holder. A lock whose holder
 * has died is taken over. Where no file can be written the work is done without a lock: nothing can be kept there either.
 *
 * @param file - Path of the file.
 * @returns The lock, as `createSession` takes it. There is one, whatever name is asked for.
 */
export const fileLock = (file: string): LocksLike => ({
  async request(_name, work) {
    const me = JSON.stringify({ pid: process.pid, host: hostname(), id: randomBytes(8).toString('hex') })
    const held = await take(file, me)
    try {
      return await work()
    } finally {
      if (held && (await contentOf(file)) === me) await rm(file, { force: true })
    }
  },
})

/** Wait for the lock; false where there can be none. */
async function take(file: string, me: string): Promise<boolean> {
  for (;;) {
    try {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 })
      await writeFile(file, me, { flag: 'wx', mode: 0o600 })
      return true
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') return false
    }
    const holder = await contentOf(file)
    if (holder !== undefined && (await isStale(file, holder))) await breakLock(file, holder)
    else await sleep(PAUSE)
  }
}

const contentOf = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined)

async function isStale(file: string, holder: string): Promise<boolean> {
  const age = await stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  )
  if (age > LEASE) return true
  try {
    const { pid, host } = JSON.parse(holder)
    return host === hostname() && Number.isInteger(pid) && !isAlive(pid)
  } catch {
    // Its holder is writing it.
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it is of another user.
    return codeOf(error) !== 'ESRCH'
  }
}

/** Remove the lock of a dead process. Of several that see it only one moves it away; a new one that it met goes back. */
async function breakLock(file: string, holder: string): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`
  try {
    await rename(file, aside)
  } catch {
    return
  }
  if ((await contentOf(aside)) !== holder) await copyFile(aside, file, constants.COPYFILE_EXCL).catch(() => {})
  await rm(aside, { force: true })
}
