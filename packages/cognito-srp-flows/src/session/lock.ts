import { platform, uniqueName } from './platform.js'
import type { KeyValueStorage } from './storage.js'

/** Milliseconds after which a lock whose holder has gone may be taken. */
const LEASE = 15_000

/** Milliseconds between two looks at a lock. */
const PAUSE = 40

const sleep = (milliseconds: number) => new Promise<void>((done) => platform.setTimeout(done, milliseconds))

/**
 * Run work while no other tab does, by a lock in the storage, for platforms without `navigator.locks`. It is Fischer's
 * algorithm: write your name into a free lock, wait for longer than a write takes, and go on only if the name still
 * stands there. Where the storage fails the work is done without a lock.
 *
 * @param storage - The storage that the tabs share.
 * @param key - The key of the lock.
 * @param work - Done once, with the lock held.
 * @returns What the work returns.
 */
export async function lockedInStorage<T>(storage: KeyValueStorage, key: string, work: () => Promise<T>): Promise<T> {
  const me = uniqueName()
  const write = async () => storage.set(key, `${Date.now() + LEASE} ${me}`)
  const read = async () => ((await storage.get(key)) ?? '').split(' ')
  let beat: unknown
  let timer: unknown
  try {
    for (;;) {
      const began = Date.now()
      if (!(Number((await read())[0]) > began)) {
        await write()
        await sleep(PAUSE + 3 * (Date.now() - began))
        if ((await read())[1] === me) break
      }
      await sleep(PAUSE)
    }
    timer = platform.setInterval(() => {
      beat = write().catch(() => {})
    }, LEASE / 3)
  } catch {
    // A storage that cannot hold a lock can hold no tokens for other tabs either.
  }
  try {
    return await work()
  } finally {
    platform.clearInterval(timer)
    try {
      await beat
      if ((await read())[1] === me) await storage.remove(key)
    } catch {
      // The lease ends by itself.
    }
  }
}
