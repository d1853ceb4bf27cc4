import { webStorage } from 'srp6a-tools/testing/web-storage.js'
import { describe, expect, it } from 'vitest'
import { amazonClient } from '../support/amazon.js'
import { NO_DEVICE, newDevice, proveDevice } from '../support/devices.js'
import { alice, CLIENT_ID, PASSWORD, POOL_ID, SIGNED, start } from '../support/pool.js'
import { srpSignIn } from '../support/sign-in.js'
import { outcome, refusal, WRONG } from '../support/wire.js'

describe('ConfirmDevice', () => {
  it('refuses numbers that Java would read as negative, and does not check the verifier', async () => {
    const running = await start({ deviceTracking: 'always' })
    const tokens = (await srpSignIn(running)).body.AuthenticationResult
    const { DeviceKey } = tokens.NewDeviceMetadata
    const confirm = (Salt: string, PasswordVerifier: string, key = DeviceKey) =>
      running
        .call('ConfirmDevice', {
          AccessToken: tokens.AccessToken,
          DeviceKey: key,
          DeviceSecretVerifierConfig: { Salt, PasswordVerifier },
        })
        .then(outcome)
    const negative = (what: string) => refusal('InvalidParameterException', `negative value passed for ${what}`)
    expect(await confirm('gAAA', 'AQAA')).toEqual(negative('salt'))
    expect(await confirm('AQAA', '/////w==')).toEqual(negative('password verifier'))
    expect(await confirm('AQAA', '***')).toMatchObject({ status: 400 })
    expect(await confirm('AQAA', 'AQAA', 'us-east-1_00000000-0000-4000-8000-000000000000')).toEqual(NO_DEVICE)
    expect(await confirm('AQAA', 'AQAA', 'x')).toEqual(
      refusal(
        'InvalidParameterException',
        "1 validation error detected: Value 'x' at 'deviceKey' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-f-]+",
      ),
    )
    expect(await confirm('AQAA', 'AQAA')).toEqual({ status: 200, body: { UserConfirmationNecessary: false } })
    const { body } = await srpSignIn(running, { deviceKey: DeviceKey })
    const device = {
      deviceKey: DeviceKey,
      deviceGroupKey: tokens.NewDeviceMetadata.DeviceGroupKey,
      devicePassword: 'x',
    }
    expect(outcome(await proveDevice(running, device, { Session: body.Session }))).toEqual(WRONG)
  })

  it('is needed before a device exists for a sign-in', async () => {
    const running = await start({ deviceTracking: 'always' })
    const tokens = (await srpSignIn(running)).body.AuthenticationResult
    const deviceKey = tokens.NewDeviceMetadata.DeviceKey
    expect(outcome(await srpSignIn(running, { deviceKey }))).toEqual(NO_DEVICE)
    for (const DeviceKey of [undefined, deviceKey]) {
      const request = { ClientId: CLIENT_ID, RefreshToken: tokens.RefreshToken, DeviceKey }
      expect(outcome(await running.call('GetTokensFromRefreshToken', request))).toEqual(
        refusal('NotAuthorizedException', 'Invalid Refresh Token'),
      )
    }
  })
})

