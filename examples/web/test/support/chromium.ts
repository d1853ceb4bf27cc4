// Finds a Chromium that is installed here, and starts it so that it talks to nobody.
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { startDemo } from '../../server/demo.js'

const PLACES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The program, or undefined when there is none: set CHROMIUM to one that stands elsewhere. */
export const chromiumPath = PLACES.find((path) => path !== undefined && path !== '' && existsSync(path))

export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** The page and a browser, once the tests run. */
export interface Scene {
  readonly browser: Browser
  readonly url: string
}

/** Tests that need a Chromium; without one they are skipped, and their name says why. */
export function describeInChromium(name: string, tests: (scene: () => Scene) => void): void {
  const why = chromiumPath ? '' : ' (there is no Chromium here: install one, or name it in CHROMIUM)'
  describe.skipIf(!chromiumPath)(`${name}${why}`, () => {
    let scene: (Scene & { close(): Promise<void> }) | undefined
    beforeAll(async () => {
      const [demo, browser] = await Promise.all([startDemo(0), launch(chromiumPath ?? '')])
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
