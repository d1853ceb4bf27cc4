// A visitor of the page: a fresh browser profile that notes everything the page must not do.
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { storyOf } from '../../stories.js'

/** What a visit saw, to be judged at its end. */
export interface Visit {
  readonly page: Page
  /** Errors on the console, and exceptions nobody caught. */
  readonly complaints: string[]
  /** The bodies of all POST requests. */
  readonly bodies: string[]
  /** Addresses that are not on this machine. */
  readonly strangers: string[]
  close(): Promise<void>
}

/** Opens a story as a new visitor. */
export async function visit(
  browser: Browser,
  url: string,
  story: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    // What moves is not yet where it belongs, nor in its final colour.
    reducedMotion: 'reduce',
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const complaints: string[] = []
  const bodies: string[] = []
  const strangers: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url())
    if (protocol !== 'data:' && hostname !== 'localhost') strangers.push(request.url())
    const body = request.postData()
    if (body !== null) bodies.push(body)
  })
  // A pool where nobody has signed in yet, whoever was here before.
  await fetch(`${url}/begin/${story}`, { method: 'POST' })
  await page.goto(`${url}/#/${story}`)
  return { page, complaints, bodies, strangers, close: () => context.close() }
}

/** What Chromium says of every refused request, whoever asked for it. */
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

export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click()

/** Waits until the card has this heading. */
export const heading = (page: Page, name: string): Promise<void> =>
  card(page).getByRole('heading', { name, exact: true }).waitFor()

export const fill = (page: Page, label: string, value: string): Promise<void> =>
  card(page).getByRole('textbox', { name: label, exact: true }).fill(value)

/** Takes the newest code of the phone, and goes on with it. */
export async function useCode(page: Page): Promise<void> {
  await press(page, 'Use this code')
  await press(page, 'Continue')
}

/** The names on the arrows of the diagram, in their order. */
export const arrows = (page: Page): Promise<string[]> => page.locator('.message .title strong').allTextContents()

/** A figure above the diagram. */
export const total = (page: Page, name: string): Promise<string | null> => page.locator(`#total-${name}`).textContent()
