// The tables of what becomes what name everything that the other libraries, as they are installed, export.
import { readFileSync } from 'node:fs'
import * as amazon from 'amazon-cognito-identity-js'
import * as amplify from 'aws-amplify/auth'
import { expect, it } from 'vitest'
import * as account from '../src/account/index.js'
import * as main from '../src/index.js'

/** The words in code of a table's two columns. */
function tableOf(page: string): { theirs: Set<string>; ours: string } {
  const text = readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8')
  const rows = text.slice(text.indexOf('## What becomes what')).matchAll(/^\| (.+?) \| (.+) \|$/gm)
  const columns = [...rows].map(([, left = '', right = '']) => [left, right])
  const left = columns.map(([cell]) => cell).join(' ')
  return { theirs: new Set(left.match(/\w+/g)), ours: columns.map(([, cell]) => cell).join(' ') }
}

/** Not documented: what the library's own methods call. */
const INSIDE =
  /^(constructor|_.*|createGetUserRequest|getUserDataFromCache|isFetchUserDataAndTokenRequired|fetchUserData|cache(Tokens|UserData)|clearCached(UserData|User|Tokens)|getCognitoUserSession|getDeviceResponse|authenticateUser(DefaultAuth|PlainUsernamePassword|Internal)|isSessionRevocable|cleanClientData|calculateClockDrift|default)$/

it('amazon-cognito-identity-js: every class, and every method of them', () => {
  const { theirs } = tableOf('from-amazon-cognito-identity-js.md')
  const classes = [amazon.CognitoUser, amazon.CognitoUserPool, amazon.CognitoUserSession, amazon.CognitoIdToken]
  const methods = classes.flatMap((one) => Object.getOwnPropertyNames(one.prototype))
  const names = [...Object.keys(amazon), ...methods].filter((name) => !INSIDE.test(name))
  expect(names.length).toBeGreaterThan(50)
  expect([...new Set(names)].filter((name) => !theirs.has(name))).toEqual([])
})

it('aws-amplify/auth: every function', () => {
  const { theirs } = tableOf('from-aws-amplify.md')
  const names = Object.keys(amplify)
  expect(names.length).toBeGreaterThan(30)
  expect(names.filter((name) => !theirs.has(name))).toEqual([])
})

it('and every function of the account entry stands for something', () => {
  const ours = ['from-amazon-cognito-identity-js.md', 'from-aws-amplify.md'].map((page) => tableOf(page).ours).join(' ')
  expect(Object.keys(account).filter((name) => !ours.includes(name))).toEqual([])
  expect(Object.keys(main)).toContain('getDevice')
})
