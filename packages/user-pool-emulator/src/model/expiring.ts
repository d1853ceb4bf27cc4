const SWEEP_ABOVE = 256
// Long after it expired a record still tells "expired" from "never existed".
const SWEEP_AFTER_MS = 15 * 60_000

/** Adds to a store whose records expire, and drops the expired ones once there are many. */
export function setWithSweep<T extends { readonly expiresAt: number }>(
  store: Map<string, T>,
  key: string,
  record: T,
  now: number,
): void {
  if (store.size >= SWEEP_ABOVE && store.size % 64 === 0) {
    for (const [name, { expiresAt }] of store) if (expiresAt + SWEEP_AFTER_MS <= now) store.delete(name)
  }
  store.set(key, record)
}
