import { describe, expect, it } from 'vitest'
import { createApp } from '../web-server/app.js'
import { sealedCookie } from '../web-server/sealed-cookie.js'
import { Browser } from './browser.js'
import { emulated, PASSWORD } from './emulated.js'

const key = (byte: number) => new Uint8Array(32).fill(byte)
const KEYS = { step: key(1), session: key(2) }
const { client, code, emulator } = await emulated()
const ORIGIN = 'https://app.example'
const newBrowser = (keys = KEYS) => new Browser(createApp({ client, keys, origin: ORIGIN }).handle)
const text = async (response: Response) => ({ status: response.status, ...((await response.json()) as object) })

describe('a server that keeps the sign-in in a cookie', () => {
  it('signs in, asks for a code on the way, and knows the user afterwards', async () => {
    const browser = newBrowser()
    expect((await browser.send('/me')).status).toBe(401)
    const asked = await browser.post('/sign-in', { username: 'grace@example.com', password: PASSWORD })
    expect(await text(asked)).toMatchObject({ status: 200, kind: 'code', via: 'sms' })
    expect([...browser.cookies.keys()]).toEqual(['__Host-sign-in.0'])
    // Another process has the same keys and nothing else.
    expect(await text(await browser.post('/sign-in/answer', { answer: code() }))).toEqual({
      status: 200,
      kind: 'signed-in',
    })
    expect([...browser.cookies.keys()].every((name) => name.startsWith('__Host-session.'))).toBe(true)
    expect(await text(await browser.send('/me'))).toEqual({ status: 200, expiresIn: 3600 })
  })

  it('lets a wrong code be typed again, and forgets a sign-in that has expired', async () => {
    const browser = newBrowser()
    await browser.post('/sign-in', { username: 'grace', password: PASSWORD })
    const right = code()
    const wrong = right === '000000' ? '000001' : '000000'
    expect(await text(await browser.post('/sign-in/answer', { answer: wrong }))).toMatchObject({ status: 401 })
    expect((await browser.post('/sign-in/answer', { answer: right })).status).toBe(200)

    const late = newBrowser()
    await late.post('/sign-in', { username: 'grace', password: PASSWORD })
    emulator.faults.add({ kind: 'session-expired', challenge: 'SMS_MFA' })
    expect(await text(await late.post('/sign-in/answer', { answer: code() }))).toEqual({
      status: 401,
      error: 'Please sign in again.',
    })
    expect(late.cookies.size).toBe(0)
  })

  it('sets a new password', async () => {
    const browser = newBrowser()
    const asked = await browser.post('/sign-in', { username: 'mary', password: PASSWORD })
    expect(await text(asked)).toMatchObject({ kind: 'new-password' })
    expect((await browser.post('/sign-in/answer', { answer: 'Another-Horse-8' })).status).toBe(200)
    expect((await browser.send('/me')).status).toBe(200)
  })

  it('refuses wrong passwords, requests of other sites, invalid bodies, and cookies it did not make', async () => {
    const browser = newBrowser()
    expect(await text(await browser.post('/sign-in', { username: 'ada', password: 'wrong' }))).toEqual({
      status: 401,
      error: 'Incorrect username or password.',
    })
    const credentials = { username: 'ada', password: PASSWORD }
    expect((await browser.post('/sign-in', credentials, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await browser.post('/sign-in', [1])).status).toBe(400)
    expect((await browser.post('/sign-in', { username: 'ada' })).status).toBe(400)
    expect((await browser.post('/sign-in/answer', { answer: '1' })).status).toBe(401)

    await browser.post('/sign-in', { username: 'grace', password: PASSWORD })
    const { value = '' } = browser.cookies.get('__Host-sign-in.0') ?? {}
    const middle = value.length >> 1
    browser.set(
      '__Host-sign-in.0',
      `${value.slice(0, middle)}${value[middle] === 'A' ? 'B' : 'A'}${value.slice(middle + 1)}`,
    )
    expect((await browser.post('/sign-in/answer', { answer: code() })).status).toBe(401)
  })
})

describe('behind a proxy', () => {
  /**
   * Pass a request on as a proxy does, or Next.js behind one: the address inside, the header as the browser sent it.
   */
  const proxied = (app: ReturnType<typeof createApp>) => (request: Request) =>
    app.handle(
      new Request(`http://10.0.0.7:3000${new URL(request.url).pathname}`, {
        method: request.method,
        headers: request.headers,
        ...(request.method === 'POST' && { body: request.body, duplex: 'half' }),
      } as RequestInit),
    )

  it('signs in what the site’s own pages send, and nothing of other sites', async () => {
    const browser = new Browser(proxied(createApp({ client, keys: KEYS, origin: ORIGIN })))
    const credentials = { username: 'ada', password: PASSWORD }
    expect(await text(await browser.post('/sign-in', credentials))).toEqual({ status: 200, kind: 'signed-in' })
    for (const origin of ['https://evil.example', 'http://10.0.0.7:3000', 'null']) {
      expect((await browser.post('/sign-in', credentials, { origin })).status).toBe(403)
    }
  })
})

describe('a sealed cookie', () => {
  it('bears the prefix that keeps other hosts of the domain away, with all that belongs to it', async () => {
    for (const line of await sealed('a').set('text', empty)) {
      expect(line).toMatch(/^__Host-a\.0=.*; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
      expect(line).not.toContain('Domain')
    }
    const insecure = sealedCookie({ name: 'a', key: key(1), lifetimeSeconds: 60, secure: false })
    for (const line of await insecure.set('text', empty)) expect(line).toMatch(/^a\.0=.*SameSite=Lax$/)
  })

  const sealed = (name: string, lifetimeSeconds = 60, byte = 1) =>
    sealedCookie({ name, key: key(byte), lifetimeSeconds })
  const browserOf = (lines: string[]) =>
    new Request('https://app.example/', {
      headers: { cookie: lines.map((line) => line.split(';')[0]).join('; ') },
    })
  const empty = new Request('https://app.example/')

  it('comes back whole, in as many pieces as it needs', async () => {
    for (const length of [0, 1, 4096, 12_000]) {
      const long = 'ü'.repeat(length)
      const lines = await sealed('a').set(long, empty)
      for (const line of lines) expect(line.length).toBeLessThan(4096)
      expect(await sealed('a').read(browserOf(lines))).toBe(long)
      // Pieces come in any order; ten of them do not sort as texts do.
      expect(await sealed('a').read(browserOf([...lines].reverse()))).toBe(long)
    }
  })

  it('takes back the pieces of a longer one', async () => {
    const long = await sealed('a').set('x'.repeat(12_000), empty)
    const short = await sealed('a').set('x', browserOf(long))
    expect(short).toHaveLength(long.length)
    expect(short.slice(1).every((line) => line.includes('Max-Age=0'))).toBe(true)
    expect(sealed('a').clear(browserOf(long))).toHaveLength(long.length)
  })

  it('is nothing under another name or key, or after its time', async () => {
    const lines = await sealed('a').set('text', empty)
    const renamed = lines.map((line) => line.replace('__Host-a.0=', '__Host-b.0='))
    expect(await sealed('b').read(browserOf(renamed))).toBeUndefined()
    expect(await sealed('a', 60, 2).read(browserOf(lines))).toBeUndefined()
    expect(await sealed('a').read(browserOf(await sealed('a', -1).set('text', empty)))).toBeUndefined()
    expect(await sealed('a').read(empty)).toBeUndefined()
  })
})
