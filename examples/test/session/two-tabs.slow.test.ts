// Two tabs of a real Chromium share one session in localStorage, with token rotation on and faults injected.
import type { Page } from 'playwright-core'
import { chromiumPath, launchChromium } from 'srp6a-tools/browser/chromium.mjs'
import { afterAll, describe, expect, it } from 'vitest'
import { CLIENT_ID, emulated, PASSWORD, POOL_ID } from '../emulated.js'
import { servePage } from '../page-with-pool.js'

const ROUNDS = 200

/** The script of the page: a session as an app would open it, and what it is asked from outside. */
const script = (locks: string) => `
  import { createSession } from 'cognito-srp-flows/session'
  import { fetchApi } from 'cognito-srp-flows/fetch'
  const api = fetchApi({ endpoint: location.origin, attempts: 1 })
  const client = { api, userPoolId: '${POOL_ID}', clientId: '${CLIENT_ID}' }
  ${locks}
  const session = createSession(client, { storage: localStorage })
  const kinds = []
  session.subscribe(({ kind }) => kinds.push(kind))
  const said = (tokens) => (tokens ? 'tokens' : 'none')
  const force = () => session.tokens({ refresh: true }).then(said, ({ name, code }) => code ?? name)
  Object.assign(globalThis, { session, kinds, force })
`

const closers: (() => unknown)[] = []
afterAll(async () => {
  for (const close of closers.reverse()) await close()
})

async function openTabs(locks: string) {
  const used: string[] = []
  let slow = 0
  const { emulator } = await emulated({
    clients: [{ clientId: CLIENT_ID, refreshTokenRotation: true }],
    triggers: {
      // A slow answer: the tokens are made after a while.
      async preTokenGeneration(event) {
        if (slow > 0) await new Promise((done) => setTimeout(done, slow))
        return event
      },
    },
  })
  const served = await servePage(emulator, script(locks), ({ RefreshToken }, refusal) => {
    // Used once, or refused because it was: either way the pool has seen it.
    const seen = refusal === undefined || refusal.startsWith('RefreshTokenReuse')
    if (typeof RefreshToken === 'string' && seen) used.push(RefreshToken)
  })
  closers.push(served.close)
  const browser = await launchChromium(chromiumPath ?? '')
  closers.push(() => browser.close())
  const context = await browser.newContext()
  const tabs: Page[] = []
  for (let i = 0; i < 2; i++) {
    const page = await context.newPage()
    await page.goto(served.url)
    await page.waitForFunction('globalThis.session')
    tabs.push(page)
  }
  return { emulator, tabs, used, setSlow: (milliseconds: number) => (slow = milliseconds) }
}

describe.skipIf(!chromiumPath)(`two tabs of Chromium${chromiumPath ? '' : ' (none is installed)'}`, () => {
  it.each([
    ['navigator.locks', ''],
    // As in a page that is served without TLS, where there are no locks.
    ['a lock in localStorage', "Object.defineProperty(navigator, 'locks', { value: undefined })"],
  ])(`${ROUNDS} forced refreshes with faults, by %s`, { timeout: 400_000 }, async (lock, locks) => {
    const { emulator, tabs, used, setSlow } = await openTabs(locks)
    const [one, two] = tabs as [Page, Page]
    await one.evaluate(`session.signIn({ username: 'ada', password: '${PASSWORD}' })`)
    const outcomes: Record<string, number> = {}
    let injected = 0
    for (let round = 0; round < ROUNDS; round++) {
      const fault = [undefined, 'drop', 'slow', 'throttle', undefined, 'server-error'][round % 6]
      setSlow(fault === 'slow' ? 50 : 0)
      if (fault) injected++
      if (fault === 'drop' || fault === 'throttle' || fault === 'server-error') {
        // Chromium sends a request again by itself when a connection that it kept is cut.
        const times = fault === 'drop' ? 2 : 1
        emulator.faults.add({ kind: fault, operation: 'GetTokensFromRefreshToken', times })
      }
      for (const outcome of await Promise.all([one.evaluate<string>('force()'), two.evaluate<string>('force()')])) {
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      }
      emulator.faults.clear()
    }
    expect(outcomes.none).toBeUndefined()
    expect(outcomes.tokens).toBeGreaterThan(ROUNDS)
    // The faults did strike.
    expect(Object.keys(outcomes).length).toBeGreaterThan(2)
    const twice = used.length - new Set(used).size
    expect(twice).toBe(0)
    expect(used.length).toBeGreaterThanOrEqual(ROUNDS / 2)
    const ended: string[] = []
    for (const tab of tabs) {
      const kinds = await tab.evaluate<string[]>('kinds')
      ended.push(...kinds.filter((kind) => kind !== 'refreshed' && kind !== 'signed-in'))
    }
    expect(ended).toEqual([])
    const tokens = await Promise.all(tabs.map((tab) => tab.evaluate<string>('session.tokens().then(JSON.stringify)')))
    expect(tokens[0]).toBe(tokens[1])
    console.log(
      `two tabs of Chromium by ${lock}: ${used.length} refreshes, ${injected} faults injected, ` +
        `tokens seen twice ${twice}, signed out ${ended.length}`,
    )
  })
})