describe('a pool where the user opts in', () => {
  it('asks for confirmation, and skips MFA only for remembered devices', async () => {
    const running = await start({ deviceTracking: 'opt-in', mfa: 'OPTIONAL', users: [alice()] })
    const { device, tokens, confirmed } = await newDevice(running)
    const { AccessToken } = tokens
    expect(confirmed.body).toEqual({ UserConfirmationNecessary: true })
    await running.call('SetUserMFAPreference', { AccessToken, SMSMfaSettings: { Enabled: true } })
    expect((await srpSignIn(running, { deviceKey: device.deviceKey })).body.ChallengeName).toBe('SMS_MFA')
    const update = (DeviceRememberedStatus: string) =>
      running.call('UpdateDeviceStatus', { AccessToken, DeviceKey: device.deviceKey, DeviceRememberedStatus })
    expect((await update('maybe')).body.__type).toBe('InvalidParameterException')
    expect((await update('remembered')).status).toBe(200)
    expect((await srpSignIn(running, { deviceKey: device.deviceKey })).body.ChallengeName).toBe('DEVICE_SRP_AUTH')
    expect((await update('not_remembered')).status).toBe(200)
    expect((await srpSignIn(running, { deviceKey: device.deviceKey })).body.ChallengeName).toBe('SMS_MFA')
  })

  it('lists, shows and forgets devices, for the user and for an administrator', async () => {
    const running = await start({ deviceTracking: 'opt-in' })
    const { device, tokens } = await newDevice(running)
    await newDevice(running)
    const { AccessToken } = tokens
    const own = (await running.call('ListDevices', { AccessToken, Limit: 1 })).body
    expect(own.Devices).toHaveLength(1)
    const rest = (await running.call('ListDevices', { AccessToken, PaginationToken: own.PaginationToken })).body
    expect(rest.Devices).toHaveLength(1)
    expect(rest.PaginationToken).toBeUndefined()
    const shown = (await running.call('GetDevice', { AccessToken, DeviceKey: device.deviceKey })).body.Device
    expect(shown).toMatchObject({ DeviceKey: device.deviceKey, DeviceCreateDate: running.clock.now.getTime() / 1000 })
    expect(shown.DeviceAttributes).toContainEqual({ Name: 'dev:device_remembered_status', Value: 'not_remembered' })
    const admin = { UserPoolId: POOL_ID, Username: 'alice' }
    expect((await running.call('AdminListDevices', admin, SIGNED)).body.Devices).toHaveLength(2)
    await running.call(
      'AdminUpdateDeviceStatus',
      { ...admin, DeviceKey: device.deviceKey, DeviceRememberedStatus: 'remembered' },
      SIGNED,
    )
    const seen = (await running.call('AdminGetDevice', { ...admin, DeviceKey: device.deviceKey }, SIGNED)).body.Device
    expect(seen.DeviceAttributes).toContainEqual({ Name: 'dev:device_remembered_status', Value: 'remembered' })
    expect((await running.call('AdminListDevices', admin)).body.__type).toBe('MissingAuthenticationTokenException')
    await running.call('ForgetDevice', { AccessToken, DeviceKey: device.deviceKey })
    expect(outcome(await running.call('GetDevice', { AccessToken, DeviceKey: device.deviceKey }))).toEqual(NO_DEVICE)
  })
})

describe('amazon-cognito-identity-js', () => {
  it('confirms a device, signs in with it, and survives its deletion', async () => {
    const running = await start({ deviceTracking: 'always' })
    const operations: string[] = []
    running.pool.onExchange(({ operation, request, status }) => {
      operations.push(`${operation} ${request.ChallengeName ?? request.AuthFlow ?? ''} ${status}`)
    })
    const amazon = amazonClient(running.server.url, webStorage())
    const signIn = () => amazon('alice', PASSWORD)
    await signIn()
    expect(operations.splice(0)).toEqual([
      'InitiateAuth USER_SRP_AUTH 200',
      'RespondToAuthChallenge PASSWORD_VERIFIER 200',
      'ConfirmDevice  200',
    ])
    await signIn()
    expect(operations.splice(0)).toEqual([
      'InitiateAuth USER_SRP_AUTH 200',
      'RespondToAuthChallenge PASSWORD_VERIFIER 200',
      'RespondToAuthChallenge DEVICE_SRP_AUTH 200',
      'RespondToAuthChallenge DEVICE_PASSWORD_VERIFIER 200',
    ])
    running.pool.faults.add({
      kind: 'device-wiped',
      operation: 'RespondToAuthChallenge',
      challenge: 'PASSWORD_VERIFIER',
    })
    await signIn()
    expect(operations.splice(0)).toEqual([
      'InitiateAuth USER_SRP_AUTH 200',
      'RespondToAuthChallenge PASSWORD_VERIFIER 400',
      'RespondToAuthChallenge PASSWORD_VERIFIER 200',
      'ConfirmDevice  200',
    ])
  })
})
