// Next.js: the session in cookies that no script of the page can read. `cookies()` and `NextResponse` have these methods.
import type { AppClient } from 'cognito-srp-flows'
import { type CookieAttributes, cookieStorage, createSession, type Session } from 'cognito-srp-flows/session'

/** `await cookies()` in a route handler or a server action; in a middleware the cookies of its request and its response. */
export interface NextCookies {
  get(name: string): { readonly value: string } | undefined
  set(name: string, value: string, attributes: CookieAttributes): unknown
}

/** Open the session of one request. */
export function serverSession(
  client: AppClient,
  read: Pick<NextCookies, 'get'>,
  write: Pick<NextCookies, 'set'>,
): Session {
  const written = new Map<string, string>()
  const jar = {
    // Cookies that this request has written count more than those that came with it.
    get: (name: string) => written.get(name) ?? read.get(name)?.value,
    set(name: string, value: string, attributes: CookieAttributes) {
      written.set(name, value)
      write.set(name, value, attributes)
    },
  }
  return createSession(client, {
    storage: cookieStorage(jar, { httpOnly: true, maxAge: 30 * 86_400 }),
    // A server's clock is right, and its requests share nothing but the cookies.
    clockSkew: 0,
    locks: false,
    tabs: false,
  })
}
