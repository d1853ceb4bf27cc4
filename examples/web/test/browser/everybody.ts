// The page for everybody: axe-core in light and dark, on a desk and on a phone; and the keyboard alone.
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { storyOf } from '../../stories.js'
import type { Scene } from '../support/scene.js'
import type { Visit } from '../support/visit.js'
import { fill, focused, heading, press, useCode, walk } from '../support/walk.js'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

interface Results {
  readonly violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[]
  readonly passes: unknown[]
}

/**
 * List the findings of axe: the rules' names and places, so that a failure says what to mend. Colours are judged in
 * dark too.
 */
async function violations(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const options = { resultTypes: ['violations'], ...(colorScheme === 'dark' && { runOnly: ['color-contrast'] }) }
    const results = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as Results
    for (const { id, nodes } of results.violations) {
      for (const { html, failureSummary } of nodes) found.push(`${colorScheme}: ${id}: ${html} ${failureSummary}`)
    }
    expect(results.passes.length).toBeGreaterThan(colorScheme === 'dark' ? 0 : 20)
  }
  return found
}

/** Nothing is wider than the screen. */
async function fits(page: Page): Promise<void> {
  const [width = 0, visible = 0] = (await page.evaluate(
    '[document.documentElement.scrollWidth, innerWidth]',
  )) as number[]
  expect(width).toBeLessThanOrEqual(visible)
}

async function judge(page: Page): Promise<void> {
  await fits(page)
  expect(await violations(page)).toEqual([])
}

/** A wrong password, the page judged with its refusal, then the right one. */
async function secondAttempt(page: Page, story: string): Promise<void> {
  await page.locator('.trouble summary').click()
  await fill(page, 'Password', 'wrong')
  await press(page, 'Sign in')
  await page.getByRole('alert').getByText('Check both').waitFor()
  await judge(page)
  await fill(page, 'Password', storyOf(story).password)
  await press(page, 'Sign in')
}

/** Registers the tests. */
export const everybody = (scene: () => Scene): void => {
  describe('the page for everybody', () => {
    const story = (id: string, options: Parameters<typeof walk>[3], steps: (visit: Visit) => Promise<void>) => {
      const { browser, url } = scene()
      return walk(browser, url, id, options, async (visit) => {
        await visit.page.evaluate(axe.source)
        await steps(visit)
      })
    }

    test('axe finds what is wrong when something is', async () => {
      await story('password', {}, async ({ page }) => {
        await page.evaluate(
          "document.querySelector('label').remove(); document.querySelector('.lead').style.color = 'gray'",
        )
        const found = await violations(page)
        expect(found.some((text) => text.startsWith('light: label: '))).toBe(true)
        expect(found.some((text) => text.startsWith('dark: color-contrast: '))).toBe(true)
      })
    })

    test('no violation at a desk', async () => {
      await story('set-up', {}, async ({ page }) => {
        await judge(page)
        await press(page, 'Sign in')
        await heading(page, 'Set up your authenticator')
        await press(page, 'Scan it')
        await judge(page)
        await useCode(page)
        await heading(page, 'Hello, Joan')
        await page.locator('.field-row').first().click()
        await page.locator('.more .field-row').first().click()
        await judge(page)
      })
      await story('device', { refusals: 1 }, async ({ page }) => {
        await secondAttempt(page, 'device')
        await useCode(page)
        await page.getByText('Trust this browser?').waitFor()
        await judge(page)
      })
    })

    test('no violation on a phone, and nothing wider than it', async () => {
      await story('set-up', { ...PHONE, refusals: 1 }, async ({ page }) => {
        await secondAttempt(page, 'set-up')
        await heading(page, 'Set up your authenticator')
        await page.locator('.manual summary').click()
        await fits(page)
        await press(page, 'Scan it')
        await useCode(page)
        await heading(page, 'Hello, Joan')
        for (const row of await page.locator('.field-row').all()) if (await row.isVisible()) await row.click()
        await judge(page)
      })
    })

    test('the keyboard alone', async () => {
      await story('sms', {}, async ({ page }) => {
        const text = () => page.locator(':focus').textContent()
        await page.keyboard.press('Tab')
        expect(await text()).toBe('Skip to the sign-in')
        await page.keyboard.press('Enter')
        await page.keyboard.press('Tab')
        expect(await focused(page)).toBe('field-username')
        await page.keyboard.press('Enter')
        await heading(page, 'Enter the code')
        await page.locator('#field-code:focus').waitFor()
        // Continue, then the phone's button, which puts the code where the focus then is.
        await page.keyboard.press('Tab')
        await page.keyboard.press('Tab')
        expect(await text()).toBe('Use this code')
        await page.keyboard.press('Enter')
        expect(await focused(page)).toBe('field-code')
        await page.keyboard.press('Enter')
        await heading(page, 'Hello, Grace')
        await page.locator('#card-title:focus').waitFor()
        const row = page.locator('.field-row').first()
        await row.focus()
        await page.keyboard.press('Enter')
        await page.getByText('Who is signing in.').first().waitFor()
      })
    })

    test('what happens is announced, and several steps at once', async () => {
      await story('password', {}, async ({ page }) => {
        await press(page, 'Sign in')
        const status = page.locator('#handshake-status')
        await status.getByText('new steps').waitFor({ state: 'attached' })
        expect(await status.textContent()).toBe('Handshake: 8 new steps, the last is Tokens.')
      })
    })
  })
}
