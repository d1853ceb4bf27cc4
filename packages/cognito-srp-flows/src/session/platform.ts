/** A lock manager: `navigator.locks` fits. */
export interface LocksLike {
  /** Run `work` when the lock of that name is free, and hold the lock until its promise settles. */
  request<T>(name: string, work: () => Promise<T>): Promise<T>
}

interface BroadcastChannelLike {
  postMessage(message: unknown): void
  onmessage: ((event: { data?: unknown }) => void) | null
  close(): void
  /** Node's: an open channel would keep the process alive. */
  unref?(): void
}

/** The globals that a session uses where they are. */
interface Platform {
  setTimeout(callback: () => void, milliseconds: number): unknown
  readonly crypto?: { getRandomValues(array: Uint8Array): Uint8Array }
  readonly navigator?: { readonly locks?: LocksLike }
  readonly BroadcastChannel?: new (name: string) => BroadcastChannelLike
  addEventListener?(type: 'storage', listener: (event: { key?: string | null }) => void): void
  removeEventListener?(type: 'storage', listener: (event: { key?: string | null }) => void): void
}

/** @internal */
export const platform = globalThis as unknown as Platform

/** @internal Wait for some milliseconds. */
export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((done) => platform.setTimeout(done, milliseconds))

/**
 * @internal Milliseconds until what one tab writes can be read in another. `localStorage` says nothing of this; browsers with
 * a process for each tab take a few milliseconds, more on a busy machine.
 */
export const SETTLE = 100

/** @internal A name that no other tab has. It need not be secret. */
export const uniqueName = (): string =>
  [Date.now(), ...(platform.crypto?.getRandomValues(new Uint8Array(8)) ?? [])].join('_')
