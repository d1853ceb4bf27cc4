// The recipes for React and Vue, with the real libraries in a real Chromium: a second tab follows the first.
import type { Browser } from 'playwright-core'
import { chromiumPath, launchChromium } from 'srp6a-tools/browser/chromium.mjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLIENT_ID, emulated, PASSWORD, POOL_ID } from '../emulated.js'
import { servePage } from '../page-with-pool.js'

const SESSION = `
  import { createSession } from 'cognito-srp-flows/session'
  import { fetchApi } from 'cognito-srp-flows/fetch'
  import { sessionStore } from './frameworks/session-store.js'
  const client = { api: fetchApi({ endpoint: location.origin }), userPoolId: '${POOL_ID}', clientId: '${CLIENT_ID}' }
  const session = createSession(client, { storage: localStorage })
  Object.assign(globalThis, { session })
  const store = sessionStore(session)
  const text = (state) => state.status === 'signed-in' ? 'Hello, ' + state.user.claims.name : state.status + ' ' + (state.why ?? '')
`
const PAGES = {
  React: `${SESSION}
    import { createElement, StrictMode } from 'react'
    import { createRoot } from 'react-dom/client'
    import { useSession } from './frameworks/react.js'
    const Hello = () => createElement('p', {}, text(useSession(store)))
    createRoot(document.getElementById('app')).render(createElement(StrictMode, {}, createElement(Hello)))`,
  Vue: `${SESSION}
    import { createApp, h } from 'vue'
    import { useSession } from './frameworks/vue.js'
    createApp({ setup() { const state = useSession(store); return () => h('p', text(state.value)) } }).mount('#app')`,
}

describe.skipIf(!chromiumPath)(`in Chromium${chromiumPath ? '' : ' (none is installed)'}`, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium(chromiumPath ?? '')
  })
  afterAll(() => browser?.close())

  it.each(Object.entries(PAGES))('%s shows who is signed in, in both tabs', async (_, script) => {
    const { emulator } = await emulated()
    const served = await servePage(emulator, script)
    const context = await browser.newContext()
    try {
      const complaints: string[] = []
      const open = async () => {
        const page = await context.newPage()
        page.on('pageerror', (error) => complaints.push(String(error)))
        await page.goto(served.url)
        return page
      }
      const [one, two] = [await open(), await open()]
      await one.getByText('signed-out').waitFor()
      await two.getByText('signed-out').waitFor()
      await one.evaluate(`session.signIn({ username: 'ada', password: '${PASSWORD}' })`)
      await one.getByText('Hello, Ada').waitFor()
      await two.getByText('Hello, Ada').waitFor()
      const three = await open()
      await three.getByText('Hello, Ada').waitFor()
      await two.evaluate('session.signOut({ everywhere: true })')
      for (const page of [one, two, three]) await page.getByText('signed-out signed-out').waitFor()
      expect(complaints).toEqual([])
    } finally {
      await context.close()
      served.close()
    }
  })
})
