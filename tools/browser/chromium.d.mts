import type { Browser } from 'playwright-core'

/** Arguments with which Chromium talks only to the page's own server. */
export const CHROMIUM_ARGUMENTS: readonly string[]

/** Path of the program: the environment's CHROMIUM, else the first of the usual places; undefined if there is none. */
export const chromiumPath: string | undefined

/**
 * Start Chromium without a window.
 *
 * @param executablePath - chromiumPath, where there is one
 * @returns Playwright's browser, to be closed
 */
export function launchChromium(executablePath: string): Promise<Browser>
