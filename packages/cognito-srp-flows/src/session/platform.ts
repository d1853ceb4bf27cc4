import { platform } from '../platform.js'

/**
 * @internal Seconds until what one tab writes can be read in another. `localStorage` says nothing of this; browsers with
 * a process for each tab take a few milliseconds, more on a busy machine.
 */
export const SETTLE = 0.1

/** @internal A name that no other tab has. It need not be secret. */
export const uniqueName = (): string =>
  [Date.now(), ...(platform.crypto?.getRandomValues(new Uint8Array(8)) ?? [])].join('_')
