import { betterAuth } from 'better-auth'
import { memoryAdapter } from 'better-auth/adapters/memory'
import { describe, expect, it } from 'vitest'
import { cognito } from '../../auth/better-auth.js'
import { Browser } from '../browser.js'
import { emulated, PASSWORD } from '../emulated.js'

const { client, code, emulator } = await emulated()
const tables: Record<string, Record<string, unknown>[]> = { user: [], session: [], account: [], verification: [] }
const auth = betterAuth({
  database: memoryAdapter(tables),
  baseURL: 'https://app.example',
  basePath: '/auth',
  secret: 'a secret of at least thirty-two characters',
  emailAndPassword: { enabled: true },
  plugins: [cognito(client)],
  telemetry: { enabled: false },
  logger: { disabled: true },
  rateLimit: { enabled: false },
})
const newBrowser = () => new Browser(auth.handler)
const signIn = (browser: Browser, username: string, password = PASSWORD) =>
  browser.post('/auth/sign-in/cognito', { username, password })
const answer = (browser: Browser, text: string) => browser.post('/auth/cognito/answer', { answer: text })
const session = async (browser: Browser) => (await browser.send('/auth/get-session')).json()

describe('better-auth with Cognito', () => {
  it('signs in by SRP, and knows the user the next time', async () => {
    const ids = new Set<unknown>()
    for (const browser of [newBrowser(), newBrowser()]) {
      const reply = (await (await signIn(browser, 'ada')).json()) as { kind: string; user: { id: string } }
      expect(reply).toMatchObject({ kind: 'signed-in', user: { email: 'ada@example.com' } })
      ids.add(reply.user.id)
      expect(await session(browser)).toMatchObject({ user: { name: 'Ada', emailVerified: true } })
    }
    expect(ids.size).toBe(1)
    expect(tables.account).toHaveLength(1)
  })

  it('refuses a wrong password and an unknown user alike', async () => {
    for (const username of ['ada', 'nobody']) {
      const browser = newBrowser()
      const response = await signIn(browser, username, 'wrong')
      expect(response.status).toBe(401)
      expect(await response.json()).toEqual({ code: 'NotAuthorized', message: 'Incorrect username or password.' })
      expect(await session(browser)).toBeNull()
    }
  })

  it('asks for the code in between, and takes each answer once', async () => {
    const browser = newBrowser()
    expect(await (await signIn(browser, 'grace')).json()).toMatchObject({ kind: 'code', via: 'sms' })
    expect(await session(browser)).toBeNull()
    const right = code()
    const wrong = right === '000000' ? '000001' : '000000'
    expect((await answer(browser, wrong)).status).toBe(401)
    const before = new Map(browser.cookies)
    expect((await answer(browser, right)).status).toBe(200)
    expect(await session(browser)).toMatchObject({ user: { email: 'grace@example.com' } })

    const thief = newBrowser()
    expect((await answer(thief, right)).status).toBe(401)
    const replay = newBrowser()
    await signIn(replay, 'grace')
    for (const [name, { value }] of before) if (replay.cookies.has(name)) replay.set(name, value)
    expect((await answer(replay, right)).status).toBe(401)
  })

  it('tells when the sign-in is lost', async () => {
    const browser = newBrowser()
    await signIn(browser, 'grace')
    emulator.faults.add({ kind: 'session-expired', challenge: 'SMS_MFA' })
    const response = await answer(browser, code())
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ code: 'SESSION_LOST' })
  })

  it('does not give the account of an address to someone else who has it', async () => {
    const other = { email: 'mary@example.com', password: 'Another-Horse-9', name: 'Another Mary' }
    expect((await newBrowser().post('/auth/sign-up/email', other)).status).toBe(200)
    const browser = newBrowser()
    await signIn(browser, 'mary')
    const response = await answer(browser, 'Another-Horse-8')
    expect(response.status).toBe(409)
    expect(await session(browser)).toBeNull()
  })
})
