import { SETTLE, sleep, uniqueName } from './platform.js'
import type { KeyValueStorage } from './storage.js'

/** Milliseconds after which a lock whose holder has gone may be taken: a refresh is over by then. */
const LEASE = 30_000

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
  const read = async () => ((await storage.get(key)) ?? '').split(' ')
  try {
    for (;;) {
      const began = Date.now()
      if (!(Number((await read())[0]) > began)) {
        await storage.set(key, `${began + LEASE} ${me}`)
        await sleep(SETTLE + 3 * (Date.now() - began))
        if ((await read())[1] === me) break
      }
      await sleep(SETTLE)
    }
  } catch {
    // A storage that cannot hold a lock can hold no tokens for other tabs either.
  }
  try {
    return await work()
  } finally {
    try {
      if ((await read())[1] === me) await storage.remove(key)
    } catch {
      // The lease ends by itself.
    }
  }
}
