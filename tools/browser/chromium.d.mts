import type { Browser } from 'playwright-core'

/** What Chromium is started with, so that it talks only to the page's own server. */
export const CHROMIUM_ARGUMENTS: readonly string[]

/** The program: what the environment's CHROMIUM names, else the first of the usual places; undefined when there is none. */
export const chromiumPath: string | undefined

/**
 * Start Chromium without a window.
 *
 * @param executablePath - chromiumPath, where there is one
 * @returns Playwright's browser, to be closed
 */
export function launchChromium(executablePath: string): Promise<Browser>
