// Takes the pictures of the page: `npm run screenshots`. They are small enough to be in the repository.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { chromiumPath, launchChromium } from 'srp6a-tools/browser/chromium.mjs'
import { startDemo } from './server/demo.js'
import { withoutFilters } from './test/support/png.js'
import { visit } from './test/support/visit.js'

const LARGEST = 150_000

if (!chromiumPath) throw new Error('There is no Chromium here: install one, or name it in CHROMIUM')
const [demo, browser] = await Promise.all([startDemo(0), launchChromium(chromiumPath)])

async function picture(
  name: string,
  story: string,
  options: BrowserContextOptions,
  steps: (page: Page) => Promise<void>,
): Promise<void> {
  const { page, close } = await visit(browser, demo.url, story, options)
  await steps(page)
  // Nothing under the pointer, and the phone has what it looked for.
  await page.mouse.move(0, 0)
  await page.waitForTimeout(300)
  const path = fileURLToPath(new URL(`screenshots/${name}.png`, import.meta.url))
  const image = withoutFilters(await page.screenshot())
  writeFileSync(path, image)
  console.log(`${path}: ${image.length} bytes`)
  if (image.length > LARGEST) process.exitCode = 1
  await close()
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const hello = (page: Page) => page.getByRole('heading', { name: /^Hello/ }).waitFor()

try {
  await picture('sign-in', 'sms', { viewport: { width: 1170, height: 1080 } }, async (page) => {
    await press(page, 'Sign in')
    await press(page, 'Use this code')
    await press(page, 'Continue')
    await press(page, 'Sign out')
    // The tables of the arithmetic are built now: this is what it takes from then on.
    await press(page, 'Sign in')
    await press(page, 'Use this code')
    await page.locator('#handshake-pane').evaluate((pane) => {
      pane.scrollTop = 0
    })
  })
  await picture(
    'device-dark',
    'device',
    { viewport: { width: 1280, height: 860 }, colorScheme: 'dark' },
    async (page) => {
      await press(page, 'Sign in')
      await press(page, 'Use this code')
      await press(page, 'Continue')
      await press(page, 'Trust it')
      await page.getByText('This browser is trusted').waitFor()
      await press(page, 'Sign out')
      await press(page, 'Sign in')
      await hello(page)
      await page.locator('#handshake-pane').evaluate((pane) => {
        const list = [...pane.querySelectorAll('.entry')] as unknown as { offsetTop: number }[]
        pane.scrollTop = (list[7]?.offsetTop ?? 0) - 8
      })
    },
  )
  const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5, hasTouch: true, isMobile: true }
  await picture('phone', 'totp', phone, async (page) => {
    await press(page, 'Sign in')
    await press(page, 'Use this code')
  })
  await picture('phone-handshake', 'totp', phone, async (page) => {
    await press(page, 'Sign in')
    await page.getByRole('heading', { name: 'Enter the code' }).waitFor()
    await page.locator('.handshake').evaluate((section) => section.scrollIntoView())
  })
} finally {
  await Promise.all([browser.close(), demo.close()])
}
