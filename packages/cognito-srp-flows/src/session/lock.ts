import { sleep } from '../platform.js'
import { SETTLE, uniqueName } from './platform.js'
import type { KeyValueStorage } from './storage.js'

/** Milliseconds after which a lock whose holder has gone may be taken: a refresh is over by then. */
const LEASE = 30_000

/**
 * Make locks in a storage, for platforms without `navigator.locks`. It is Fischer's algorithm: write your name into a
 * free lock, wait for longer than a write takes, and go on only if the name still stands there. Where the storage fails
 * the work is done without a lock.
 *
 * @param storage - The storage that the tabs share.
 * @returns The function `request` of a lock manager. The work is done once, and what it throws is thrown.
 */
export const storageLock =
  (storage: KeyValueStorage) =>
  async (name: string, work: () => Promise<void>): Promise<void> => {
    const key = `${name}.lock`
    const me = uniqueName()
    const read = async () => ((await storage.get(key)) ?? '').split(' ')
    try {
      for (;;) {
        const began = Date.now()
        if (!(Number((await read())[0]) > began)) {
          await storage.set(key, `${began + LEASE} ${me}`)
          await sleep(SETTLE + (3 * (Date.now() - began)) / 1000)
          if ((await read())[1] === me) break
        }
        await sleep(SETTLE)
      }
    } catch {
      // A storage that cannot hold a lock can hold no tokens for other tabs either.
    }
    try {
      await work()
    } finally {
      try {
        if ((await read())[1] === me) await storage.remove(key)
      } catch {
        // The lease ends by itself.
      }
    }
  }
