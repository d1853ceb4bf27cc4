// The common base of the tests in the browser: one build, one server and one Chromium.
import type { Browser } from 'playwright-core'
import { chromiumPath, launchChromium } from 'srp6a-tools/browser/chromium.mjs'
import { afterAll, beforeAll, describe } from 'vitest'
import { startDemo } from '../../server/demo.js'

/** The page and a browser, once the tests run. */
export interface Scene {
  readonly browser: Browser
  readonly url: string
}

/** Tests that need a Chromium; without one they are skipped, and their name says why. */
export function describeInChromium(name: string, tests: (scene: () => Scene) => void): void {
  const why = chromiumPath
    ? ''
    : ` (no Chromium ${process.env.CHROMIUM ? `at ${process.env.CHROMIUM}` : 'here: install one, or name it in CHROMIUM'})`
  describe.skipIf(!chromiumPath)(`${name}${why}`, () => {
    let scene: (Scene & { close(): Promise<void> }) | undefined
    beforeAll(async () => {
      const [demo, browser] = await Promise.all([startDemo(0), launchChromium(chromiumPath ?? '')])
      const close = async () => {
        await Promise.all([browser.close(), demo.close()])
      }
      scene = { browser, url: demo.url, close }
    }, 60_000)
    afterAll(() => scene?.close())
    tests(() => {
      if (!scene) throw new Error('The scene is not set yet')
      return scene
    })
  })
}
