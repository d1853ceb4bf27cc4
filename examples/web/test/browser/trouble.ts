// Messages of the page when something goes wrong, and the way on from there.
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Scene } from '../support/scene.js'
import type { Visit } from '../support/visit.js'
import { arrows, fill, focused, heading, idle, press, useCode, walk } from '../support/walk.js'

const says = (page: Page, title: string) => page.getByRole('alert').getByText(title, { exact: true }).waitFor()
const order = async (page: Page, trouble: string) => {
  const summary = page.locator('.trouble summary')
  if (!(await page.getByRole('button', { name: trouble }).isVisible())) await summary.click()
  await press(page, trouble)
  await page.locator('#trouble-status', { hasText: '.' }).waitFor()
}

/** Registers the tests. */
export const trouble = (scene: () => Scene): void => {
  describe('trouble on the page', () => {
    const story = (id: string, refusals: number, steps: (visit: Visit) => Promise<void>) => {
      const { browser, url } = scene()
      return walk(browser, url, id, { refusals }, steps)
    }

    test('a wrong password, again and again until the account is locked', async () => {
      await story('password', 6, async ({ page, bodies }) => {
        for (let attempt = 1; attempt <= 5; attempt++) {
          await fill(page, 'Password', 'Wrong-Horse-7-Battery')
          await press(page, 'Sign in')
          await says(page, 'Name and password do not fit')
        }
        const input = page.getByRole('textbox', { name: 'Password' })
        expect(await input.getAttribute('aria-invalid')).toBe('true')
        expect(await focused(page)).toBe('field-password')
        expect(bodies.join()).not.toContain('Wrong-Horse')
        await press(page, 'Sign in')
        await says(page, 'Too many wrong passwords')
      })
    })

    test('throttled once, the library tries again by itself', async () => {
      await story('sms', 1, async ({ page }) => {
        await order(page, 'Throttle once')
        await press(page, 'Sign in')
        await heading(page, 'Enter the code')
        expect((await arrows(page)).slice(0, 4)).toEqual([
          'InitiateAuth',
          'TooManyRequestsException',
          'InitiateAuth',
          'PASSWORD_VERIFIER',
        ])
      })
    })

    test('throttled for good, a cut connection, and no network: the same button works again', async () => {
      await story('custom', 3, async ({ page, complaints }) => {
        await order(page, 'Keep throttling')
        await press(page, 'Sign in')
        await says(page, 'Too many people are signing in right now')
        await order(page, 'Cut the connection')
        await press(page, 'Sign in')
        await says(page, 'No connection')
        await page.context().setOffline(true)
        await press(page, 'Sign in')
        // The same words as before: they prove nothing until it has tried again.
        await idle(page)
        await says(page, 'No connection')
        await page.context().setOffline(false)
        await press(page, 'Sign in')
        await heading(page, 'One more question')
        // Chromium reports each request that got no answer: the two, and the look at the phone without a network.
        const lost = complaints.filter((text) => /ERR_(EMPTY_RESPONSE|INTERNET_DISCONNECTED)/.test(text))
        expect(lost.length).toBe(3)
        for (const text of lost) complaints.splice(complaints.indexOf(text), 1)
      })
    })

    test('a sign-in that has run out begins again', async () => {
      await story('totp', 1, async ({ page }) => {
        await press(page, 'Sign in')
        await heading(page, 'Enter the code')
        await order(page, 'Let the sign-in run out')
        await useCode(page)
        await says(page, 'This sign-in has run out')
        await heading(page, 'Sign in')
        await press(page, 'Sign in')
        await useCode(page)
        await heading(page, 'Hello, Alan')
      })
    })

    test('without a passkey there is a way on', async () => {
      await story('passkey', 0, async ({ page }) => {
        // The user has none: the pool offers what there is.
        await press(page, 'Sign in with a passkey')
        await heading(page, 'How do you want to sign in?')
        await press(page, 'Password')
        await press(page, 'Sign in')
        await heading(page, 'Hello, Hedy')
      })
    })

    test('another story begins afresh, and what was under way is dropped', async () => {
      await story('several', 0, async ({ page }) => {
        await press(page, 'Sign in')
        await heading(page, 'Choose a second factor')
        await page.getByRole('link', { name: 'Custom' }).click()
        await heading(page, 'Sign in')
        expect(await arrows(page)).toEqual([])
        expect(await page.getByRole('link', { name: 'Custom' }).getAttribute('aria-current')).toBe('true')
        await page.goBack()
        await page.getByText('Barbara has a phone').waitFor()
      })
    })
  })
}
