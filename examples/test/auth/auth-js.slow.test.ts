import { AdminUserGlobalSignOutCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, it } from 'vitest'
import { authJs } from '../../auth/auth-js.js'
import { sealedCookie } from '../../web-server/sealed-cookie.js'
import { Browser } from '../browser.js'
import { emulated, PASSWORD } from '../emulated.js'

let now = new Date()
const { client, code, emulator, server } = await emulated({ clock: () => now })
const step = sealedCookie({ name: 'sign-in', key: new Uint8Array(32).fill(1), lifetimeSeconds: 900 })
const handle = authJs({ client, step, secret: 'a secret of at least thirty-two characters' })

/** Signs in as a page does with `signIn('credentials', …)`: where Auth.js sends the browser then. */
async function signInAs(browser: Browser, fields: Record<string, string>): Promise<URL> {
  const { csrfToken } = (await (await browser.send('/auth/csrf')).json()) as { csrfToken: string }
  const body = new URLSearchParams({ ...fields, csrfToken, callbackUrl: 'https://app.example/home' })
  const headers = { 'x-auth-return-redirect': '1' }
  const response = await browser.send('/auth/callback/credentials', { method: 'POST', headers, body })
  return new URL(((await response.json()) as { url: string }).url)
}
const session = async (browser: Browser) => (await browser.send('/auth/session')).json()

describe('Auth.js with Cognito', () => {
  it('signs in by SRP and has a session', async () => {
    const browser = new Browser(handle)
    expect((await signInAs(browser, { username: 'ada', password: PASSWORD })).pathname).toBe('/home')
    expect(await session(browser)).toMatchObject({ user: { name: 'Ada', email: 'ada@example.com' } })
  })

  it('refuses a wrong password and an unknown user alike', async () => {
    for (const username of ['ada', 'nobody']) {
      const browser = new Browser(handle)
      const url = await signInAs(browser, { username, password: 'wrong' })
      expect(url.searchParams.get('code')).toBe('credentials')
      expect(await session(browser)).toBeNull()
    }
  })

  it('asks for the code in between', async () => {
    const browser = new Browser(handle)
    const asked = await signInAs(browser, { username: 'grace', password: PASSWORD })
    expect(asked.searchParams.get('code')).toBe('code')
    expect(await session(browser)).toBeNull()
    const right = code()
    const wrong = right === '000000' ? '000001' : '000000'
    expect((await signInAs(browser, { answer: wrong })).searchParams.get('code')).toBe('wrong-code')
    expect((await signInAs(browser, { answer: right })).pathname).toBe('/home')
    expect(await session(browser)).toMatchObject({ user: { email: 'grace@example.com' } })
    // Nothing is left of the sign-in.
    expect([...browser.cookies.keys()].filter((name) => name.includes('sign-in'))).toEqual([])
    expect((await signInAs(browser, { answer: right })).searchParams.get('code')).toBe('session-lost')
  })

  it('renews the tokens when they end, and signs out when it cannot', async () => {
    const browser = new Browser(handle)
    const time = Date.now
    await signInAs(browser, { username: 'ada', password: PASSWORD })
    const calls: string[] = []
    emulator.onExchange(({ operation }) => calls.push(operation))
    try {
      await session(browser)
      expect(calls).toEqual([])
      now = new Date(time() + 3_600_000)
      Date.now = () => now.getTime()
      expect(await session(browser)).toMatchObject({ user: { name: 'Ada' } })
      await session(browser)
      expect(calls).toEqual(['GetTokensFromRefreshToken'])
      // A service that fails or throttles says nothing of the session, which goes on when it answers again.
      now = new Date(time() + 7_200_000)
      for (const kind of ['server-error', 'throttle'] as const) {
        emulator.faults.add({ kind, operation: 'GetTokensFromRefreshToken', times: 5 })
        expect(await session(browser)).toMatchObject({ user: { name: 'Ada' } })
        emulator.faults.clear()
      }
      now = new Date(now.getTime() + 11_000)
      calls.length = 0
      expect(await session(browser)).toMatchObject({ user: { name: 'Ada' } })
      expect(calls).toEqual(['GetTokensFromRefreshToken'])
      // A refusal ends it.
      const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
      const sdk = new CognitoIdentityProviderClient({ region: 'us-east-1', endpoint: server.url, credentials })
      await sdk.send(new AdminUserGlobalSignOutCommand({ UserPoolId: emulator.id, Username: 'ada' }))
      now = new Date(now.getTime() + 7_200_000)
      expect(await session(browser)).toBeNull()
    } finally {
      Date.now = time
    }
  })
})
