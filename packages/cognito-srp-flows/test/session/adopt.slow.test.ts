import { readFile, writeFile } from 'node:fs/promises'
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type ICognitoStorage,
  CookieStorage as IdentityCookies,
} from 'amazon-cognito-identity-js'
import { Amplify } from 'aws-amplify'
import { signIn as amplifySignIn, signOut as amplifySignOut, confirmSignIn } from 'aws-amplify/auth'
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito'
import { CookieStorage as AmplifyCookies, ConsoleLogger } from 'aws-amplify/utils'
import { type AppClient, memoryDeviceStore } from 'cognito-srp-flows'
import {
  adoptAmplify,
  adoptIdentityJs,
  createSession,
  documentCookies,
  memoryStorage,
  type Session,
} from 'cognito-srp-flows/session'
import { TOTP } from 'otpauth'
import { webStorage } from 'srp6a-tools/testing/web-storage.js'
import { describe, expect, it, vi } from 'vitest'
import { ALICE, CLIENT_ID, POOL_ID, start } from '../transports.js'

ConsoleLogger.LOG_LEVEL = 'ERROR'
// On Node 20 Amplify drops the device without a word unless this exists.
const scope = globalThis as { navigator?: unknown; document?: unknown }
scope.navigator ??= { userAgent: 'node' }

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const username = 'alice@example.com'
const { password } = ALICE
const code = () => new TOTP({ secret: SECRET }).generate()

/** A pool that remembers devices, and a user with an authenticator app. The device keys of refreshes are checked. */
const open = (rotating = false) =>
  start('fetchApi', {
    deviceTracking: 'always',
    mfa: { mode: 'OPTIONAL', allowTotpReuse: true },
    users: [{ ...ALICE, mfa: { totpSecret: SECRET } }],
    clients: [{ clientId: CLIENT_ID, refreshTokenRotation: rotating }],
  })

/** `document.cookie` of a page that is served by https. */
function page() {
  const cookies = new Map<string, string>()
  return {
    cookies,
    get cookie() {
      return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    },
    set cookie(line: string) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(line) ?? []
      const expires = Date.parse(/; ?expires=([^;]*)/i.exec(line)?.[1] ?? '')
      if (/max-age=0(;|$)/i.test(line) || expires < Date.now()) cookies.delete(name)
      else cookies.set(name, value)
    },
  }
}

/**
 * Hold what the quick test goes by, adopt.test.ts, to what the library writes today: RECORD=1 writes it again.
 * The names of the values are compared, for the tokens are others each time.
 */
async function recorded(library: string, values: ReadonlyMap<string, string>): Promise<void> {
  const file = new URL(`recorded/${library}.json`, import.meta.url)
  if (process.env.RECORD) await writeFile(file, `${JSON.stringify(Object.fromEntries(values), null, 2)}\n`)
  expect([...values.keys()].sort()).toEqual(Object.keys(JSON.parse(await readFile(file, 'utf8'))).sort())
}

async function byIdentityJs(endpoint: string, Storage: ICognitoStorage, Username = username): Promise<void> {
  const Pool = new CognitoUserPool({ UserPoolId: POOL_ID, ClientId: CLIENT_ID, endpoint, Storage })
  const user = new CognitoUser({ Username, Pool, Storage })
  await new Promise<void>((done, fail) => {
    const callbacks = { onSuccess: () => done(), onFailure: fail }
    user.authenticateUser(new AuthenticationDetails({ Username, Password: password }), {
      ...callbacks,
      totpRequired: () => user.sendMFACode(code(), callbacks, 'SOFTWARE_TOKEN_MFA'),
    })
  })
}

type AmplifyStorage = Parameters<typeof cognitoUserPoolsTokenProvider.setKeyValueStorage>[0]

async function byAmplify(userPoolEndpoint: string, storage: AmplifyStorage): Promise<void> {
  Amplify.configure({ Auth: { Cognito: { userPoolId: POOL_ID, userPoolClientId: CLIENT_ID, userPoolEndpoint } } })
  cognitoUserPoolsTokenProvider.setKeyValueStorage(storage)
  await amplifySignIn({ username, password })
  const { nextStep } = await confirmSignIn({ challengeResponse: code() })
  expect(nextStep.signInStep).toBe('DONE')
}

/** The user is signed in; tokens are refreshed; the next sign-in is not asked for a code. */
async function goesOn(session: Session): Promise<void> {
  expect(await session.user()).toMatchObject({ username: ALICE.username, claims: { email: username } })
  const before = await session.tokens()
  const after = await session.tokens({ refresh: true })
  expect(after?.accessToken).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/)
  expect(after?.accessToken).not.toBe(before?.accessToken)
  expect((await session.tokens({ refresh: true }))?.refreshToken).toEqual(expect.any(String))
  await session.signOut()
  const step = await session.signIn({ username, password })
  expect(step.kind).toBe('signed-in')
  expect(step.kind === 'signed-in' && step.device?.status).toBe('known')
}

const sessionOf = (client: AppClient) => {
  const withDevices = { ...client, devices: memoryDeviceStore() }
  return createSession(withDevices, { storage: memoryStorage(), locks: false, tabs: false })
}

