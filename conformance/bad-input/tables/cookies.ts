// cognito-srp-flows/session: storages in cookies.
import * as sessions from 'cognito-srp-flows/session'
import { ANYTHING, caller, isText, OBJECT, optional, type Rule } from '../rules.js'
import type { Table } from '../run.js'
import { flag } from './call-rows.js'
import { ANY_OBJECT, functionOf, RECORD as NAMED_OBJECT } from './pool-rules.js'

export const jar = () => {
  const map = new Map<string, string>()
  return { get: (name: string) => map.get(name), set: (name: string, value: string) => map.set(name, value) }
}
const ATTRIBUTES = { path: '/', domain: 'example.com', maxAge: 1, secure: true, httpOnly: true, sameSite: 'lax' }
const header = optional(
  caller(isText, (value) => /^[ -:<-~]*$/.test(String(value)), { 'two attributes': '/; HttpOnly' }),
)
const attributeRules: Record<string, Rule> = {
  attributes: optional(NAMED_OBJECT),
  'attributes.path': header,
  'attributes.domain': header,
  'attributes.maxAge': optional({ takes: Number.isFinite, refuses: () => ['RangeError'] }),
  'attributes.secure': flag,
  'attributes.httpOnly': flag,
  'attributes.sameSite': optional({
    takes: (value) => value === 'none',
    refuses: () => ['RangeError'],
    edges: { none: 'none' },
  }),
}

export const COOKIES: Table = {
  cookieStorage: {
    params: ['jar', 'attributes'],
    args: () => [jar(), ATTRIBUTES],
    run: async (given: never, attributes: never) => {
      const storage = sessions.cookieStorage(given, attributes)
      await storage.set('key', 'v'.repeat(5000))
      await storage.get('key')
    },
    rules: {
      // A map has both functions.
      jar: { ...OBJECT, takes: (value) => value instanceof Map },
      'jar.get': functionOf('get'),
      'jar.get()': ANYTHING,
      'jar.set': functionOf('set'),
      'jar.set()': ANYTHING,
      ...attributeRules,
    },
  },
  documentCookies: {
    params: ['page'],
    args: () => [{ cookie: 'a=b' }],
    run: (page: never) => sessions.documentCookies(page).get('a'),
    rules: { page: ANY_OBJECT, 'page.cookie': ANYTHING },
  },
  headerCookies: {
    params: ['header', 'append'],
    args: () => ['a=b', () => {}],
    run: (value: never, append: never) => sessions.headerCookies(value, append).get('a'),
    rules: {
      header: optional(caller((value) => isText(value) || value === null)),
      append: functionOf('append'),
      'append()': ANYTHING,
    },
  },
  'SiteCookies.set': {
    params: ['attributes'],
    args: () => [ATTRIBUTES],
    run: (attributes: never) => sessions.headerCookies('', () => {}).set('name', 'value', attributes),
    rules: attributeRules,
  },
}
