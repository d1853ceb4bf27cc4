// amazon-cognito-passwordless-auth, as far as it talks to the service itself.
import { askForAWord } from 'srp6a-tools/testing/triggers.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { ADA, CLIENT_ID, cannot, lastCode, NEXT, PASSWORD, POOL_ID, started, TOTP_SECRET, totp } from './libraries.js'

const NAME = 'amazon-cognito-passwordless-auth'

interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly username: string
  readonly expireAt: Date
}
type Ask = () => Promise<string>
interface Request {
  readonly username: string
  readonly password: string
  readonly smsMfaCode?: Ask
  readonly otpMfaCode?: Ask
  readonly newPassword?: Ask
  readonly customChallengeAnswer?: Ask
  readonly authflow?: 'CUSTOM_AUTH'
  readonly tokensCb?: (tokens: Tokens) => void
}
type SignIn = (request: Request) => { readonly signedIn: Promise<Tokens> }
/** Its own types need those of React, which is not installed: what is used of it stands here. */
interface Library {
  readonly Passwordless: { configure(config: object): void }
  readonly authenticateWithSRP: SignIn
  readonly authenticateWithPlaintextPassword: SignIn
  readonly refreshTokens: (options: { tokens: object; tokensCb: () => void }) => Promise<{ accessToken: string }>
}
let library: Library

beforeAll(async () => {
  const parts = await Promise.all(
    ['', '/srp', '/plaintext', '/refresh'].map((path) => import(NAME + path) as Promise<Partial<Library>>),
  )
  library = Object.assign({}, ...parts)
  cannot(NAME, {
    'magic links, passkeys, SMS codes of its own':
      'its CDK construct deploys Lambda functions, tables and keys for them',
    'remembered devices, EMAIL_OTP, SELECT_MFA_TYPE, MFA_SETUP, USER_AUTH': 'no code for them',
  })
})

async function at(options: Parameters<typeof started>[0] = {}, clientSecret?: string) {
  const clients = [{ clientId: CLIENT_ID, ...(clientSecret && { clientSecret }) }]
  const { pool, server } = await started({ clients, ...options })
  const kept = new Map<string, string>()
  library.Passwordless.configure({
    cognitoIdpEndpoint: `${server.url}/`,
    clientId: CLIENT_ID,
    clientSecret,
    userPoolId: POOL_ID,
    fetch: globalThis.fetch,
    crypto: globalThis.crypto,
    location: { href: 'http://localhost/', hostname: 'localhost' },
    history: { pushState() {} },
    storage: {
      getItem: (key: string) => kept.get(key),
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    },
  })
  return pool
}

const ways = [
  ['SRP', (request: Request) => library.authenticateWithSRP(request)],
  ['a password in plain text', (request: Request) => library.authenticateWithPlaintextPassword(request)],
] as const

describe.each(ways)(`${NAME} by %s`, (_, start) => {
  /** Sign in; tokens come by callback, which both ways have. */
  const signIn = async (more: Partial<Request> = {}): Promise<Tokens> => {
    let tokens: Tokens | undefined
    const request = { username: 'ada', password: PASSWORD, ...more }
    await start({
      ...request,
      tokensCb(given) {
        tokens = given
      },
    }).signedIn
    if (tokens === undefined) throw new Error('no tokens')
    return tokens
  }

  it('signs in, is refused with a wrong password, and refreshes', async () => {
    await at()
    const { accessToken, refreshToken, expireAt } = await signIn()
    expect(accessToken).toBeTruthy()
    await expect(signIn({ password: 'wrong' })).rejects.toThrow('Incorrect username or password.')
    const tokens = { refreshToken, expireAt, username: 'ada' }
    const fresh = await library.refreshTokens({ tokens, tokensCb() {} })
    expect(fresh.accessToken).toBeTruthy()
  })

  it('answers SMS_MFA', async () => {
    const pool = await at({ mfa: 'OPTIONAL', users: [{ ...ADA, mfa: { sms: true } }] })
    expect((await signIn({ smsMfaCode: async () => lastCode(pool) })).accessToken).toBeTruthy()
  })

  it('answers SOFTWARE_TOKEN_MFA', async () => {
    await at({ mfa: 'OPTIONAL', users: [{ ...ADA, mfa: { totpSecret: TOTP_SECRET } }] })
    expect((await signIn({ otpMfaCode: async () => totp() })).accessToken).toBeTruthy()
  })

  it('sets a new password', async () => {
    await at({ users: [{ ...ADA, status: 'FORCE_CHANGE_PASSWORD' }] })
    await signIn({ newPassword: async () => NEXT })
    expect((await signIn({ password: NEXT })).accessToken).toBeTruthy()
  })

  it('signs in to a client with a secret', async () => {
    await at({}, '0a1secret2of3the4backend5')
    expect((await signIn()).accessToken).toBeTruthy()
  })
})

it(`${NAME} begins CUSTOM_AUTH with SRP, and answers its challenge`, async () => {
  await at({ triggers: askForAWord('please') })
  const { signedIn } = library.authenticateWithSRP({
    username: 'ada',
    password: PASSWORD,
    authflow: 'CUSTOM_AUTH',
    customChallengeAnswer: async () => 'please',
    tokensCb() {},
  })
  expect((await signedIn).accessToken).toBeTruthy()
})