const LIBRARIES = {
  'amazon-cognito-identity-js': { signIn: byIdentityJs, adopt: adoptIdentityJs },
  'aws-amplify': { signIn: byAmplify, adopt: adoptAmplify },
} as const

describe.each([
  ['amazon-cognito-identity-js', false],
  ['amazon-cognito-identity-js', true],
  ['aws-amplify', false],
  ['aws-amplify', true],
] as const)('%s (rotation: %s)', (name, rotating) => {
  it('goes on with tokens and device of localStorage, and removes them and nothing else', async () => {
    const { signIn, adopt } = LIBRARIES[name]
    const { client, server } = await open(rotating)
    const storage = webStorage()
    await signIn(server.url, storage as never)
    await recorded(name, storage.values)
    storage.setItem('theirs', 'x')
    const session = sessionOf(client)
    expect(await adopt(session, storage, { remove: true })).toBe(true)
    expect([...storage.values.keys()]).toEqual(['theirs'])
    await goesOn(session)
    await amplifySignOut().catch(() => {})
  })
})

describe('adoptIdentityJs', () => {
  it('takes what its own CookieStorage holds', async () => {
    const { client, server } = await open()
    vi.stubGlobal('document', page())
    const storage = new IdentityCookies({ secure: true, domain: 'localhost' })
    await byIdentityJs(server.url, storage as unknown as ICognitoStorage)
    const session = sessionOf(client)
    expect(await adoptIdentityJs(session, storage, { remove: true })).toBe(true)
    expect((scope.document as ReturnType<typeof page>).cookie).toBe('')
    vi.unstubAllGlobals()
    await goesOn(session)
  })

  it('takes the same tokens once, and the device of a user who is signed out', async () => {
    const { client, server } = await open()
    const storage = webStorage()
    await byIdentityJs(server.url, storage as unknown as ICognitoStorage)
    const session = sessionOf(client)
    expect(await adoptIdentityJs(session, storage)).toBe(true)
    expect(await adoptIdentityJs(session, storage)).toBe(false)
    await session.signOut()
    expect(await adoptIdentityJs(session, storage)).toBe(false)
    expect(await session.user()).toBeUndefined()
    // The other library is back, signs in once more, and out.
    await byIdentityJs(server.url, storage as unknown as ICognitoStorage)
    expect(await adoptIdentityJs(session, storage)).toBe(true)
    const Pool = new CognitoUserPool({ UserPoolId: POOL_ID, ClientId: CLIENT_ID, Storage: storage as never })
    Pool.getCurrentUser()?.signOut()
    const other = sessionOf(client)
    expect(await adoptIdentityJs(other, storage)).toBe(false)
    const step = await other.signIn({ username: ALICE.username, password })
    expect(step.kind).toBe('signed-in')
  })

  it('leaves a user alone who is signed in here', async () => {
    const { client, server } = await open()
    const storage = webStorage()
    await byIdentityJs(server.url, storage as unknown as ICognitoStorage)
    const session = sessionOf(client)
    const step = await session.signIn({ username, password })
    if (step.kind !== 'code') throw new Error(step.kind)
    await step.answer(code())
    const tokens = await session.tokens()
    expect(await adoptIdentityJs(session, storage)).toBe(false)
    expect(await session.tokens()).toEqual(tokens)
  })

  it('finds nothing in an empty storage, and refuses an invalid one', async () => {
    const { client } = await open()
    expect(await adoptIdentityJs(sessionOf(client), webStorage(), { remove: true })).toBe(false)
    await expect(adoptIdentityJs(sessionOf(client), {} as never)).rejects.toThrow(/^storage.get: expected a function/)
  })

  it('allows for the drift that it measured', async () => {
    const { client, server } = await open()
    const storage = webStorage()
    await byIdentityJs(server.url, storage as unknown as ICognitoStorage)
    const key = [...storage.values.keys()].find((one) => one.endsWith('.clockDrift')) ?? ''
    // This clock is two hours ahead: by itself, the tokens would have ended.
    storage.setItem(key, '7200')
    const session = sessionOf({ ...client, now: () => new Date(Date.now() + 7_200_000) })
    await adoptIdentityJs(session, storage)
    const { accessToken } = (await session.tokens()) ?? {}
    expect(accessToken).toBe([...storage.values].find(([one]) => one.endsWith('.accessToken'))?.[1])
  })
})

describe('adoptAmplify', () => {
  it('takes the cookies that Amplify writes for servers, by its storage or by the page', async () => {
    const { client, server } = await open()
    const document = page()
    vi.stubGlobal('document', document)
    const storage = new AmplifyCookies({ path: '/', sameSite: 'lax' })
    await byAmplify(server.url, storage)
    vi.unstubAllGlobals()
    expect(document.cookies.size).toBeGreaterThan(6)
    const session = sessionOf(client)
    expect(await adoptAmplify(session, documentCookies(document), { remove: true })).toBe(true)
    expect(document.cookie).toBe('')
    await goesOn(session)
    await amplifySignOut().catch(() => {})
  })
})
