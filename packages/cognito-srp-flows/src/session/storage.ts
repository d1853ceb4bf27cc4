import { object, ownValue } from '../errors.js'
import { uniqueName } from './platform.js'

/** Three functions that keep texts under keys, synchronous or not. A value is written and removed as a whole. */
export interface KeyValueStorage {
  /** Return the value, or null or undefined if there is none. */
  get(key: string): Awaitable<string | null | undefined>
  /** Write a value over what was there. */
  set(key: string, value: string): unknown
  /** Remove a value, if there is one. */
  remove(key: string): unknown
}

/** The shape of `localStorage`, of `sessionStorage`, and of React Native's `AsyncStorage`, whose methods return promises. */
export interface ItemStorage {
  /** Return the value, or null or undefined if there is none. */
  getItem(key: string): Awaitable<string | null | undefined>
  /** Write a value over what was there. */
  setItem(key: string, value: string): unknown
  /** Remove a value, if there is one. */
  removeItem(key: string): unknown
}

/** A value, or a promise of one. */
export type Awaitable<T> = T | PromiseLike<T>

/** Tell whether a value is a function that a caller gave; one that every object has is not. */
const isMethod = (value: unknown, key: string): boolean =>
  typeof value === 'function' && value !== ownValue(Object.prototype, key as never)

/** @internal Return a function of a caller's object, bound to it; one that every object has is not meant. */
export function method<T extends object, K extends keyof T & string>(value: T, name: string, key: K): T[K] {
  object(value, name)
  const found = value[key] as T[K] & { bind(to: T): T[K] }
  if (!isMethod(found, key)) throw new TypeError(`${name}.${key}: expected a function`)
  return found.bind(value)
}

/**
 * Return a storage as three functions, whichever of the two shapes it has.
 *
 * @param storage - `localStorage` or the like, or an object with `get`, `set` and `remove`.
 * @returns The three functions.
 * @throws TypeError that names the missing function.
 */
export function keyValueStorage(storage: KeyValueStorage | ItemStorage): KeyValueStorage {
  object(storage, 'storage')
  const given = storage as KeyValueStorage & ItemStorage
  const item = isMethod(given.getItem, 'getItem') ? 'Item' : ''
  return {
    get: method(given, 'storage', `get${item}`),
    set: method(given, 'storage', `set${item}`),
    remove: method(given, 'storage', `remove${item}`),
  }
}

/**
 * Make a storage that lasts as long as the object: for tests, and for a server with sessions of its own.
 *
 * @returns An empty storage.
 */
export function memoryStorage(): KeyValueStorage {
  const values = new Map<string, string>()
  return {
    get: (key) => values.get(key),
    set: (key, value) => values.set(key, value),
    remove: (key) => values.delete(key),
  }
}

/** @internal Return a text; anything else counts as an empty one. */
export const string = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Characters of one value, for key chains that take 2,048 bytes and less. */
const CHUNK = 1800

/**
 * Make a storage of long values out of one that takes only short ones, such as `expo-secure-store` or cookies. The parts
 * of a value are written before the entry that points to them, so that a reader sees the old value or the new one.
 *
 * @param storage - The storage that takes short values.
 * @param size - Characters that it takes as one value; 1800 if left out.
 * @returns A storage that takes values of any length.
 * @throws TypeError for a storage that lacks a function, RangeError for a size that is not a positive integer.
 * @example
 * const storage = chunkedStorage({ get: getItemAsync, set: setItemAsync, remove: deleteItemAsync }) // expo-secure-store
 */
export function chunkedStorage(storage: KeyValueStorage | ItemStorage, size: number = CHUNK): KeyValueStorage {
  const inner = keyValueStorage(storage)
  if (!(Number.isInteger(size) && size > 0)) throw new RangeError('size: expected a positive integer')
  /** The keys of the parts; none for a value that stands in the entry itself. */
  const partsOf = async (key: string): Promise<string[]> => {
    const [, count, generation] = /^~(\d{1,3})\.(\w+)$/.exec(string(await inner.get(key))) ?? []
    return Array.from({ length: Number(count ?? 0) }, (_, i) => `${key}.${generation}.${i}`)
  }
  const removeAll = async (keys: string[]) => {
    for (const key of keys) await inner.remove(key)
  }
  return {
    async get(key) {
      const parts = await partsOf(key)
      if (!parts.length) return inner.get(key)
      const values = []
      for (const part of parts) values.push(await inner.get(part))
      // A part that is missing leaves a text that no reader takes for whole.
      return values.map(string).join('')
    },
    async set(key, value) {
      if (typeof value !== 'string') throw new TypeError('value: expected a string')
      const old = await partsOf(key)
      const written: string[] = []
      try {
        if (value.length <= size && !value.startsWith('~')) await inner.set(key, value)
        else {
          const generation = uniqueName()
          for (let at = 0, end: number; at < value.length; at = end) {
            end = at + size
            // Half a character of two units is no text: cookies and key chains could not take it.
            if (size > 1 && (value.codePointAt(end - 1) ?? 0) > 0xffff) end--
            const part = `${key}.${generation}.${written.length}`
            written.push(part)
            await inner.set(part, value.slice(at, end))
          }
          await inner.set(key, `~${written.length}.${generation}`)
        }
      } catch (error) {
        await removeAll(written)
        throw error
      }
      await removeAll(old)
    },
    async remove(key) {
      const parts = await partsOf(key)
      await inner.remove(key)
      await removeAll(parts)
    },
  }
}
