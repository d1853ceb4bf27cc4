import type { AbortSignalLike } from '../api.js'
import type { FetchLike } from '../fetch.js'

/** The globals that every runtime with `fetch` has. */
interface Platform {
  fetch: FetchLike
  AbortController: new () => { readonly signal: AbortSignalLike; abort(reason?: unknown): void }
  setTimeout(callback: () => void, milliseconds: number): unknown
  clearTimeout(timer: unknown): void
  TextDecoder: new () => { decode(bytes?: Uint8Array, options?: { stream: boolean }): string }
  crypto?: { getRandomValues(array: Uint8Array): Uint8Array }
}

export const platform = globalThis as unknown as Platform

/** Wait for some seconds. */
export const sleep = (seconds: number): Promise<void> =>
  new Promise((done) => platform.setTimeout(done, seconds * 1000))

/**
 * Do work that ends with the caller's signal, or when the time is up, even where the work itself does not listen.
 *
 * @param work - The work, given a signal of its own.
 * @param signal - The caller's.
 * @param seconds - The time; 0 for no limit.
 * @param late - Makes the error for work that took longer.
 * @returns What the work returns.
 * @throws What the work throws, the reason of the caller's signal, or the error of `late`.
 */
export async function limited<T>(
  work: (limit: AbortSignalLike) => Promise<T>,
  signal: AbortSignalLike | undefined,
  seconds = 0,
  late?: () => Error,
): Promise<T> {
  const controller = new platform.AbortController()
  let timer: unknown
  let abort = () => {}
  const ended = new Promise<never>((_, fail) => {
    const end = (reason: unknown) => {
      fail(reason)
      controller.abort(reason)
    }
    abort = () => end(signal?.reason)
    if (seconds > 0) timer = platform.setTimeout(() => end(late?.()), seconds * 1000)
    signal?.addEventListener('abort', abort)
    if (signal?.aborted) abort()
  })
  try {
    return await Promise.race([ended, work(controller.signal)])
  } finally {
    platform.clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}
