// The page at / in a real Chromium: axe, the width of a phone, dark and light.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { alice, start } from '../support/pool.js'
import { srpSignIn } from '../support/sign-in.js'

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

async function filledPool() {
  const running = await start({
    deviceTracking: 'always',
    mfa: 'OPTIONAL',
    users: [alice({ mfa: { sms: true } }), { username: 'bob', password: 'hunter2-Hunter2' }],
  })
  await srpSignIn(running)
  await srpSignIn(running, { username: 'bob', password: 'hunter2-Hunter2' })
  return running
}

describe.skipIf(CHROMIUM === undefined)(`the page at / (${CHROMIUM ?? 'not run: there is no Chromium'})`, () => {
  it.each([
    ['light', 390],
    ['dark', 390],
    ['light', 1200],
    ['dark', 1200],
  ] as const)('%s, %i pixels wide: axe finds nothing, and no code is cut', async (colorScheme, width) => {
    const { server, pool } = await filledPool()
    const browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: ['--no-sandbox', '--disable-gpu'] })
    try {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 844 }, bypassCSP: true })
      const failures: string[] = []
      page.on('pageerror', (error) => failures.push(String(error)))
      await page.goto(server.url)
      await page.addScriptTag({ path: AXE })
      const violations = await page.evaluate<{ id: string; nodes: unknown[] }[]>(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) })))',
      )
      expect(violations).toEqual([])
      const headings = await page.locator('h1, h2, h3').evaluateAll((all) => all.map((one) => one.tagName))
      expect(headings.slice(0, 6)).toEqual(['H1', 'H2', 'H2', 'H2', 'H3', 'H3'])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      const box = await page.locator('.code').first().boundingBox()
      expect(box?.x).toBeGreaterThanOrEqual(0)
      expect((box?.x ?? 0) + (box?.width ?? width)).toBeLessThanOrEqual(width)
      const background = await page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor')
      expect(background === 'rgb(255, 255, 255)').toBe(colorScheme === 'light')
      if (process.env.SCREENSHOTS) {
        await page.screenshot({ path: `${process.env.SCREENSHOTS}/status-${colorScheme}-${width}.png`, fullPage: true })
      }
      expect(pool.outbox.messages).toHaveLength(1)
      expect(failures).toEqual([])
    } finally {
      await browser.close()
    }
  })

  it('shows a new code by itself, under its own content security policy, until it is told not to', async () => {
    const running = await filledPool()
    const browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: ['--no-sandbox', '--disable-gpu'] })
    try {
      const page = await browser.newPage()
      await page.goto(running.server.url)
      expect(await page.locator('.code').count()).toBe(1)
      await srpSignIn(running)
      await page.locator('.code').nth(1).waitFor({ timeout: 15_000 })
      await page.locator('#update').uncheck()
      await srpSignIn(running)
      await page.waitForTimeout(4000)
      expect(await page.locator('.code').count()).toBe(2)
    } finally {
      await browser.close()
    }
  })
})
