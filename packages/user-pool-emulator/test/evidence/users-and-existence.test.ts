// The service's behaviour by public evidence, about users and whether they exist; a test for each line.
import type { ClientOptions, UserOptions } from 'cognito-user-pool-emulator'
import { describe, expect, it } from 'vitest'
import { alice, CLIENT_ID, PASSWORD, POOL_ID, SIGNED, start } from '../support/pool.js'
import { passwordSignIn, srpSignIn } from '../support/sign-in.js'
import { MISMATCH, outcome, refusal, USED_SESSION } from '../support/wire.js'

const LEGACY: ClientOptions[] = [{ clientId: CLIENT_ID, preventUserExistenceErrors: 'LEGACY' }]

it.each([
  ['UNCONFIRMED', { password: PASSWORD }, 'UserNotConfirmedException', 'User is not confirmed.'],
  ['RESET_REQUIRED', {}, 'PasswordResetRequiredException', 'Password reset required for the user'],
] as const)('sign-in of a user who is %s is refused whatever the password is', async (status, more, name, message) => {
  const running = await start({ users: [{ username: 'alice', status, ...more }] })
  for (const password of [PASSWORD, 'wrong']) {
    expect(outcome(await srpSignIn(running, { password }))).toEqual(refusal(name, message))
    expect(outcome(await passwordSignIn(running, { PASSWORD: password }))).toEqual(refusal(name, message))
  }
  const early = await start({
    users: [{ username: 'alice', status, ...more }],
    assumptions: { userStatusAtInitiateAuth: true },
  })
  const parameters = {
    AuthFlow: 'USER_SRP_AUTH',
    ClientId: CLIENT_ID,
    AuthParameters: { USERNAME: 'alice', SRP_A: '2' },
  }
  expect(outcome(await early.call('InitiateAuth', parameters))).toEqual(refusal(name, message))
})

it('USERNAME = sub of a user who has another name: UserNotFoundException', async () => {
  const sub = '11111111-2222-4333-8444-555555555555'
  const running = await start({ clients: LEGACY, users: [{ username: 'alice', password: PASSWORD, sub }] })
  const parameters = { AuthFlow: 'USER_SRP_AUTH', ClientId: CLIENT_ID, AuthParameters: { USERNAME: sub, SRP_A: '2' } }
  expect((await running.call('InitiateAuth', parameters)).body.__type).toBe('UserNotFoundException')
  const found = await running.call('AdminGetUser', { UserPoolId: POOL_ID, Username: sub }, SIGNED)
  expect(found.body.Username).toBe('alice')
})

it.each(['alice ', ' alice', 'alice@example.com ', 'al ice'])('white space in USERNAME: %j', async (USERNAME) => {
  const running = await start()
  const pattern = 'Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+'
  const expected = refusal(
    'InvalidParameterException',
    `2 validation errors detected: Value at 'userName' failed to satisfy constraint: ${pattern}; Value at 'userAlias' failed to satisfy constraint: ${pattern}`,
  )
  for (const [AuthFlow, more] of [
    ['USER_SRP_AUTH', { SRP_A: '2' }],
    ['USER_PASSWORD_AUTH', { PASSWORD }],
    ['USER_AUTH', {}],
  ] as const) {
    const request = { AuthFlow, ClientId: CLIENT_ID, AuthParameters: { USERNAME, ...more } }
    expect(outcome(await running.call('InitiateAuth', request))).toEqual(expected)
  }
})

it.each([
  ['SMS_MFA', { SMS_MFA_CODE: '123456' }],
  ['EMAIL_OTP', { EMAIL_OTP_CODE: '123456' }],
  ['SOFTWARE_TOKEN_MFA', { SOFTWARE_TOKEN_MFA_CODE: '123456' }],
  ['MFA_SETUP', {}],
  ['SELECT_MFA_TYPE', { ANSWER: 'SMS_MFA' }],
  ['NEW_PASSWORD_REQUIRED', { NEW_PASSWORD: 'Another-Horse-2' }],
  ['CUSTOM_CHALLENGE', { ANSWER: 'x' }],
  ['SELECT_CHALLENGE', { ANSWER: 'PASSWORD' }],
  ['PASSWORD', { PASSWORD }],
])('%s answered without a Session', async (ChallengeName, responses) => {
  const running = await start()
  const ChallengeResponses = { USERNAME: 'alice', ...responses }
  expect(
    outcome(await running.call('RespondToAuthChallenge', { ClientId: CLIENT_ID, ChallengeName, ChallengeResponses })),
  ).toEqual(refusal('InvalidParameterException', 'Missing required parameter Session'))
})

