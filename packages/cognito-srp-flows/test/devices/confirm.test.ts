import { confirmDevice, getDevice, memoryDeviceStore, signIn } from 'cognito-srp-flows'
import { describe, expect, it } from 'vitest'
import { challenge, clientWith, exception, expectKind, expectSignedIn, scripted, TOKENS } from '../scripted.js'
import { DEVICE, newDevice, plain, tokens } from './support.js'

const KEYS = { deviceKey: DEVICE.DeviceKey, deviceGroupKey: DEVICE.DeviceGroupKey }

describe('confirmDevice', () => {
  it('gives the three values that the next sign-in takes, and hides the password', async () => {
    const service = scripted(newDevice, {}, TOKENS)
    const client = clientWith(service.api)
    const {
      device,
      tokens: { accessToken },
    } = expectSignedIn(await signIn(client, plain))
    expect(device).toEqual({ ...KEYS, status: 'new' })
    const request = { ...KEYS, accessToken, deviceName: 'my browser' }
    const confirmed = await confirmDevice(client, request)
    expect(confirmed).toEqual({ ...KEYS, status: 'confirmed' })
    expect(confirmed.devicePassword).toHaveLength(56)
    expect(service.requests[1]).toMatchObject({
      operation: 'ConfirmDevice',
      input: {
        AccessToken: accessToken,
        DeviceKey: DEVICE.DeviceKey,
        DeviceName: 'my browser',
        DeviceSecretVerifierConfig: { Salt: expect.any(String), PasswordVerifier: expect.any(String) },
      },
    })
    const known = expectSignedIn(await signIn(client, { ...plain, device: confirmed as Required<typeof confirmed> }))
    expect(service.requests[2]?.input).toMatchObject({ AuthParameters: { DEVICE_KEY: DEVICE.DeviceKey } })
    expect(known.device).toEqual({ ...KEYS, status: 'known' })
  })

  it('says where the user has to agree, leaves out a name that was not given, and passes a refusal on', async () => {
    const refusal = exception('NotAuthorizedException', 'Access Token has expired')
    const service = scripted({ UserConfirmationNecessary: true }, refusal, { UserConfirmationNecessary: 'yes' })
    const client = clientWith(service.api)
    const request = { ...KEYS, accessToken: 'a.b.c' }
    expect(await confirmDevice(client, request)).toMatchObject({ status: 'ask-user' })
    expect(service.requests[0]?.input).not.toHaveProperty('DeviceName')
    await expect(confirmDevice(client, request)).rejects.toBe(refusal)
    await expect(confirmDevice(client, request)).rejects.toMatchObject({ code: 'bad-reply' })
  })
})

describe('deviceName of signIn', () => {
  it('names a new device in ConfirmDevice, after a step that was saved too', async () => {
    const service = scripted(challenge('SMS_MFA'), newDevice, {})
    const client = clientWith(service.api, { devices: memoryDeviceStore() })
    const step = await signIn(client, { ...plain, deviceName: 'the tablet' })
    expectSignedIn(await expectKind(step, 'code').answer('123456'))
    expect(service.requests.at(-1)).toMatchObject({ operation: 'ConfirmDevice', input: { DeviceName: 'the tablet' } })
  })
})

describe('getDevice', () => {
  it('reads one device', async () => {
    const service = scripted({
      Device: {
        DeviceKey: DEVICE.DeviceKey,
        DeviceAttributes: [{ Name: 'device_name', Value: 'phone' }, { Name: 'last_ip_used' }],
        DeviceCreateDate: 1767225600,
      },
    })
    const request = { accessToken: 'a.b.c', deviceKey: DEVICE.DeviceKey }
    expect(await getDevice(clientWith(service.api), request)).toEqual({
      deviceKey: DEVICE.DeviceKey,
      attributes: { device_name: 'phone', last_ip_used: '' },
      created: new Date('2026-01-01'),
    })
    const input = { AccessToken: 'a.b.c', DeviceKey: DEVICE.DeviceKey }
    expect(service.requests).toMatchObject([{ operation: 'GetDevice', input }])
  })

  it.each([
    [{}, 'Device is missing'],
    [{ Device: {} }, 'DeviceKey is missing'],
  ])('names what is missing in %j', async (reply, message) => {
    const failed = getDevice(clientWith(scripted(reply).api), { accessToken: 'a', deviceKey: 'k' })
    await expect(failed).rejects.toMatchObject({ code: 'bad-reply', message })
  })
})

it('a device that the service names later stays the one of the sign-in', async () => {
  const device = { ...KEYS, devicePassword: 'p' }
  const service = scripted(tokens())
  const step = expectSignedIn(await signIn(clientWith(service.api), { ...plain, device }))
  expect(JSON.stringify(step.device)).not.toContain('devicePassword')
  expect(step.device?.devicePassword).toBe('p')
})
