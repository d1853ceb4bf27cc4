// Own properties alone count: nothing on Object.prototype is the caller's, and a getter is asked once.
import type { AppClient, CognitoApi } from 'cognito-srp-flows'
import * as account from 'cognito-srp-flows/account'
import { createSession, headerCookies, memoryStorage } from 'cognito-srp-flows/session'
import { afterEach, describe, expect, it } from 'vitest'
import { TOKENS } from './scripted.js'

const POLLUTION = {
  clientSecret: 'planted',
  signal: { aborted: true },
  clientMetadata: { planted: 'yes' },
  session: 'planted',
  forceAliasCreation: true,
  previousPassword: 'planted',
  validationData: { planted: 'yes' },
  deviceName: 'planted',
  sms: 'preferred',
  everywhere: true,
  remove: true,
  domain: 'planted.example',
  getItem: () => 'planted',
}
afterEach(() => {
  for (const name of Object.keys(POLLUTION)) Reflect.deleteProperty(Object.prototype, name)
})
const pollute = () => {
  for (const [name, value] of Object.entries(POLLUTION))
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true })
}

/** An object whose fields count how often they are read. */
function counted<T extends object>(fields: T): { object: T; reads: Record<string, number> } {
  const reads: Record<string, number> = {}
  const object = {} as T
  for (const [name, value] of Object.entries(fields)) {
    const get = () => {
      reads[name] = (reads[name] ?? 0) + 1
      return value
    }
    Object.defineProperty(object, name, { get, enumerable: true })
  }
  return { object, reads }
}

const REPLY = {
  UserConfirmed: true,
  UserSub: 'sub',
  Username: 'ada',
  SecretCode: 'JBSWY3DPEHPK3PXP',
  Status: 'SUCCESS',
  CredentialCreationOptions: { challenge: 'AAAA', user: { id: 'AAAA', name: 'ada' } },
}
function service() {
  const sent: unknown[][] = []
  const api: CognitoApi = {
    async call(...args) {
      sent.push(args)
      return { ...REPLY, AuthenticationResult: TOKENS }
    },
  }
  const client: AppClient = { api, userPoolId: 'us-east-1_AbCdEfGhI', clientId: 'client-1' }
  return { client, sent }
}

const user = { accessToken: 'a.b.c' }
const named = { username: 'ada' }
const CALLS: [string, (client: AppClient, request: never) => Promise<unknown>, object][] = [
  ['signUp', account.signUp, { ...named, password: 'p', attributes: { email: 'a@b.c' } }],
  ['confirmSignUp', account.confirmSignUp, { ...named, code: '1' }],
  ['resendCode', account.resendCode, named],
  ['forgotPassword', account.forgotPassword, named],
  ['confirmForgotPassword', account.confirmForgotPassword, { ...named, code: '1', password: 'p' }],
  ['changePassword', account.changePassword, { ...user, proposedPassword: 'q' }],
  ['getUser', account.getUser, user],
  ['updateUser', account.updateUser, { ...user, attributes: {} }],
  ['deleteAttributes', account.deleteAttributes, { ...user, attributeNames: ['email'] }],
  ['sendAttributeCode', account.sendAttributeCode, { ...user, attributeName: 'email' }],
  ['verifyAttribute', account.verifyAttribute, { ...user, attributeName: 'email', code: '1' }],
  ['deleteUser', account.deleteUser, user],
  ['setMfaPreference', account.setMfaPreference, { ...user, totp: 'on' }],
  ['setUpTotp', account.setUpTotp, user],
  ['registerPasskey', account.registerPasskey, user],
  ['listPasskeys', account.listPasskeys, user],
  ['deletePasskey', account.deletePasskey, { ...user, credentialId: 'c' }],
  ['revokeToken', account.revokeToken, { refreshToken: 'r' }],
  ['globalSignOut', account.globalSignOut, user],
]

describe.each(CALLS)('%s', (_, call, request) => {
  it('takes nothing from Object.prototype', async () => {
    const { client, sent } = service()
    pollute()
    await call(client, request as never)
    expect(JSON.stringify(sent)).not.toMatch(/planted|Alias|PreferredMfa":true|aborted/)
    expect(sent[0]?.[2]).toBeUndefined()
  })

  it('reads each field once', async () => {
    const { client } = service()
    const [given, asked] = [counted(client), counted(request)]
    await call(given.object, asked.object as never)
    expect({ ...given.reads, ...asked.reads }).toEqual(
      Object.fromEntries(Object.keys({ ...client, ...request }).map((name) => [name, 1])),
    )
  })
})

describe('createSession', () => {
  const step = {
    kind: 'signed-in' as const,
    username: 'ada',
    tokens: { accessToken: 'a.b.c', idToken: 'a.b.c', refreshToken: 'r', tokenType: 'Bearer', expiresIn: 3600 },
  }

  it('takes nothing from Object.prototype', async () => {
    const { client, sent } = service()
    pollute()
    const session = createSession(client, { storage: memoryStorage(), locks: false, tabs: false })
    await session.follow(step)
    expect(await session.user()).toMatchObject({ claims: {} })
    await session.signOut({})
    expect(sent.map(([operation]) => operation)).toEqual(['RevokeToken'])
    expect(JSON.stringify(sent)).not.toMatch(/planted/)
  })

  it('reads its client and its options once', async () => {
    const { client } = service()
    const options = { storage: memoryStorage(), refreshAhead: 1, clockSkew: 0, locks: false, tabs: false } as const
    const [given, asked] = [counted(client), counted(options)]
    const session = createSession(given.object, asked.object)
    await session.follow(step)
    await session.tokens({ refresh: false })
    await session.signOut()
    expect(new Set(Object.values({ ...given.reads, ...asked.reads }))).toEqual(new Set([1]))
  })

  it('sets cookies of attributes that were given', () => {
    pollute()
    const lines: string[] = []
    headerCookies('', (line) => lines.push(line)).set('a', 'b', { path: '/' })
    expect(lines).toEqual(['a=b; Path=/'])
  })

  it('refuses attributes that are more than one', () => {
    const { set } = headerCookies('', () => {})
    expect(() => set('a', 'b', { path: '/; HttpOnly' })).toThrow(/^attributes.path: expected printable ASCII/)
    expect(() => set('a', 'b', { domain: 'x\r\nset-cookie: c=d' })).toThrow(RangeError)
  })
})
