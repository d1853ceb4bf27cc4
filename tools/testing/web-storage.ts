// The browser's `localStorage`, for libraries that keep their sign-in there.

/** A storage as `localStorage` is, with a look at its entries. */
export interface TestStorage {
  readonly values: Map<string, string>
  readonly length: number
  key(index: number): string | null
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
  clear(): void
}

/**
 * Make a storage in memory.
 *
 * @param entries - its first entries
 * @returns the storage
 */
export function webStorage(entries: Iterable<readonly [string, string]> = []): TestStorage {
  const values = new Map<string, string>(entries)
  return {
    values,
    get length() {
      return values.size
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    clear: () => values.clear(),
  }
}
