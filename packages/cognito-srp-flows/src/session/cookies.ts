import { type Awaitable, chunkedStorage, type KeyValueStorage } from './storage.js'

/** Attributes of a cookie, as `cookies().set` of Next.js and the like take them. */
export interface CookieAttributes {
  readonly path?: string
  readonly domain?: string
  /** Seconds. */
  readonly maxAge?: number
  readonly secure?: boolean
  /** Hides the cookie from the scripts of the page. Only a server can set it. */
  readonly httpOnly?: boolean
  readonly sameSite?: 'strict' | 'lax' | 'none'
}

/** Cookies by name, with their values as they are meant: whatever escaping they need is done behind these functions. */
export interface CookieJar {
  /** Return the value of a cookie, or undefined. */
  get(name: string): Awaitable<string | null | undefined>
  /** Set a cookie. */
  set(name: string, value: string, attributes: CookieAttributes): unknown
}

/** Characters of one value: 4,096 bytes take the name, the attributes and the escapes too. */
const CHUNK = 3000

/** Seconds: the longest that browsers keep a cookie. */
const LONGEST_LIFE = 400 * 86_400

/**
 * Keep a session in cookies, in as many as its tokens need.
 *
 * @param jar - `documentCookies(document)`, `headerCookies(…)`, or the cookies of your framework.
 * @param attributes - Attributes of the cookies; if left out, the whole site, `secure`, `sameSite: 'lax'`, for 400 days.
 * @returns A storage for `createSession`.
 * @throws TypeError for a jar that lacks a function.
 * @example
 * const jar = await cookies() // next/headers
 * const storage = cookieStorage({ get: (name) => jar.get(name)?.value, set: (name, value, attributes) => jar.set(name, value, attributes) })
 */
export function cookieStorage(jar: CookieJar, attributes: CookieAttributes = {}): KeyValueStorage {
  for (const name of ['get', 'set'] as const) {
    if (typeof jar?.[name] !== 'function') throw new TypeError(`jar.${name}: expected a function`)
  }
  const all: CookieAttributes = { path: '/', secure: true, sameSite: 'lax', maxAge: LONGEST_LIFE, ...attributes }
  return chunkedStorage(
    {
      // A cookie without a value is one that was removed in the same response.
      get: async (name) => (await jar.get(name)) || null,
      set: (name, value) => jar.set(name, value, all),
      remove: (name) => jar.set(name, '', { ...all, maxAge: 0 }),
    },
    CHUNK,
  )
}

/** Find a cookie in a text of `document.cookie`, or of the header `cookie`. */
function find(text: string, name: string): string | undefined {
  const start = `${encodeURIComponent(name)}=`
  const found = text.split(/; */).find((one) => one.startsWith(start))
  if (found === undefined) return undefined
  try {
    return decodeURIComponent(found.slice(start.length))
  } catch {
    return undefined
  }
}

/** Write a cookie as `document.cookie` and the header `set-cookie` take it. */
function line(name: string, value: string, attributes: CookieAttributes): string {
  const { path, domain, maxAge, secure, httpOnly, sameSite } = attributes
  const parts = [
    `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
    path && `Path=${path}`,
    domain && `Domain=${domain}`,
    maxAge !== undefined && `Max-Age=${maxAge}`,
    secure && 'Secure',
    httpOnly && 'HttpOnly',
    sameSite && `SameSite=${sameSite}`,
  ]
  return parts.filter(Boolean).join('; ')
}

/**
 * Use the cookies of the page.
 *
 * @param page - The `document` of the page.
 * @returns A jar for `cookieStorage`.
 */
export function documentCookies(page: { cookie: string }): CookieJar {
  return {
    get: (name) => find(page.cookie, name),
    set(name, value, attributes) {
      page.cookie = line(name, value, attributes)
    },
  }
}

/**
 * Use the cookies of a request, and set those of its response.
 *
 * @param header - The header `cookie` of the request, or null.
 * @param append - Adds one header `set-cookie` to the response.
 * @returns A jar for `cookieStorage`. It gives back what was set.
 * @example
 * const jar = headerCookies(request.headers.get('cookie'), (value) => headers.append('set-cookie', value))
 */
export function headerCookies(header: string | null | undefined, append: (value: string) => unknown): CookieJar {
  const written = new Map<string, string>()
  return {
    get: (name) => written.get(name) ?? find(header ?? '', name),
    set(name, value, attributes) {
      written.set(name, value)
      append(line(name, value, attributes))
    },
  }
}
