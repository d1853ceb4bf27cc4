// A visitor of the page: a fresh browser profile that notes everything the page must not do.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** The record of a visit, to be judged at its end. */
export interface Visit {
  readonly page: Page
  /** Errors on the console, and exceptions no one caught. */
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
    // A thing that moves is not yet in its place, nor in its final colour.
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
  // A pool where no one has signed in yet, no matter who was here before.
  await fetch(`${url}/begin/${story}`, { method: 'POST' })
  await page.goto(`${url}/#/${story}`)
  return { page, complaints, bodies, strangers, close: () => context.close() }
}
