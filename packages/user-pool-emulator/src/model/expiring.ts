const SWEEP_ABOVE = 256
/** More than this is dropped, oldest first: no one can fill the memory with exchanges that are never answered. */
const MOST = 10_000
// Long after it expired a record still tells "expired" from "never existed".
const SWEEP_AFTER_MS = 15 * 60_000

/** Add to a store whose records expire. Expired ones are dropped once there are many, the oldest once there are too many. */
export function setWithSweep<T extends { readonly expiresAt: number }>(
  store: Map<string, T>,
  key: string,
  record: T,
  now: number,
  most: number = MOST,
): void {
  if (store.size >= SWEEP_ABOVE && store.size % 64 === 0) {
    for (const [name, { expiresAt }] of store) if (expiresAt + SWEEP_AFTER_MS <= now) store.delete(name)
  }
  for (const oldest of store.keys()) {
    if (store.size < most) break
    store.delete(oldest)
  }
  store.set(key, record)
}
