import { RequestCookies, ResponseCookies } from '@edge-runtime/cookies'
import { fetchApi } from 'cognito-srp-flows/fetch'
import { createUserPool, serve } from 'cognito-user-pool-emulator'
import { afterAll, describe, expect, it } from 'vitest'
import { serverSession } from '../../frameworks/next.js'
import { CLIENT_ID, PASSWORD, POOL_ID, USERS } from '../emulated.js'

// The very classes behind `cookies()` and `NextResponse.cookies`.
describe('a session in the cookies of Next.js', async () => {
  const pool = createUserPool({
    id: POOL_ID,
    users: USERS,
    clients: [{ clientId: CLIENT_ID, refreshTokenRotation: { graceSeconds: 10 } }],
  })
  const server = await serve(pool)
  afterAll(() => server.close())
  const client = { api: fetchApi({ endpoint: server.url }), userPoolId: POOL_ID, clientId: CLIENT_ID }

  /** The browser between two requests: it keeps what `set-cookie` says. */
  const kept = new Map<string, string>()
  async function request<T>(work: (session: ReturnType<typeof serverSession>) => Promise<T>): Promise<T> {
    const header = [...kept].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = new Headers()
    const session = serverSession(
      client,
      new RequestCookies(new Headers(header ? { cookie: header } : {})),
      new ResponseCookies(response),
    )
    const result = await work(session)
    for (const line of response.getSetCookie()) {
      expect(line.length).toBeLessThan(4096)
      expect(line).toMatch(/HttpOnly/i)
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(line) ?? []
      if (/max-age=0\b/i.test(line)) kept.delete(name)
      else kept.set(name, value)
    }
    return result
  }

  it('is there in the next request, is refreshed in a later one, and ends', async () => {
    await request((session) => session.signIn({ username: 'ada', password: PASSWORD }))
    const first = await request((session) => session.tokens())
    expect(await request((session) => session.user())).toMatchObject({ username: 'ada' })
    const second = await request((session) => session.tokens({ refresh: true }))
    expect(second?.refreshToken).not.toBe(first?.refreshToken)
    expect(await request((session) => session.tokens())).toEqual(second)
    await request((session) => session.signOut())
    expect(await request((session) => session.tokens())).toBeUndefined()
    expect(kept.size).toBe(0)
  })

  it('serves two requests at once, within the time of grace of the rotation', async () => {
    await request((session) => session.signIn({ username: 'ada', password: PASSWORD }))
    const both = await Promise.all([0, 1].map(() => request((session) => session.tokens({ refresh: true }))))
    const third = await request((session) => session.tokens({ refresh: true }))
    for (const tokens of [...both, third]) expect(tokens?.accessToken).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/)
  })
})
