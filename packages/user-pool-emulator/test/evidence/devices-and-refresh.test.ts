// The service's behaviour by public evidence, about devices and refresh tokens; a test for each line.
import type { Assumptions, UserPoolOptions } from 'cognito-user-pool-emulator'
import { describe, expect, it } from 'vitest'
import { newDevice, proveDevice } from '../support/devices.js'
import { alice, CLIENT_ID, PASSWORD, POOL_ID, type Running, SIGNED, start } from '../support/pool.js'
import { passwordSignIn, srpAnswer, srpSignIn } from '../support/sign-in.js'
import { outcome, type Reply, refusal } from '../support/wire.js'

const INVALID_TOKEN = refusal('NotAuthorizedException', 'Invalid Refresh Token')
const refreshWith = ({ call }: Running, RefreshToken: string, DeviceKey?: string): Promise<Reply> =>
  call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken, DeviceKey })
const tracked = (more: Partial<UserPoolOptions> = {}) => start({ deviceTracking: 'always', ...more })

it('a refresh token of a sign-in that was given a device works only with the key of a confirmed one', async () => {
  const running = await tracked()
  const { RefreshToken, NewDeviceMetadata } = (await srpSignIn(running)).body.AuthenticationResult
  expect(outcome(await refreshWith(running, RefreshToken))).toEqual(INVALID_TOKEN)
  expect(outcome(await refreshWith(running, RefreshToken, NewDeviceMetadata.DeviceKey))).toEqual(INVALID_TOKEN)
  const { device, tokens } = await newDevice(running)
  expect(outcome(await refreshWith(running, tokens.RefreshToken ?? ''))).toEqual(INVALID_TOKEN)
  expect((await refreshWith(running, tokens.RefreshToken ?? '', device.deviceKey)).status).toBe(200)
})

describe('device tracking belongs to USER_SRP_AUTH and USER_AUTH', () => {
  const signIns: Record<string, (running: Running) => Promise<Reply>> = {
    USER_SRP_AUTH: srpSignIn,
    USER_AUTH: ({ call }) =>
      call('InitiateAuth', {
        AuthFlow: 'USER_AUTH',
        ClientId: CLIENT_ID,
        AuthParameters: { USERNAME: 'alice', PASSWORD, PREFERRED_CHALLENGE: 'PASSWORD' },
      }),
    USER_PASSWORD_AUTH: (running) => passwordSignIn(running),
    CUSTOM_AUTH: ({ call }) =>
      call('InitiateAuth', { AuthFlow: 'CUSTOM_AUTH', ClientId: CLIENT_ID, AuthParameters: { USERNAME: 'alice' } }),
    ADMIN_USER_PASSWORD_AUTH: ({ call }) =>
      call(
        'AdminInitiateAuth',
        {
          UserPoolId: POOL_ID,
          ClientId: CLIENT_ID,
          AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: 'alice', PASSWORD },
        },
        SIGNED,
      ),
  }
  const triggers: UserPoolOptions['triggers'] = {
    defineAuthChallenge: (event) => {
      event.response.issueTokens = true
      return event
    },
  }
  const passMfa = async (running: Running, reply: Reply): Promise<Reply> =>
    reply.body.ChallengeName !== 'SMS_MFA'
      ? reply
      : running.call('RespondToAuthChallenge', {
          ClientId: CLIENT_ID,
          ChallengeName: 'SMS_MFA',
          Session: reply.body.Session,
          ChallengeResponses: { USERNAME: 'alice', SMS_MFA_CODE: running.pool.outbox.last()?.code },
        })

  it.each([
    ['USER_SRP_AUTH', true, true],
    ['USER_AUTH', true, true],
    ['USER_PASSWORD_AUTH', false, true],
    ['ADMIN_USER_PASSWORD_AUTH', false, true],
    ['CUSTOM_AUTH', false, false],
  ])('%s gives NewDeviceMetadata: %s, after MFA: %s', async (flow, without, after) => {
    for (const [sms, expected] of [
      [false, without],
      [true, after],
    ] as const) {
      const running = await tracked({ mfa: 'OPTIONAL', users: [alice({ mfa: { sms } })], triggers })
      const reply = await passMfa(running, await (signIns[flow] ?? srpSignIn)(running))
      const { NewDeviceMetadata, RefreshToken } = reply.body.AuthenticationResult
      expect(NewDeviceMetadata !== undefined).toBe(expected)
      // Either way it cannot be refreshed: no key, or one that is not confirmed.
      expect(outcome(await refreshWith(running, RefreshToken))).toEqual(INVALID_TOKEN)
    }
  })

  it.each([
    ['USER_PASSWORD_AUTH', 'newDeviceAfterUserPassword'],
    ['ADMIN_USER_PASSWORD_AUTH', 'newDeviceAfterAdminPassword'],
    ['CUSTOM_AUTH', 'newDeviceAfterCustomAuth'],
  ] as const)('%s may be told otherwise', async (flow, name) => {
    for (const rule of ['never', 'always'] as const) {
      const assumptions: Partial<Assumptions> = { [name]: rule }
      const running = await tracked({ triggers, assumptions })
      const { NewDeviceMetadata } = (await (signIns[flow] ?? srpSignIn)(running)).body.AuthenticationResult
      expect(NewDeviceMetadata !== undefined).toBe(rule === 'always')
    }
  })

  it('a DEVICE_KEY that is sent is honoured in all', async () => {
    const running = await tracked()
    const { device } = await newDevice(running)
    const { body } = await passwordSignIn(running, { DEVICE_KEY: device.deviceKey })
    expect(body.ChallengeName).toBe('DEVICE_SRP_AUTH')
    const { RefreshToken } = (await proveDevice(running, device, { Session: body.Session })).body.AuthenticationResult
    expect((await refreshWith(running, RefreshToken, device.deviceKey)).status).toBe(200)
  })
})

