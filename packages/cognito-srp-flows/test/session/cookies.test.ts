import {
  type CookieAttributes,
  cookieStorage,
  createSession,
  documentCookies,
  headerCookies,
} from 'cognito-srp-flows/session'
import { describe, expect, it } from 'vitest'
import { clientOf, jwt, rotatingService, SIGN_IN } from './support.js'

/** `document.cookie` of a browser, as far as it goes: 4,096 bytes a cookie, Max-Age=0 removes. */
function browser() {
  const cookies = new Map<string, string>()
  const lines: string[] = []
  return {
    lines,
    document: {
      get cookie() {
        return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      },
      set cookie(line: string) {
        expect(line.length).toBeLessThanOrEqual(4096)
        lines.push(line)
        const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(line) ?? []
        if (/; Max-Age=0(;|$)/.test(line)) cookies.delete(name)
        else cookies.set(name, value)
      },
    },
  }
}

const now = () => Date.parse('2026-11-28T12:00:00Z')

/** Tokens as long as real ones with many groups. */
function bigService() {
  const service = rotatingService(now)
  const call: typeof service.api.call = async (...args) => {
    const reply = (await service.api.call(...args)) as { AuthenticationResult?: object }
    const { AuthenticationResult } = reply
    return AuthenticationResult
      ? { AuthenticationResult: { ...AuthenticationResult, RefreshToken: 'r'.repeat(6000) } }
      : {}
  }
  return { call }
}

describe('cookieStorage', () => {
  it('keeps a session of any length in the page', async () => {
    const { document, lines } = browser()
    const client = clientOf(bigService(), now)
    const open = () =>
      createSession(client, { storage: cookieStorage(documentCookies(document)), tabs: false, locks: false })
    await open().signIn(SIGN_IN)
    expect((await open().tokens())?.refreshToken).toHaveLength(6000)
    expect(lines.every((line) => line.includes('; Path=/; Max-Age=34560000; Secure; SameSite=lax'))).toBe(true)
    await open().signOut()
    expect(document.cookie).toBe('')
  })

  it('keeps a session in the headers of a request and its response', async () => {
    const client = clientOf(rotatingService(now).api, now)
    const { document } = browser()
    const serve = () => {
      const jar = headerCookies(document.cookie || null, (value) => {
        document.cookie = value
      })
      const storage = cookieStorage(jar, { httpOnly: true, domain: 'example.com' })
      return createSession(client, { storage, clockSkew: 0, locks: false, tabs: false })
    }
    const request = serve()
    await request.signIn(SIGN_IN)
    expect((await request.tokens())?.refreshToken).toBe('refresh-1')
    expect((await serve().tokens({ refresh: true }))?.refreshToken).toBe('refresh-2')
    expect((await serve().tokens())?.refreshToken).toBe('refresh-2')
    const last = serve()
    await last.signOut()
    expect(await last.tokens()).toBeUndefined()
    expect(document.cookie).toBe('')
  })

  it('serves a Request with a Response: one refresh for all that a request asks, in cookies that no script reads', async () => {
    let clock = now()
    const service = rotatingService(() => clock)
    const client = clientOf(service.api, () => clock)
    const serve = async (request: Request): Promise<Response> => {
      const headers = new Headers()
      const jar = headerCookies(request.headers.get('cookie'), (value) => headers.append('set-cookie', value))
      const storage = cookieStorage(jar, { httpOnly: true, sameSite: 'strict', maxAge: 3600 })
      const session = createSession(client, { storage, clockSkew: 0, locks: false, tabs: false })
      if (request.method === 'POST') await session.signIn(SIGN_IN)
      // A page whose parts each ask for themselves.
      const [first, second, user] = await Promise.all([session.tokens(), session.tokens(), session.user()])
      if (request.method === 'DELETE') await session.signOut()
      return Response.json({ same: first?.accessToken === second?.accessToken, name: user?.username }, { headers })
    }
    const { document, lines } = browser()
    const visit = async (method: string) => {
      const cookie = document.cookie
      const response = await serve(new Request('https://app.example/', { method, headers: cookie ? { cookie } : {} }))
      for (const line of response.headers.getSetCookie()) document.cookie = line
      return response.json()
    }
    expect(await visit('GET')).toEqual({ same: true })
    expect(await visit('POST')).toEqual({ same: true, name: 'alice' })
    expect(lines.every((line) => line.endsWith('; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=strict'))).toBe(true)
    clock += 3_500_000
    expect(await visit('GET')).toEqual({ same: true, name: 'alice' })
    expect(service.state.refreshes()).toBe(1)
    // The next request brings the cookies that the response set.
    expect(await visit('GET')).toEqual({ same: true, name: 'alice' })
    expect(service.state.refreshes()).toBe(1)
    await visit('DELETE')
    expect(document.cookie).toBe('')
  })

  it('fit into 4,096 bytes whatever the name of the user', async () => {
    const lines: string[] = []
    const service = rotatingService(Date.now)
    const claims = { iat: Date.now() / 1000, exp: Date.now() / 1000 + 3600, groups: 'g'.repeat(4000) }
    const AuthenticationResult = { ...service.result(), AccessToken: jwt({ ...claims, username: '漢'.repeat(128) }) }
    const client = clientOf({ call: async () => ({ AuthenticationResult }) }, Date.now)
    const jar = headerCookies(null, (line) => lines.push(line))
    await createSession(client, { storage: cookieStorage(jar), locks: false, tabs: false }).signIn(SIGN_IN)
    expect(lines.length).toBeGreaterThan(3)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(4096)
  })

  it('hands attributes to the jar of a framework', async () => {
    const set: [string, string, CookieAttributes][] = []
    const jar = {
      get: () => undefined,
      set: (...args: [string, string, CookieAttributes]) => set.push(args),
    }
    await cookieStorage(jar, { maxAge: 60 }).set('k', 'v;=,"')
    expect(set).toEqual([['k', 'v;=,"', { path: '/', secure: true, sameSite: 'lax', maxAge: 60 }]])
  })

  it('reads over cookies of others, damaged ones too', async () => {
    const jar = documentCookies({ cookie: 'ka=1; k=%E0%A4%A; kb=2' })
    expect(await jar.get('k')).toBeUndefined()
    expect(await jar.get('kb')).toBe('2')
  })

  it.each([undefined, {}, { get() {} }])('%j is no jar', (jar) => {
    expect(() => cookieStorage(jar as never)).toThrow(/^jar(\.(get|set): expected a function|: expected an object)/)
  })
})
