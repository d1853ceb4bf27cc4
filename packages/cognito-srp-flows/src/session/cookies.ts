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

/** A jar that sets cookies of the whole site where no attributes are given, so that it is a storage by itself. */
export interface SiteCookies extends KeyValueStorage {
  /** Set a cookie. */
  set(name: string, value: string, attributes?: CookieAttributes): unknown
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

/** Undo the escapes of a cookie's name or value; what cannot be read is none of ours. */
function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Find a cookie in a text of `document.cookie`, or of the header `cookie`. Libraries differ in what they escape. */
function find(text: string, name: string): string | undefined {
  for (const one of text.split(/; */)) {
    const end = one.indexOf('=')
    if (end > 0 && unescaped(one.slice(0, end)) === name) return unescaped(one.slice(end + 1))
  }
  return undefined
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
 * @returns A jar for `cookieStorage`, and a storage for `adoptAmplify`.
 */
export function documentCookies(page: { cookie: string }): SiteCookies {
  const set = (name: string, value: string, attributes: CookieAttributes = { path: '/' }) => {
    page.cookie = line(name, value, attributes)
  }
  return { get: (name) => find(page.cookie, name), set, remove: (name) => set(name, '', { path: '/', maxAge: 0 }) }
}

/**
 * Use the cookies of a request, and set those of its response.
 *
 * @param header - The header `cookie` of the request, or null.
 * @param append - Adds one header `set-cookie` to the response.
 * @returns A jar for `cookieStorage`, and a storage for `adoptAmplify`. It gives back what was set.
 * @example
 * const jar = headerCookies(request.headers.get('cookie'), (value) => headers.append('set-cookie', value))
 */
export function headerCookies(header: string | null | undefined, append: (value: string) => unknown): SiteCookies {
  const written = new Map<string, string>()
  const set = (name: string, value: string, attributes: CookieAttributes = { path: '/' }) => {
    written.set(name, value)
    append(line(name, value, attributes))
  }
  return {
    get: (name) => written.get(name) ?? find(header ?? '', name),
    set,
    remove: (name) => set(name, '', { path: '/', maxAge: 0 }),
  }
}
