// franken-srp knows one address, that of the service. On Node it asks for `https` through a global, which leads here.
import { request } from 'node:http'
import { createRequire } from 'node:module'
import type { refresh as Refresh, srpLogin as SrpLogin, TAuthResponse } from 'franken-srp'
import { beforeAll, describe, expect, it } from 'vitest'
import { ADA, CLIENT_ID, cannot, lastCode, NEXT, PASSWORD, POOL_ID, started, TOTP_SECRET, totp } from './libraries.js'

const NAME = 'franken-srp'
let port = 0
let srpLogin: typeof SrpLogin
let refresh: typeof Refresh

beforeAll(() => {
  const require = createRequire(import.meta.url)
  const https = {
    request: (options: object, reply: never) => request({ ...options, hostname: '127.0.0.1', port }, reply),
  }
  Object.assign(globalThis, {
    __non_webpack_require__: (name: string) => (name === 'https' ? https : require(name)),
  })
  ;({ srpLogin, refresh } = require('franken-srp') as { srpLogin: typeof SrpLogin; refresh: typeof Refresh })
  cannot(NAME, {
    'client secrets': 'no parameter for one',
    'EMAIL_OTP, SELECT_MFA_TYPE, MFA_SETUP, CUSTOM_AUTH, USER_AUTH, passwords in plain text': 'no code for them',
    GetTokensFromRefreshToken: 'it refreshes by REFRESH_TOKEN_AUTH',
  })
})

const params = { region: 'us-east-1', userPoolId: POOL_ID, clientId: CLIENT_ID }
type Settings = Partial<Parameters<typeof SrpLogin>[0]>

/** Sign in, answering each step that is asked for; the names of the steps, and the tokens. */
async function login(settings: Settings, ...answers: readonly (() => string)[]) {
  const steps: string[] = []
  const generator = srpLogin({
    ...params,
    username: 'ada',
    password: PASSWORD,
    device: undefined,
    autoConfirmDevice: false,
    autoRememberDevice: null,
    ...settings,
  } as never)
  let result = await generator.next()
  for (const answer of [...answers, undefined]) {
    steps.push(result.value.code)
    if (answer === undefined || result.value.code === 'TOKENS' || result.value.code === 'ERROR') break
    result = await generator.next(answer())
  }
  return { steps, response: result.value.response as TAuthResponse, error: result.value.error }
}

async function at(options: Parameters<typeof started>[0]) {
  const { pool, server } = await started(options)
  port = server.port
  return pool
}

describe(NAME, () => {
  it('signs in by SRP, is refused with a wrong password, and refreshes', async () => {
    await at({})
    const { steps, response } = await login({ username: 'ada@example.com' })
    expect(steps).toEqual(['TOKENS'])
    expect(response.username).toBe('ada@example.com')
    const { error } = await login({ password: 'wrong' })
    expect(error?.message).toContain('Incorrect username or password.')
    const fresh = await refresh({ ...params, refreshToken: response.tokens.refreshToken } as never)
    expect(fresh).toMatchObject({ tokenType: 'Bearer', expiresIn: 3600 })
  })

  it('answers SMS_MFA', async () => {
    const pool = await at({ mfa: 'OPTIONAL', users: [{ ...ADA, mfa: { sms: true } }] })
    expect((await login({}, () => lastCode(pool))).steps).toEqual(['SMS_MFA_REQUIRED', 'TOKENS'])
  })

  it('answers SOFTWARE_TOKEN_MFA', async () => {
    await at({ mfa: 'OPTIONAL', users: [{ ...ADA, mfa: { totpSecret: TOTP_SECRET } }] })
    expect((await login({}, totp)).steps).toEqual(['SOFTWARE_MFA_REQUIRED', 'TOKENS'])
  })

  it('sets a new password', async () => {
    await at({ users: [{ ...ADA, status: 'FORCE_CHANGE_PASSWORD' }] })
    expect((await login({}, () => NEXT)).steps).toEqual(['NEW_PASSWORD_REQUIRED', 'TOKENS'])
    expect((await login({ password: NEXT })).steps).toEqual(['TOKENS'])
  })

  it('confirms a device, remembers it, skips MFA with it, and refreshes with its key', async () => {
    const pool = await at({ deviceTracking: 'opt-in', mfa: 'OPTIONAL', users: [{ ...ADA, mfa: { sms: true } }] })
    const settings: Settings = { autoConfirmDevice: true, autoRememberDevice: 'remembered' }
    const first = await login(settings, () => lastCode(pool))
    const { newDevice } = first.response
    expect(newDevice).toMatchObject({ deviceAutoConfirmed: true, deviceAutoRemembered: 'remembered' })
    const { key = '', groupKey = '', password = '' } = newDevice ?? {}
    const again = await login({ device: { key, groupKey, password } })
    expect(again.steps).toEqual(['TOKENS'])
    const { refreshToken } = again.response.tokens
    expect(await refresh({ ...params, refreshToken, deviceKey: key } as never)).toMatchObject({ tokenType: 'Bearer' })
    await expect(refresh({ ...params, refreshToken } as never)).rejects.toThrow('Invalid Refresh Token')
  })
})