it('a confirmed device that is not remembered signs in as if there were none', async () => {
  for (const notRememberedDeviceGetsNewKey of [true, false]) {
    const running = await start({ deviceTracking: 'opt-in', assumptions: { notRememberedDeviceGetsNewKey } })
    const { device, confirmed } = await newDevice(running)
    expect(confirmed.body.UserConfirmationNecessary).toBe(true)
    const { AuthenticationResult } = (await srpSignIn(running, { deviceKey: device.deviceKey })).body
    expect(AuthenticationResult.NewDeviceMetadata !== undefined).toBe(notRememberedDeviceGetsNewKey)
    const DeviceRememberedStatus = 'remembered'
    const { AccessToken } = AuthenticationResult
    await running.call('UpdateDeviceStatus', { AccessToken, DeviceKey: device.deviceKey, DeviceRememberedStatus })
    expect((await srpSignIn(running, { deviceKey: device.deviceKey })).body.ChallengeName).toBe('DEVICE_SRP_AUTH')
  }
})

it('ConfirmDevice a second time is a DeviceKeyExistsException', async () => {
  const running = await tracked()
  const { device, tokens } = await newDevice(running)
  const again = await running.call('ConfirmDevice', {
    AccessToken: tokens.AccessToken,
    DeviceKey: device.deviceKey,
    DeviceSecretVerifierConfig: { Salt: 'AQAA', PasswordVerifier: 'AQAA' },
  })
  expect(again.body.__type).toBe('DeviceKeyExistsException')
})

it("DEVICE_SRP_AUTH's NotAuthorizedException is not always about the device", async () => {
  const running = await tracked()
  const { device } = await newDevice(running)
  const prove = async (Session: string | undefined) =>
    outcome(await proveDevice(running, device, { Session, withSession: Session !== undefined }))
  expect(await prove(undefined)).toEqual(
    refusal('NotAuthorizedException', 'Cannot initiate DEVICE_SRP_AUTH flow without first authenticating'),
  )
  const begin = async () => (await srpSignIn(running, { deviceKey: device.deviceKey })).body.Session as string
  const locked = await begin()
  for (let i = 0; i < 5; i++) await passwordSignIn(running, { PASSWORD: 'wrong' })
  expect(await prove(locked)).toEqual(refusal('NotAuthorizedException', 'Password attempts exceeded'))
  running.clock.now = new Date(running.clock.now.getTime() + 2000)
  const session = await begin()
  await running.call('AdminDisableUser', { UserPoolId: POOL_ID, Username: 'alice' }, SIGNED)
  expect(await prove(session)).toEqual(refusal('NotAuthorizedException', 'User is disabled.'))
})

it('SECRET_BLOCK, Session and DeviceGroupKey have the sizes that were recorded', async () => {
  const running = await tracked({
    mfa: 'OPTIONAL',
    users: [alice({ mfa: { sms: true } }), { ...alice(), username: 'bob', attributes: {} }],
  })
  const first = await running.call('InitiateAuth', {
    AuthFlow: 'USER_SRP_AUTH',
    ClientId: CLIENT_ID,
    AuthParameters: { USERNAME: 'alice', SRP_A: '2' },
  })
  expect(first.body.Session).toBeUndefined()
  expect(Buffer.from(first.body.ChallengeParameters.SECRET_BLOCK, 'base64')).toHaveLength(1284)
  const { Session } = (await srpSignIn(running)).body
  expect(Session).toMatch(/^AYABe[\w-]+$/)
  expect(Session.length).toBeGreaterThanOrEqual(850)
  expect(Session.length).toBeLessThanOrEqual(1000)
  const { NewDeviceMetadata } = (await srpSignIn(running, { username: 'bob' })).body.AuthenticationResult
  expect(NewDeviceMetadata.DeviceGroupKey).toMatch(/^-.{8}$/)
})

it('57 seconds between a challenge and its answer are accepted', async () => {
  const running = await start()
  const { first: _, ...answer } = await srpAnswer(running, { username: 'alice', password: PASSWORD })
  running.clock.now = new Date(running.clock.now.getTime() + 57_000)
  expect((await running.call('RespondToAuthChallenge', answer)).body.AuthenticationResult).toMatchObject({
    AccessToken: expect.any(String),
  })
})
