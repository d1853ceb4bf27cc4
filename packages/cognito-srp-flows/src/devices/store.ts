import { trackDevices } from './tracking.js'
import type { DeviceStorage, DeviceStore } from './types.js'

/**
 * Make a device store over three async functions of yours: a database, a key chain, an encrypted file.
 * Values are opaque texts that hold a device's password; each is written and removed as a whole.
 *
 * @param storage the three functions; keys and values are strings
 * @returns the store, for `devices` of an app client
 * @throws TypeError naming a function that is missing
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

/**
 * Make a device store that lasts as long as the object: for tests, and for a server that keeps its own sessions.
 *
 * @returns the store, empty, for `devices` of an app client
 */
export function memoryDeviceStore(): DeviceStore {
  const records = new Map<string, string>()
  return deviceStore({
    get: async (key) => records.get(key),
    set: async (key, value) => records.set(key, value),
    remove: async (key) => records.delete(key),
  })
}

/** The methods used of `localStorage`, `sessionStorage` or anything shaped like them. */
export interface WebStorage {
  /** The value, or null. */
  getItem(key: string): string | null
  /** Writes a value over what was there. */
  setItem(key: string, value: string): void
  /** Removes a value, if there is one. */
  removeItem(key: string): void
}

/**
 * Make a device store in the browser's `localStorage`, which scripts of the same origin can read.
 *
 * @param storage `localStorage`, or an object with its three methods
 * @returns the store, for `devices` of an app client
 * @throws TypeError naming a method that is missing
 */
export function webStorageDeviceStore(storage: WebStorage): DeviceStore {
  check(storage, ['getItem', 'setItem', 'removeItem'])
  return deviceStore({
    get: async (key) => storage.getItem(key),
    set: async (key, value) => storage.setItem(key, value),
    remove: async (key) => storage.removeItem(key),
  })
}