it('a Session used twice has its own words, an expired one the old ones', async () => {
  const running = await start({ mfa: 'OPTIONAL', users: [alice({ mfa: { sms: true } })] })
  const answer = async (Session: string) =>
    running.call('RespondToAuthChallenge', {
      ClientId: CLIENT_ID,
      ChallengeName: 'SMS_MFA',
      Session,
      ChallengeResponses: { USERNAME: 'alice', SMS_MFA_CODE: running.pool.outbox.last()?.code },
    })
  const { Session } = (await srpSignIn(running)).body
  expect((await answer(Session)).status).toBe(200)
  expect(outcome(await answer(Session))).toEqual(USED_SESSION)
  const late = (await srpSignIn(running)).body.Session
  running.clock.now = new Date(running.clock.now.getTime() + 181_000)
  expect(outcome(await answer(late))).toEqual(refusal('NotAuthorizedException', 'Invalid session for the user.'))
})

describe('with existence errors hidden', () => {
  const users: UserOptions[] = [
    alice(),
    { username: 'off', password: PASSWORD, enabled: false, attributes: { email: 'off@example.com' } },
    { username: 'bare', password: PASSWORD },
    { username: 'unverified', password: PASSWORD, attributes: { email: 'u@example.com', email_verified: 'false' } },
  ]

  it.each(['ghost', 'off', 'bare', 'unverified'])('ForgotPassword for %s simulates a delivery', async (Username) => {
    const running = await start({ users })
    const forgot = () => running.call('ForgotPassword', { ClientId: CLIENT_ID, Username })
    const first = await forgot()
    expect(first.body.CodeDeliveryDetails).toMatchObject({ DeliveryMedium: 'EMAIL', AttributeName: 'email' })
    expect(first.body.CodeDeliveryDetails.Destination).toMatch(/^[a-z]\*\*\*@[a-z]\*\*\*$/)
    expect((await forgot()).body).toEqual(first.body)
    expect(running.pool.outbox.messages).toEqual([])
  })

  it('ForgotPassword tells where they are shown', async () => {
    const running = await start({ users, clients: LEGACY })
    for (const [Username, name] of [
      ['ghost', 'UserNotFoundException'],
      ['off', 'NotAuthorizedException'],
      ['bare', 'InvalidParameterException'],
    ]) {
      expect((await running.call('ForgotPassword', { ClientId: CLIENT_ID, Username })).body.__type).toBe(name)
    }
  })

  it('ConfirmForgotPassword for an unknown or disabled user is a CodeMismatchException, whatever the password', async () => {
    const running = await start({ users })
    const confirm = (Username: string, Password: string) =>
      running.call('ConfirmForgotPassword', { ClientId: CLIENT_ID, Username, ConfirmationCode: '123456', Password })
    for (const name of ['ghost', 'off']) expect(outcome(await confirm(name, 'Another-Horse-2'))).toEqual(MISMATCH)
    for (const name of ['ghost', 'alice'])
      expect((await confirm(name, 'weak-word')).body.__type).toBe('InvalidPasswordException')
  })
})

