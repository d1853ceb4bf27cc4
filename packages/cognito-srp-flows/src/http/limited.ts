import type { AbortSignalLike } from '../api.js'
import { platform } from '../platform.js'

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
  // Not even begun: a `fetch` of the caller's own need not look at the signal.
  if (signal?.aborted) throw signal.reason
  const controller = new platform.AbortController()
  let end!: (reason: unknown) => void
  const ended = new Promise<never>((_, fail) => {
    end = (reason) => {
      fail(reason)
      controller.abort(reason)
    }
  })
  const abort = () => end(signal?.reason)
  const timer = seconds > 0 && platform.setTimeout(() => end(late?.()), seconds * 1000)
  signal?.addEventListener('abort', abort)
  try {
    return await Promise.race([ended, work(controller.signal)])
  } finally {
    platform.clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}
