import { booleanIfAny, object, own } from '../errors.js'
import { isNumber } from '../replies.js'
import { present } from '../requests.js'
import { type Awaitable, chunkedStorage, type KeyValueStorage, method, string } from './storage.js'

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

/** Characters of one value: 4,096 bytes take the name, the attributes and the escapes of a long name too. */
const CHUNK = 2600

/** Seconds: the longest that browsers keep a cookie. */
const LONGEST_LIFE = 400 * 86_400

/**
 * Keep a session in cookies, in as many as its tokens need.
 *
 * @param jar - `documentCookies(document)`, `headerCookies(…)`, or the cookies of your framework.
 * @param attributes - Attributes of the cookies; if left out, the whole site, `secure`, `sameSite: 'lax'`, for 400 days.
 * @returns A storage for `createSession`.
 * @throws TypeError for a jar that lacks a function, TypeError or RangeError that names a wrong attribute.
 * @example
 * const jar = await cookies() // next/headers
 * const storage = cookieStorage({ get: (name) => jar.get(name)?.value, set: (name, value, attributes) => jar.set(name, value, attributes) })
 */
export function cookieStorage(jar: CookieJar, attributes: CookieAttributes = {}): KeyValueStorage {
  const get = method(jar, 'jar', 'get')
  const set = method(jar, 'jar', 'set')
  const all = {
    path: '/',
    secure: true,
    sameSite: 'lax',
    maxAge: LONGEST_LIFE,
    ...present<unknown>({ ...readAttributes(attributes) }),
  } as CookieAttributes
  return chunkedStorage(
    {
      // A cookie without a value is one that was removed in the same response.
      get: async (name) => (await get(name)) || null,
      set: (name, value) => set(name, value, all),
      remove: (name) => set(name, '', { ...all, maxAge: 0 }),
    },
    CHUNK,
  )
}

/** Undo the escapes of a cookie's name or value; what cannot be read is not one of ours. */
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

/** Copy attributes, and check them: in a header, a text with `;` would be more than one of them. */
function readAttributes(given: CookieAttributes): CookieAttributes {
  const attributes = own(given, 'attributes')
  for (const name of ['path', 'domain'] as const) {
    const value: unknown = attributes[name]
    if (value === undefined) continue
    if (typeof value !== 'string') throw new TypeError(`attributes.${name}: expected a string`)
    if (!/^[ -:<-~]*$/.test(value)) throw new RangeError(`attributes.${name}: expected printable ASCII without ;`)
  }
  for (const name of ['secure', 'httpOnly'] as const) booleanIfAny(attributes[name], `attributes.${name}`)
  const { maxAge, sameSite = 'lax' } = attributes
  if (maxAge !== undefined && !isNumber(maxAge)) throw new RangeError('attributes.maxAge: expected a number of seconds')
  if (!['strict', 'lax', 'none'].includes(sameSite))
    throw new RangeError('attributes.sameSite: expected strict, lax or none')
  // It has no prototype on which a field could be looked up.
  return attributes
}

/** Write a cookie as `document.cookie` and the header `set-cookie` take it. */
function line(name: string, value: string, attributes: CookieAttributes): string {
  const { path, domain, maxAge, secure, httpOnly, sameSite } = readAttributes(attributes)
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
 * @throws TypeError for a page that is no object; of `set`, TypeError or RangeError that names a wrong attribute.
 */
export function documentCookies(page: { cookie: string }): SiteCookies {
  object(page, 'page')
  const set = (name: string, value: string, attributes: CookieAttributes = { path: '/' }) => {
    page.cookie = line(name, value, attributes)
  }
  return {
    get: (name) => find(string(page.cookie), name),
    set,
    remove: (name) => set(name, '', { path: '/', maxAge: 0 }),
  }
}

/**
 * Use the cookies of a request, and set those of its response.
 *
 * @param header - The header `cookie` of the request, or null.
 * @param append - Adds one header `set-cookie` to the response.
 * @returns A jar for `cookieStorage`, and a storage for `adoptAmplify`. It gives back what was set.
 * @throws TypeError that names a wrong argument; of `set`, TypeError or RangeError that names a wrong attribute.
 * @example
 * const jar = headerCookies(request.headers.get('cookie'), (value) => headers.append('set-cookie', value))
 */
export function headerCookies(header: string | null | undefined, append: (value: string) => unknown): SiteCookies {
  if (header !== null && header !== undefined && typeof header !== 'string')
    throw new TypeError('header: expected a string')
  if (typeof append !== 'function') throw new TypeError('append: expected a function')
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