describe('one sign-in name belongs to one user', () => {
  const both = { users: [alice(), { ...alice(), username: 'bob', attributes: { email: 'bob@example.com' } }] }
  const email = [{ Name: 'email', Value: 'alice@example.com' }]

  it('AdminCreateUser, AdminUpdateUserAttributes and UpdateUserAttributes refuse one that is taken', async () => {
    const running = await start(both)
    const admin = (operation: string, more: object) => running.call(operation, { UserPoolId: POOL_ID, ...more }, SIGNED)
    const verified = [...email, { Name: 'email_verified', Value: 'true' }]
    const created = { Username: 'new', UserAttributes: verified, MessageAction: 'SUPPRESS' }
    expect((await admin('AdminCreateUser', created)).body.__type).toBe('UsernameExistsException')
    expect((await admin('AdminCreateUser', { ...created, Username: 'alice' })).body.__type).toBe(
      'UsernameExistsException',
    )
    const update = { Username: 'bob', UserAttributes: email }
    expect((await admin('AdminUpdateUserAttributes', update)).body.__type).toBe('AliasExistsException')
    const { AccessToken } = (await srpSignIn(running, { username: 'bob' })).body.AuthenticationResult
    const own = await running.call('UpdateUserAttributes', { AccessToken, UserAttributes: email })
    expect(own.body.__type).toBe('AliasExistsException')
    expect((await admin('AdminCreateUser', { ...created, ForceAliasCreation: true })).status).toBe(200)
    expect((await srpSignIn(running, { username: 'alice@example.com' })).status).toBe(400)
    expect((await srpSignIn(running)).status).toBe(200)
  })

  it('VerifyUserAttribute refuses one that was taken meanwhile', async () => {
    const running = await start({ ...both, users: both.users.slice(1) })
    const { AccessToken } = (await srpSignIn(running, { username: 'bob' })).body.AuthenticationResult
    await running.call('UpdateUserAttributes', { AccessToken, UserAttributes: email })
    const Code = running.pool.outbox.last()?.code
    const UserAttributes = [...email, { Name: 'email_verified', Value: 'true' }]
    const created = { UserPoolId: POOL_ID, Username: 'alice', UserAttributes, MessageAction: 'SUPPRESS' }
    expect((await running.call('AdminCreateUser', created, SIGNED)).status).toBe(200)
    const verified = await running.call('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code })
    expect(verified.body.__type).toBe('AliasExistsException')
  })

  it('where people sign up with an address it is their username', async () => {
    const running = await start({
      usernameAttributes: ['email'],
      users: [{ password: PASSWORD, attributes: { email: 'alice@example.com' } }],
    })
    const created = { UserPoolId: POOL_ID, Username: 'alice@example.com' }
    expect((await running.call('AdminCreateUser', created, SIGNED)).body.__type).toBe('UsernameExistsException')
  })
})

it('SetUserPoolMfaConfig refuses ON and OPTIONAL without a method, and OFF beside one', async () => {
  const running = await start()
  const set = async (MfaConfiguration: string, more: object = {}) =>
    (await running.call('SetUserPoolMfaConfig', { UserPoolId: POOL_ID, MfaConfiguration, ...more }, SIGNED)).body.__type
  const totp = { SoftwareTokenMfaConfiguration: { Enabled: true } }
  for (const mode of ['ON', 'OPTIONAL']) {
    expect(await set(mode)).toBe('InvalidParameterException')
    expect(await set(mode, { SoftwareTokenMfaConfiguration: { Enabled: false } })).toBe('InvalidParameterException')
    expect(await set(mode, totp)).toBeUndefined()
  }
  expect(await set('OFF', totp)).toBe('InvalidParameterException')
  expect(await set('OFF')).toBeUndefined()
})

it('ListUsers ignores case, finds no custom attributes, and honours AttributesToGet', async () => {
  const attributes = { email: 'Alice@Example.com', 'custom:team': 'blue' }
  const running = await start({ users: [alice({ attributes })] })
  const list = async (more: object) => (await running.call('ListUsers', { UserPoolId: POOL_ID, ...more }, SIGNED)).body
  expect((await list({ Filter: 'email = "alice@EXAMPLE.com"' })).Users).toHaveLength(1)
  expect((await list({ Filter: 'username ^= "ALI"' })).Users).toHaveLength(1)
  expect((await list({ Filter: 'custom:team = "blue"' })).__type).toBe('InvalidParameterException')
  // No property of an object's prototype is an attribute.
  expect((await list({ Filter: 'constructor ^= "a"' })).__type).toBe('InvalidParameterException')
  expect((await list({ AttributesToGet: ['email'] })).Users[0].Attributes).toEqual([
    { Name: 'email', Value: 'Alice@Example.com' },
  ])
})
