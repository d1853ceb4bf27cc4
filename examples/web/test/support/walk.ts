// A walk through a story, with the checks on the way.
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { storyOf } from '../../stories.js'
import { type Visit, visit } from './visit.js'

/** Chromium's message for every refused request, no matter who asked for it. */
const REFUSED = /^Failed to load resource: the server responded with a status of 400/

/** Goes through a story, then looks at everything that must never happen. */
export async function walk(
  browser: Browser,
  url: string,
  story: string,
  { refusals = 0, ...options }: BrowserContextOptions & { refusals?: number },
  steps: (visit: Visit) => Promise<void>,
): Promise<void> {
  const seen = await visit(browser, url, story, options)
  try {
    await steps(seen)
    const { page, bodies, strangers, complaints } = seen
    for (const body of bodies) expect(body).not.toContain(storyOf(story).password)
    expect(strangers).toEqual([])
    expect(complaints.filter((text) => REFUSED.test(text))).toHaveLength(refusals)
    expect(complaints.filter((text) => !REFUSED.test(text))).toEqual([])
    await explainsEverything(page, bodies)
  } finally {
    await seen.close()
  }
}

/** No field is unknown to the page, and no secret that travelled stands on it. */
async function explainsEverything(page: Page, bodies: readonly string[]): Promise<void> {
  const text = (await page.locator('#handshake-pane').textContent()) ?? ''
  expect(text).not.toContain('A field this page does not know')
  const sent = bodies.filter((body) => body !== '').map((body) => JSON.parse(body) as Record<string, unknown>)
  for (const { Session, AccessToken, RefreshToken, Token } of sent) {
    for (const secret of [Session, AccessToken, RefreshToken, Token]) {
      if (typeof secret === 'string') expect(text).not.toContain(secret.slice(0, 40))
    }
  }
}

export const card = (page: Page): Locator => page.locator('#card')

export async function press(page: Page, name: string): Promise<void> {
  await idle(page)
  await page.getByRole('button', { name, exact: true }).click()
}

/** Waits until the card has done what it was asked: while it is busy, its buttons do nothing. */
export const idle = (page: Page): Promise<void> => page.locator('#card:not([aria-busy="true"])').waitFor()

/** Waits until the card has this heading. */
export const heading = (page: Page, name: string): Promise<void> =>
  card(page).getByRole('heading', { name, exact: true }).waitFor()

export const fill = (page: Page, label: string, value: string): Promise<void> =>
  card(page).getByRole('textbox', { name: label, exact: true }).fill(value)

/** Takes the newest code of the phone, and goes on with it by a button of the card. */
export async function useCode(page: Page, go = 'Continue'): Promise<void> {
  await press(page, 'Use this code')
  await press(page, go)
}

/** Signs out, and waits for the card of the story's beginning. */
export async function signOut(page: Page, beginning = 'Sign in'): Promise<void> {
  await press(page, 'Sign out')
  await heading(page, beginning)
}

/** The names on the arrows of the diagram, in their order. */
export const arrows = (page: Page): Promise<string[]> => page.locator('.message .title strong').allTextContents()

/** A figure above the diagram. */
export const total = (page: Page, name: string): Promise<string | null> => page.locator(`#total-${name}`).textContent()

/** The id of the element that has the focus. */
export const focused = (page: Page): Promise<string | null> => page.locator(':focus').getAttribute('id')
