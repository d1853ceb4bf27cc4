// Stories before and after a sign-in: an account, a forgotten password, and two tabs that share a session.
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { STORY_IDS } from '../../stories.js'
import type { Scene } from '../support/scene.js'
import type { Visit } from '../support/visit.js'
import { arrows, card, fill, heading, idle, press, signOut, total, useCode, walk } from '../support/walk.js'

/** Nothing of the card, of the figures, or of what happened last is cut off by the window. */
async function inView(page: Page, selector: string): Promise<void> {
  const box = await page.locator(selector).boundingBox()
  const { width = 0, height = 0 } = page.viewportSize() ?? {}
  expect(box).not.toBeNull()
  if (!box) return
  expect(box.x).toBeGreaterThanOrEqual(0)
  expect(box.y).toBeGreaterThanOrEqual(0)
  expect(box.x + box.width).toBeLessThanOrEqual(width)
  expect(box.y + box.height).toBeLessThanOrEqual(height)
}

/** Registers the tests. */
export const sessions = (scene: () => Scene): void => {
  describe('sessions and accounts on the page', () => {
    const story = (id: string, steps: (visit: Visit) => Promise<void>, refusals = 0) => {
      const { browser, url } = scene()
      return walk(browser, url, id, { refusals }, steps)
    }

    test('a new user signs up, is sent a code, and is signed in', async () => {
      const steps = async ({ page }: Visit) => {
        await heading(page, 'Make an account')
        await fill(page, 'New password', 'short')
        await press(page, 'Sign up')
        await page.getByText('That password is too simple').waitFor()
        await fill(page, 'New password', 'Brand-New-8-Password')
        await press(page, 'Sign up')
        await heading(page, 'Confirm your address')
        expect(await total(page, 'password')).toBe('once')
        await press(page, 'Send it once more')
        await page.getByText('A new code is on its way').waitFor()
        await useCode(page)
        await heading(page, 'Hello, Dorothy')
        await signOut(page, 'Make an account')
      }
      await story('sign-up', steps, 1)
    })

    test('a forgotten password is replaced by a code', async () => {
      const steps = async ({ page }: Visit) => {
        await press(page, 'Send a code')
        await heading(page, 'Choose a new password')
        await fill(page, 'Code', '000000')
        await press(page, 'Save and sign in')
        await page.getByText('That code is not right').waitFor()
        await useCode(page, 'Save and sign in')
        await heading(page, 'Hello, Lise')
      }
      await story('forgot', steps, 1)
    })

    test('a second tab is signed in too, hears of new tokens, and is signed out with the first', async () => {
      await story('tabs', async ({ page, bodies }) => {
        await press(page, 'Sign in')
        await heading(page, 'Hello, Karen')
        const opened = page.context().waitForEvent('page')
        await press(page, 'Open a second tab')
        const second = await opened
        await heading(second, 'Hello, Karen')
        await second.getByText('You are still signed in').waitFor()
        await press(second, 'Get new tokens')
        await page.getByText('Another tab has fetched new tokens for both.').waitFor()
        expect(bodies.filter((body) => body.includes('RefreshToken'))).toHaveLength(0)
        await press(second, 'Sign out everywhere')
        await heading(second, 'Sign in')
        await heading(page, 'Sign in')
        await card(page).getByText('You signed out in another tab.').waitFor()
        expect(await arrows(second)).toEqual(['GetTokensFromRefreshToken', 'Tokens', 'GlobalSignOut', 'Done'])
        await second.close()
      })
    })

    test('tokens are replaced ahead of their end, and a session that was ended elsewhere says so', async () => {
      const steps = async ({ page, bodies }: Visit) => {
        await press(page, 'Sign in')
        await heading(page, 'Hello, Karen')
        // After half of their time.
        await page.getByText('The refresh token has fetched new tokens.').waitFor({ timeout: 45_000 })
        const refreshes = bodies.filter((body) => body.includes('RefreshToken'))
        expect(refreshes).toHaveLength(1)
        const AccessToken = await page.evaluate<string>(
          "JSON.parse(Object.entries(localStorage).find(([key]) => key.includes('session'))[1]).tokens.accessToken",
        )
        await fetch(`${scene().url}/pool/tabs`, {
          method: 'POST',
          headers: {
            'x-amz-target': 'AWSCognitoIdentityProviderService.GlobalSignOut',
            'content-type': 'application/x-amz-json-1.1',
          },
          body: JSON.stringify({ AccessToken }),
        })
        await press(page, 'Get new tokens')
        await page.getByText('The pool has ended this session').waitFor()
        await heading(page, 'Sign in')
        expect(await page.locator('#latest').textContent()).toContain('Refused:NotAuthorizedException')
        await inView(page, '#latest')
      }
      await story('tabs', steps, 1)
    })

    test('a reload keeps the user signed in', async () => {
      await story('password', async ({ page }) => {
        await press(page, 'Sign in')
        await heading(page, 'Hello, Ada')
        await page.reload()
        await page.getByText('You are still signed in').waitFor()
        await heading(page, 'Hello, Ada')
      })
    })

    test('nothing is cut at 1280×900: the column of the sign-in needs no scrolling in any story', {
      timeout: 180_000,
    }, async () => {
      const { browser, url } = scene()
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
      const page = await context.newPage()
      const hidden = () =>
        page.evaluate<number[]>(
          "[document.querySelector('.app'), document.documentElement].flatMap((e) => [e.scrollHeight - e.clientHeight, e.scrollWidth - e.clientWidth])",
        )
      for (const id of STORY_IDS) {
        await page.goto(`${url}/#/${id}`)
        await page.reload()
        const primary = card(page).locator('button.primary').first()
        await primary.waitFor()
        expect(await hidden(), `${id}, as it begins`).toEqual([0, 0, 0, 0])
        const before = await page.locator('#card-title').textContent()
        await primary.click()
        await expect.poll(() => page.locator('#card-title').textContent(), { timeout: 10_000 }).not.toBe(before)
        await idle(page)
        // The phone looks for messages by itself.
        if ((await card(page).getByLabel('Code').count()) > 0) await page.locator('.phone').waitFor()
        expect(await hidden(), `${id}, one step on`).toEqual([0, 0, 0, 0])
      }
      await context.close()
    })

    test('a refusal is in view at 1280×900, and so is all that the card offers', async () => {
      const steps = async ({ page }: Visit) => {
        await fill(page, 'Password', 'Wrong-Horse-7-Battery')
        await press(page, 'Sign in')
        await page.getByText('Name and password do not fit').waitFor()
        await inView(page, '#latest')
        await inView(page, '#card-error')
        expect(await page.locator('#latest.failed').textContent()).toContain('NotAuthorizedException')
        await inView(page, '.message.failed .title')
        await inView(page, '#card button.primary')
      }
      await story('password', steps, 1)
    })
  })
}
