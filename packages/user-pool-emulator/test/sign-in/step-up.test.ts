// Levels and factors: the developer guide, "Authentication levels with ACR and AMR claims".
import { signIn } from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import { decodeJwt } from 'jose'
import { TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { alice, CLIENT_ID, PASSWORD, POOL_ID, type Running, start } from '../support/pool.js'
import { beginUserAuth, passwordSignIn, respond } from '../support/sign-in.js'

const LEVEL = 'urn:cognito:loa:'
const SECRET = 'JBSWY3DPEHPK3PXP'
const levels = (...numbers: readonly number[]): string => numbers.map((number) => LEVEL + number).join(' ')

const withEmail = (settings = {}) =>
  start({ mfa: { mode: 'OPTIONAL', methods: ['EMAIL_OTP'] }, users: [alice({ mfa: { email: true } })], ...settings })
const withBoth = () =>
  start({ mfa: 'OPTIONAL', users: [alice({ mfa: { email: true, totpSecret: SECRET, preferred: 'EMAIL_OTP' } })] })

function begin({ server }: Running, more: { acrValues?: string; accessToken?: string; maxAge?: number }) {
  const client = { clientId: CLIENT_ID, userPoolId: POOL_ID, api: fetchApi({ endpoint: server.url }) }
  return signIn(client, {
    username: 'alice',
    password: PASSWORD,
    flow: 'USER_AUTH',
    preferredChallenge: 'PASSWORD_SRP',
    ...more,
  })
}

// biome-ignore lint/suspicious/noExplicitAny: a reply is looked into freely
const claimsOf = (body: any) => {
  const { acr, amr, auth_time } = decodeJwt(body.AuthenticationResult.AccessToken)
  return { acr, amr, auth_time }
}

it('a password reaches level 1, which the token carries; a fresh one of it is not asked again', async () => {
  const running = await start()
  const first = await begin(running, { acrValues: levels(4, 1) })
  if (first.kind !== 'signed-in') throw new Error(first.kind)
  const claims = decodeJwt(first.tokens.accessToken)
  expect(claims).toMatchObject({ acr: `${LEVEL}1`, amr: ['pwd'] })
  running.clock.now = new Date(running.clock.now.getTime() + 60_000)
  const again = (maxAge: number) =>
    beginUserAuth(running, {
      TARGET_ACR_VALUES: levels(1),
      ACCESS_TOKEN: first.tokens.accessToken,
      MAX_AGE: String(maxAge),
    })
  const { body } = await again(300)
  expect(claimsOf(body)).toEqual({ acr: `${LEVEL}1`, amr: ['pwd'], auth_time: claims.auth_time })
  expect((await again(59)).body.ChallengeName).toBe('SELECT_CHALLENGE')
})

describe('asks for the factor that the level still lacks', () => {
  it('in a new sign-in', async () => {
    const running = await withEmail()
    const step = await begin(running, { acrValues: levels(3) })
    if (step.kind !== 'code') throw new Error(step.kind)
    const done = await step.answer(running.pool.outbox.last()?.code ?? '')
    if (done.kind !== 'signed-in') throw new Error(done.kind)
    expect(decodeJwt(done.tokens.idToken)).toMatchObject({ acr: `${LEVEL}3`, amr: ['pwd', 'email_otp', 'mfa'] })
  })

  it('with an access token, at once and nothing else', async () => {
    const running = await withBoth()
    const { body } = await passwordSignIn(running)
    const first = await respond(running, 'EMAIL_OTP', body.Session, {
      EMAIL_OTP_CODE: running.pool.outbox.last()?.code ?? '',
    })
    const ACCESS_TOKEN = first.body.AuthenticationResult.AccessToken
    expect(claimsOf(first.body)).toMatchObject({ acr: undefined, amr: undefined })
    const asked = await beginUserAuth(running, { ACCESS_TOKEN, TARGET_ACR_VALUES: levels(4) })
    expect(asked.body.ChallengeName).toBe('SOFTWARE_TOKEN_MFA')
    const SOFTWARE_TOKEN_MFA_CODE = new TOTP({ secret: SECRET }).generate({ timestamp: running.clock.now.getTime() })
    const { body: done } = await respond(running, 'SOFTWARE_TOKEN_MFA', asked.body.Session, { SOFTWARE_TOKEN_MFA_CODE })
    expect(claimsOf(done)).toMatchObject({ acr: `${LEVEL}4`, amr: ['pwd', 'email_otp', 'otp', 'mfa'] })
    const refresh = { RefreshToken: done.AuthenticationResult.RefreshToken, ClientId: CLIENT_ID }
    const { body: refreshed } = await running.call('GetTokensFromRefreshToken', refresh)
    expect(claimsOf(refreshed)).toEqual(claimsOf(done))
  })

  it('the authenticator app for level 4, though the user prefers e-mail', async () => {
    const step = await begin(await withBoth(), { acrValues: levels(4) })
    expect(step.kind === 'code' && step.challenge).toBe('SOFTWARE_TOKEN_MFA')
  })
})

describe('first factors', () => {
  it('are those with which the level is reached', async () => {
    const running = await withEmail()
    const offered = async (...wanted: number[]) =>
      (await beginUserAuth(running, { TARGET_ACR_VALUES: levels(...wanted) })).body.AvailableChallenges
    expect(await offered(3)).toEqual(['PASSWORD', 'PASSWORD_SRP'])
    const plain = await start({ users: [alice()] })
    const { body } = await beginUserAuth(plain, { TARGET_ACR_VALUES: levels(4, 3, 2, 1) })
    expect(body.AvailableChallenges).toEqual(['EMAIL_OTP', 'SMS_OTP'])
    const chosen = await respond(plain, 'SELECT_CHALLENGE', body.Session, { ANSWER: 'PASSWORD', PASSWORD })
    expect(chosen.body.__type).toBe('InvalidParameterException')
    expect(chosen.body.message).toBe('Challenge PASSWORD is not available.')
  })

  it('are all of them where no level can be reached', async () => {
    const running = await start({ users: [alice({ attributes: {} })] })
    const { body } = await beginUserAuth(running, { TARGET_ACR_VALUES: levels(4) })
    expect(body.AvailableChallenges).toEqual(['PASSWORD', 'PASSWORD_SRP'])
  })
})

it('names the levels as AcrConfiguration does, and marks every sign-in where assumed so', async () => {
  const running = await start({ assumptions: { acrInEverySignIn: true } })
  await running.call(
    'UpdateUserPool',
    { UserPoolId: POOL_ID, AcrConfiguration: { Level1: { AcrValue: 'bronze' } } },
    { authorization: 'AWS4-HMAC-SHA256 Credential=local' },
  )
  const { body } = await passwordSignIn(running)
  expect(claimsOf(body)).toMatchObject({ acr: 'bronze', amr: ['pwd'] })
  expect((await beginUserAuth(running, { TARGET_ACR_VALUES: levels(1) })).body.__type).toBe('InvalidParameterException')
})

describe('refuses', () => {
  it.each([
    [{ ACCESS_TOKEN: 'a.b.c' }, 'InvalidParameterException'],
    [{ TARGET_ACR_VALUES: 'gold' }, 'InvalidParameterException'],
    [{ TARGET_ACR_VALUES: levels(1), ACCESS_TOKEN: 'a.b.c' }, 'NotAuthorizedException'],
    [{ TARGET_ACR_VALUES: levels(1), MAX_AGE: 'soon' }, 'InvalidParameterException'],
  ])('%j', async (parameters, name) => {
    const running = await start()
    expect((await beginUserAuth(running, parameters)).body.__type).toBe(name)
  })

  it('the access token of another user', async () => {
    const running = await start({ users: [alice(), { username: 'bob', password: PASSWORD }] })
    const { body } = await passwordSignIn(running, { USERNAME: 'bob' })
    const ACCESS_TOKEN = body.AuthenticationResult.AccessToken
    const reply = await beginUserAuth(running, { ACCESS_TOKEN, TARGET_ACR_VALUES: levels(1) })
    expect(reply.body.__type).toBe('NotAuthorizedException')
  })

  it('in a plan without it', async () => {
    const running = await start({ tier: 'LITE' })
    const { body } = await beginUserAuth(running, { TARGET_ACR_VALUES: levels(1) })
    expect(body.__type).toBe('FeatureUnavailableInTierException')
  })
})
