// The service's behaviour by public evidence, about MFA and challenges; a test for each line. The sources stand where
// it is implemented.

import { startCognitoClient } from '@srp6a/srp/cognito'
import type { Triggers, UserPoolOptions } from 'cognito-user-pool-emulator'
import { TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { softwareAuthenticator } from '../support/authenticator.js'
import { alice, CLIENT_ID, PASSWORD, POOL_ID, type Running, SIGNED, start } from '../support/pool.js'
import { passwordSignIn, respond, srpSignIn } from '../support/sign-in.js'
import { outcome, type Reply, refusal } from '../support/wire.js'

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const codeOf = ({ clock }: Running, secret = SECRET): string =>
  new TOTP({ secret }).generate({ timestamp: clock.now.getTime() })
const userAuth = ({ call }: Running, parameters: Record<string, string> = {}, more: object = {}): Promise<Reply> =>
  call('InitiateAuth', {
    AuthFlow: 'USER_AUTH',
    ClientId: CLIENT_ID,
    AuthParameters: { USERNAME: 'alice', ...parameters },
    ...more,
  })

describe('VerifySoftwareToken', () => {
  it('marks the token as verified: a sign-in that starts over is asked for its code, MFA_SETUP unanswered', async () => {
    const running = await start({ mfa: 'ON', users: [{ username: 'alice', password: PASSWORD }] })
    const setup = (await srpSignIn(running)).body
    expect(setup.ChallengeName).toBe('MFA_SETUP')
    const { SecretCode, Session } = (await running.call('AssociateSoftwareToken', { Session: setup.Session })).body
    const UserCode = codeOf(running, SecretCode)
    expect((await running.call('VerifySoftwareToken', { Session, UserCode })).body.Status).toBe('SUCCESS')
    expect((await srpSignIn(running)).body.ChallengeName).toBe('SOFTWARE_TOKEN_MFA')
  })

  it('does so with an access token too', async () => {
    const running = await start({ mfa: 'OPTIONAL', users: [{ username: 'alice', password: PASSWORD }] })
    const { AccessToken } = (await srpSignIn(running)).body.AuthenticationResult
    const { SecretCode } = (await running.call('AssociateSoftwareToken', { AccessToken })).body
    const UserCode = codeOf(running, SecretCode)
    expect((await running.call('VerifySoftwareToken', { AccessToken, UserCode })).status).toBe(200)
    const on = { UserPoolId: POOL_ID, MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } }
    expect((await running.call('SetUserPoolMfaConfig', on, SIGNED)).status).toBe(200)
    expect((await srpSignIn(running)).body.ChallengeName).toBe('SOFTWARE_TOKEN_MFA')
  })
})

describe('CUSTOM_AUTH that begins with SRP', () => {
  const customSrp = async (running: Running): Promise<Reply> => {
    const srp = startCognitoClient()
    const { call, clock } = running
    const first = await call('InitiateAuth', {
      AuthFlow: 'CUSTOM_AUTH',
      ClientId: CLIENT_ID,
      AuthParameters: { USERNAME: 'alice', CHALLENGE_NAME: 'SRP_A', SRP_A: srp.srpA },
    })
    const challenge = first.body.ChallengeParameters
    const claim = srp.answerUser({ userPoolId: POOL_ID, password: PASSWORD, challenge, now: clock.now })
    return respond(running, 'PASSWORD_VERIFIER', first.body.Session, { ...claim })
  }

  const defining = (then: string, rounds: number[]): Triggers => ({
    defineAuthChallenge: (event) => {
      const session = event.request.session as unknown[]
      rounds.push(session.length)
      event.response.challengeName = session.length === 1 ? 'PASSWORD_VERIFIER' : then
      return event
    },
  })

  it('asks a user with MFA for it after PASSWORD_VERIFIER, and not the triggers again', async () => {
    const rounds: number[] = []
    const running = await start({
      mfa: 'OPTIONAL',
      users: [alice({ mfa: { totpSecret: SECRET } })],
      triggers: defining('CUSTOM_CHALLENGE', rounds),
    })
    const { body } = await customSrp(running)
    expect(body.ChallengeName).toBe('SOFTWARE_TOKEN_MFA')
    const code = { SOFTWARE_TOKEN_MFA_CODE: codeOf(running) }
    const done = await respond(running, 'SOFTWARE_TOKEN_MFA', body.Session, code)
    expect(done.body.AuthenticationResult.IdToken).toBeTruthy()
    expect(rounds).toEqual([1])
  })

  it('issues the MFA challenge that DefineAuthChallenge names', async () => {
    const running = await start({ users: [alice()], triggers: defining('SMS_MFA', []) })
    const { body } = await customSrp(running)
    expect(body.ChallengeName).toBe('SMS_MFA')
    const code = { SMS_MFA_CODE: running.pool.outbox.last()?.code ?? '' }
    expect((await respond(running, 'SMS_MFA', body.Session, code)).body.AuthenticationResult.IdToken).toBeTruthy()
  })
})

