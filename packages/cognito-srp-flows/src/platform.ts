import type { AbortSignalLike } from './api.js'

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

/** The globals that are used where they are: those that every runtime with `fetch` has, and what browsers have beside. */
interface Platform {
  /** {@link FetchLike} of fetch.ts. */
  readonly fetch: unknown
  AbortController: new () => { readonly signal: AbortSignalLike; abort(reason?: unknown): void }
  setTimeout(callback: () => void, milliseconds: number): unknown
  clearTimeout(timer: unknown): void
  TextDecoder: new () => { decode(bytes?: Uint8Array, options?: { stream: boolean }): string }
  readonly crypto?: { getRandomValues(array: Uint8Array): Uint8Array }
  readonly navigator?: { readonly locks?: LocksLike }
  readonly BroadcastChannel?: new (name: string) => BroadcastChannelLike
  addEventListener?(type: 'storage', listener: (event: { key?: string | null }) => void): void
  removeEventListener?(type: 'storage', listener: (event: { key?: string | null }) => void): void
}

export const platform = globalThis as unknown as Platform

/** Wait for some seconds. */
export const sleep = (seconds: number): Promise<void> =>
  new Promise((done) => platform.setTimeout(done, seconds * 1000))
