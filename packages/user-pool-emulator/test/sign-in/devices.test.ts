import { describe, expect, it } from 'vitest'
import { NO_DEVICE, newDevice, proveDevice } from '../support/devices.js'
import { alice, CLIENT_ID, PASSWORD, POOL_ID, type Running, SIGNED, start } from '../support/pool.js'
import { passwordSignIn, srpAnswer, srpSignIn } from '../support/sign-in.js'
import { INVALID_SESSION, outcome, type Reply, refusal, USED_SESSION, WRONG } from '../support/wire.js'

const NO_FIRST_FACTOR = refusal(
  'NotAuthorizedException',
  'Cannot initiate DEVICE_SRP_AUTH flow without first authenticating',
)

describe('a pool that always remembers', () => {
  const always = { deviceTracking: 'always', mfa: 'ON', users: [alice({ mfa: { sms: true } })] } as const
  const passMfa = async (running: Running, { body }: Reply, deviceKey?: string) => {
    expect(body.ChallengeName).toBe('SMS_MFA')
    return running.call('RespondToAuthChallenge', {
      ClientId: CLIENT_ID,
      ChallengeName: 'SMS_MFA',
      Session: body.Session,
      ChallengeResponses: {
        USERNAME: 'alice',
        SMS_MFA_CODE: running.pool.outbox.last()?.code,
        ...(deviceKey === undefined ? {} : { DEVICE_KEY: deviceKey }),
      },
    })
  }

  it('lets a confirmed device sign in without MFA, with and without Sessions', async () => {
    const running = await start(always)
    const { device, confirmed } = await newDevice(running, await passMfa(running, await srpSignIn(running)))
    expect(device.deviceKey).toMatch(/^us-east-1_[0-9a-f-]{36}$/)
    expect(confirmed.body).toEqual({ UserConfirmationNecessary: false })
    for (const withSession of [true, false]) {
      for (const signIn of [
        () => srpSignIn(running, { deviceKey: device.deviceKey }),
        () => passwordSignIn(running, { DEVICE_KEY: device.deviceKey }),
      ]) {
        const { body } = await signIn()
        expect(body.ChallengeName).toBe('DEVICE_SRP_AUTH')
        const done = await proveDevice(running, device, { Session: body.Session, withSession })
        expect(done.body.AuthenticationResult.IdToken).toBeTruthy()
        expect(done.body.AuthenticationResult.NewDeviceMetadata).toBeUndefined()
      }
    }
  })

  it('refuses a device that cannot prove itself', async () => {
    const running = await start({ ...always, mfa: 'OFF' })
    const { device } = await newDevice(running)
    const other = (await newDevice(running)).device
    const signIn = async () => (await srpSignIn(running, { deviceKey: device.deviceKey })).body.Session as string
    const stolen = { ...device, devicePassword: other.devicePassword }
    expect(outcome(await proveDevice(running, stolen, { Session: await signIn() }))).toEqual(WRONG)
    expect(
      outcome(
        await proveDevice(running, device, { Session: await signIn(), bend: { PASSWORD_CLAIM_SIGNATURE: 'AAAA' } }),
      ),
    ).toEqual(WRONG)
    expect(
      outcome(await proveDevice(running, device, { Session: await signIn(), bend: { DEVICE_KEY: other.deviceKey } })),
    ).toEqual(NO_DEVICE)
    expect(outcome(await proveDevice(running, other, { Session: await signIn() }))).toEqual(NO_DEVICE)
    expect(outcome(await proveDevice(running, device, { Session: 'a session that is made up' }))).toEqual(
      INVALID_SESSION,
    )
    const once = await signIn()
    expect((await proveDevice(running, device, { Session: once })).status).toBe(200)
    expect(outcome(await proveDevice(running, device, { Session: once }))).toEqual(USED_SESSION)
    running.clock.now = new Date(running.clock.now.getTime() + 200_000)
    expect(outcome(await proveDevice(running, device, { Session: undefined, withSession: false }))).toEqual(
      NO_FIRST_FACTOR,
    )
  })

  it('never lets a device in without the first factor', async () => {
    const running = await start({ ...always, mfa: 'OFF' })
    const { device } = await newDevice(running)
    expect(outcome(await proveDevice(running, device, { Session: undefined, withSession: false }))).toEqual(
      NO_FIRST_FACTOR,
    )
    await srpSignIn(running, { deviceKey: device.deviceKey, password: 'wrong' })
    expect(outcome(await proveDevice(running, device, { Session: undefined, withSession: false }))).toEqual(
      NO_FIRST_FACTOR,
    )
  })

  it('says that a deleted device is gone, and takes the same signature again without its key', async () => {
    const running = await start(always)
    const { device, tokens } = await newDevice(running, await passMfa(running, await srpSignIn(running)))
    expect(
      (await running.call('ForgetDevice', { AccessToken: tokens.AccessToken, DeviceKey: device.deviceKey })).status,
    ).toBe(200)
    const { first: _, ...answer } = await srpAnswer(running, {
      username: 'alice',
      password: PASSWORD,
      deviceKey: device.deviceKey,
    })
    expect(outcome(await running.call('RespondToAuthChallenge', answer))).toEqual(NO_DEVICE)
    const again = { ...answer, ChallengeResponses: { ...answer.ChallengeResponses, DEVICE_KEY: null } }
    expect((await running.call('RespondToAuthChallenge', again)).body.ChallengeName).toBe('SMS_MFA')
    expect(outcome(await passwordSignIn(running, { DEVICE_KEY: device.deviceKey }))).toEqual(NO_DEVICE)
    expect(outcome(await passwordSignIn(running, { DEVICE_KEY: 'nonsense' }))).toEqual(
      refusal('InvalidParameterException', 'Invalid device key given.'),
    )
    expect(outcome(await passwordSignIn(running, { DEVICE_KEY: device.deviceKey, PASSWORD: 'wrong' }))).toEqual(WRONG)
  })

  it('binds refresh tokens to the device', async () => {
    const running = await start({ ...always, mfa: 'OFF' })
    const { device, tokens } = await newDevice(running)
    const invalid = refusal('NotAuthorizedException', 'Invalid Refresh Token')
    const flow = (parameters: Record<string, string>) =>
      running.call('InitiateAuth', {
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        ClientId: CLIENT_ID,
        AuthParameters: { REFRESH_TOKEN: tokens.RefreshToken, ...parameters },
      })
    const call = (DeviceKey?: string) =>
      running.call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken: tokens.RefreshToken, DeviceKey })
    expect(outcome(await flow({}))).toEqual(invalid)
    expect(outcome(await call())).toEqual(invalid)
    expect(outcome(await call('us-east-1_00000000-0000'))).toEqual(invalid)
    expect((await flow({ DEVICE_KEY: device.deviceKey })).status).toBe(200)
    expect((await call(device.deviceKey)).status).toBe(200)
    await running.call(
      'AdminForgetDevice',
      { UserPoolId: POOL_ID, Username: 'alice', DeviceKey: device.deviceKey },
      SIGNED,
    )
    expect(outcome(await call(device.deviceKey))).toEqual(invalid)
  })
})
