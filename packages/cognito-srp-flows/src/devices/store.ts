import { trackDevices } from './tracking.js'
import type { DeviceStorage, DeviceStore } from './types.js'

/**
 * A device store over three async functions of yours: a database, a key chain, an encrypted file.
 * Values are opaque texts that hold a device's password; each is written and removed as a whole.
 *
 * @example
 * const devices = deviceStore({ get: (key) => db.get(key), set: (key, value) => db.put(key, value), remove: (key) => db.delete(key) })
 */
export function deviceStore(storage: DeviceStorage): DeviceStore {
  check(storage, ['get', 'set', 'remove'])
  return { tracking: trackDevices(storage) }
}

function check<T>(storage: T, names: readonly (keyof T & string)[]): void {
  for (const name of names) {
    if (typeof storage?.[name] !== 'function') throw new TypeError(`storage.${name}: expected a function`)
  }
}

/** A device store that lasts as long as the object: for tests, and for a server that keeps its own sessions. */
export function memoryDeviceStore(): DeviceStore {
  const records = new Map<string, string>()
  return deviceStore({
    get: async (key) => records.get(key),
    set: async (key, value) => records.set(key, value),
    remove: async (key) => records.delete(key),
  })
}

/** What we need of `localStorage`, `sessionStorage` or anything shaped like them. */
export interface WebStorage {
  /** The value, or null. */
  getItem(key: string): string | null
  /** Writes a value over what was there. */
  setItem(key: string, value: string): void
  /** Removes a value, if there is one. */
  removeItem(key: string): void
}

/** A device store in the browser's `localStorage`, which scripts of the same origin can read. */
export function webStorageDeviceStore(storage: WebStorage): DeviceStore {
  check(storage, ['getItem', 'setItem', 'removeItem'])
  return deviceStore({
    get: async (key) => storage.getItem(key),
    set: async (key, value) => storage.setItem(key, value),
    remove: async (key) => storage.removeItem(key),
  })
}