describe('a passkey', () => {
  const signIn = async (webAuthn: UserPoolOptions['webAuthn'], more: object = {}) => {
    const running = await start({
      mfa: 'OPTIONAL',
      users: [alice()],
      webAuthn: { ...webAuthn },
      ...more,
    })
    const { AccessToken } = (await passwordSignIn(running)).body.AuthenticationResult
    const authenticator = softwareAuthenticator()
    const options = (await running.call('StartWebAuthnRegistration', { AccessToken })).body.CredentialCreationOptions
    const Credential = authenticator.create(options, 'http://localhost')
    await running.call('CompleteWebAuthnRegistration', { AccessToken, Credential })
    await running.call('SetUserMFAPreference', { AccessToken, SMSMfaSettings: { Enabled: true } })
    const { body } = await userAuth(running, { PREFERRED_CHALLENGE: 'WEB_AUTHN' })
    if (body.ChallengeName !== 'WEB_AUTHN') return body
    const request = JSON.parse(body.ChallengeParameters.CREDENTIAL_REQUEST_OPTIONS)
    const CREDENTIAL = JSON.stringify(authenticator.get(request, 'http://localhost'))
    return (await respond(running, 'WEB_AUTHN', body.Session, { CREDENTIAL })).body
  }

  it('counts as one factor by default', async () => {
    expect((await signIn({})).AvailableChallenges).toEqual(['PASSWORD', 'PASSWORD_SRP'])
    const offered = await signIn({}, { assumptions: { singleFactorPasskeyBeforeMfa: true } })
    expect(offered.ChallengeName).toBe('SMS_MFA')
  })

  it('counts as both where FactorConfiguration is MULTI_FACTOR_WITH_USER_VERIFICATION', async () => {
    const body = await signIn({ factorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' })
    expect(body.AuthenticationResult.IdToken).toBeTruthy()
  })
})

it('one-time codes of USER_AUTH have 8 digits, MFA codes 6', async () => {
  const running = await start({ users: [alice()] })
  await userAuth(running, { PREFERRED_CHALLENGE: 'EMAIL_OTP' })
  expect(running.pool.outbox.last()?.code).toMatch(/^\d{8}$/)
  const mfa = await start({ mfa: 'OPTIONAL', users: [alice({ mfa: { sms: true } })] })
  await srpSignIn(mfa)
  expect(mfa.pool.outbox.last()?.code).toMatch(/^\d{6}$/)
})

it('MFAS_CAN_SETUP lists what the pool allows, SMS_MFA too', async () => {
  const running = await start({ mfa: 'ON', users: [{ username: 'alice', password: PASSWORD }] })
  expect((await srpSignIn(running)).body.ChallengeParameters.MFAS_CAN_SETUP).toBe(
    '["SMS_MFA","SOFTWARE_TOKEN_MFA","EMAIL_OTP"]',
  )
})

it('requiredAttributes lists the missing ones, userAttributes has those with empty text, one with a value stays', async () => {
  const running = await start({
    requiredAttributes: ['given_name', 'family_name'],
    users: [alice({ status: 'FORCE_CHANGE_PASSWORD', attributes: { given_name: 'Alice' } })],
  })
  const { body } = await srpSignIn(running)
  expect(body.ChallengeParameters.requiredAttributes).toBe('["userAttributes.family_name"]')
  expect(JSON.parse(body.ChallengeParameters.userAttributes)).toEqual({ given_name: 'Alice', family_name: '' })
  const answer = { NEW_PASSWORD: 'Another-Horse-2', 'userAttributes.family_name': 'Liddell' }
  const modified = { ...answer, 'userAttributes.given_name': 'Eve' }
  expect(outcome(await respond(running, 'NEW_PASSWORD_REQUIRED', body.Session, modified))).toEqual(
    refusal('NotAuthorizedException', 'Cannot modify an already provided given_name'),
  )
  expect((await respond(running, 'NEW_PASSWORD_REQUIRED', body.Session, answer)).status).toBe(200)
})

it('USER_AUTH with an available preference says what else is available; with another it lets the user select', async () => {
  const running = await start()
  const preferred = await userAuth(running, { PREFERRED_CHALLENGE: 'EMAIL_OTP' })
  expect(preferred.body).toMatchObject({
    ChallengeName: 'EMAIL_OTP',
    AvailableChallenges: ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP'],
  })
  expect((await userAuth(running, { PREFERRED_CHALLENGE: 'SMS_OTP' })).body.ChallengeName).toBe('SELECT_CHALLENGE')
})

describe('SignUp and ConfirmSignUp', () => {
  const signUp = async (running: Running, ClientId = CLIENT_ID) => {
    const account = { ClientId, Username: 'new', Password: PASSWORD }
    const UserAttributes = [{ Name: 'email', Value: 'new@example.com' }]
    const signedUp = await running.call('SignUp', { ...account, UserAttributes })
    const ConfirmationCode = running.pool.outbox.last()?.code
    const confirmed = await running.call('ConfirmSignUp', { ClientId, Username: 'new', ConfirmationCode })
    return { signedUp: signedUp.body, confirmed: confirmed.body }
  }

  it('give clients with ALLOW_USER_AUTH a Session, with which USER_AUTH gives tokens', async () => {
    const running = await start()
    const { signedUp, confirmed } = await signUp(running)
    for (const { Session } of [signedUp, confirmed]) {
      const { body } = await userAuth(running, { USERNAME: 'new' }, { Session })
      expect(body.AuthenticationResult.IdToken).toBeTruthy()
      expect((await userAuth(running, { USERNAME: 'new' }, { Session })).body.message).toContain('only be used once')
    }
    const clients = [{ clientId: CLIENT_ID, explicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] as const }]
    expect((await signUp(await start({ clients }))).confirmed).toEqual({})
  })

  it('leave MFA to the sign-in', async () => {
    const running = await start({ mfa: { mode: 'ON', methods: ['EMAIL_OTP'] } })
    const { Session } = (await signUp(running)).confirmed
    expect((await userAuth(running, { USERNAME: 'new' }, { Session })).body.ChallengeName).toBe('EMAIL_OTP')
  })
})

it('AdminInitiateAuth takes ADMIN_USER_PASSWORD_AUTH, not USER_PASSWORD_AUTH', async () => {
  const running = await start()
  const admin = (AuthFlow: string, { call }: Running = running) =>
    call(
      'AdminInitiateAuth',
      { UserPoolId: POOL_ID, ClientId: CLIENT_ID, AuthFlow, AuthParameters: { USERNAME: 'alice', PASSWORD } },
      SIGNED,
    )
  expect((await admin('ADMIN_USER_PASSWORD_AUTH')).status).toBe(200)
  expect(outcome(await admin('USER_PASSWORD_AUTH'))).toEqual(
    refusal('InvalidParameterException', 'Initiate Auth method not supported.'),
  )
  const other = await start({ assumptions: { adminTakesUserPasswordAuth: true } })
  expect((await admin('USER_PASSWORD_AUTH', other)).status).toBe(200)
})
