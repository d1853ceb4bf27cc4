import {
  type Flow,
  forgetDevice,
  listDevices,
  memoryDeviceStore,
  refresh,
  rememberDevice,
  type Step,
  signIn,
} from 'cognito-srp-flows'
import type { UserPool } from 'cognito-user-pool-emulator'
import { describe, expect, it } from 'vitest'
import { expectKind, expectSignedIn } from '../scripted.js'
import { ALICE, overTransports, plainPasswordFlow, start } from '../transports.js'
import { conversation } from './support.js'

const options = (deviceTracking: 'always' | 'opt-in' | 'off') => ({
  deviceTracking,
  mfa: 'OPTIONAL' as const,
  users: [{ ...ALICE, mfa: { sms: true } }],
})

/** Answers the code that a device the service does not remember is asked for. */
async function withCode(step: Step, emulator: UserPool) {
  return expectSignedIn(await expectKind(step, 'code').answer(emulator.outbox.last()?.code ?? ''))
}

overTransports('devices', (transport) => {
  describe.each(['USER_SRP_AUTH', 'plain'] as const)('%s', (kind) => {
    const flow: Flow = kind === 'plain' ? plainPasswordFlow(transport) : kind

    it('signs in without MFA once it is remembered, by user name and by alias', async () => {
      const { client, emulator } = await start(transport, options('always'), {
        devices: memoryDeviceStore(),
        clientSecret: 's',
      })
      const alias = { ...ALICE, username: 'alice@example.com', flow }
      const first = await withCode(await signIn(client, alias), emulator)
      expect(first.device).toMatchObject({ status: 'confirmed', deviceKey: expect.stringMatching(/^us-east-1_/) })
      const names = conversation(emulator)
      for (const request of [alias, { ...ALICE, flow }]) {
        const again = expectSignedIn(await signIn(client, request))
        const proof = ['DEVICE_SRP_AUTH', 'DEVICE_PASSWORD_VERIFIER']
        expect(names.splice(0).slice(1)).toEqual(kind === 'plain' ? proof : ['PASSWORD_VERIFIER', ...proof])
        expect(again.device).toMatchObject({ deviceKey: first.device?.deviceKey, status: 'known' })
      }
    })

    it('asks for MFA again, and becomes a new device, after it was deleted on the server', async () => {
      const { client, emulator } = await start(transport, options('always'), { devices: memoryDeviceStore() })
      const first = await withCode(await signIn(client, { ...ALICE, flow }), emulator)
      const deviceKey = first.device?.deviceKey ?? ''
      const { devices: _, ...elsewhere } = client
      await forgetDevice(elsewhere, { accessToken: first.tokens.accessToken, deviceKey })
      const second = await withCode(await signIn(client, { ...ALICE, flow }), emulator)
      expect(second.device).toMatchObject({ status: 'confirmed' })
      expect(second.device?.deviceKey).not.toBe(deviceKey)
      expect(expectSignedIn(await signIn(client, { ...ALICE, flow })).device?.deviceKey).toBe(second.device?.deviceKey)
    })
  })

  it('is remembered only with consent where the pool wants it', async () => {
    const { client, emulator } = await start(transport, options('opt-in'), { devices: memoryDeviceStore() })
    const first = await withCode(await signIn(client, ALICE), emulator)
    expect(first.device?.status).toBe('ask-user')
    // A device that is not remembered signs in as if there were none, and is given a new key.
    const second = await withCode(await signIn(client, ALICE), emulator)
    const deviceKey = second.device?.deviceKey ?? ''
    expect(second.device).toMatchObject({ deviceKey, status: 'ask-user' })
    expect(deviceKey).not.toBe(first.device?.deviceKey)
    const { accessToken } = second.tokens
    await rememberDevice(client, { accessToken, deviceKey })
    expect(expectSignedIn(await signIn(client, ALICE)).device).toMatchObject({ deviceKey, status: 'known' })
    await rememberDevice(client, { accessToken, deviceKey, remember: false })
    expect((await signIn(client, ALICE)).kind).toBe('code')
  })

  it('does not matter where the pool tracks none', async () => {
    const { client, emulator } = await start(transport, options('off'), { devices: memoryDeviceStore() })
    expect((await withCode(await signIn(client, ALICE), emulator)).device).toBeUndefined()
  })

  it('is listed and forgotten, here and on the server', async () => {
    const { client, emulator } = await start(transport, options('always'), { devices: memoryDeviceStore() })
    const { tokens, device } = await withCode(await signIn(client, ALICE), emulator)
    const { accessToken } = tokens
    const deviceKey = device?.deviceKey ?? ''
    expect(await listDevices(client, { accessToken })).toMatchObject([{ deviceKey, created: expect.any(Date) }])
    await forgetDevice(client, { accessToken, deviceKey })
    expect(await listDevices(client, { accessToken })).toEqual([])
    expect((await signIn(client, ALICE)).kind).toBe('code')
  })

  it('must be named when its tokens are refreshed', async () => {
    const { client, emulator } = await start(transport, options('always'), { devices: memoryDeviceStore() })
    const { tokens, device } = await withCode(
      await signIn(client, { ...ALICE, username: 'alice@example.com' }),
      emulator,
    )
    const refreshToken = tokens.refreshToken ?? ''
    await expect(refresh(client, { refreshToken })).rejects.toMatchObject({ message: 'Invalid Refresh Token' })
    const named = [{ username: 'alice@example.com' }, { username: ALICE.username }, { deviceKey: device?.deviceKey }]
    for (const name of named) {
      for (const flow of [undefined, 'REFRESH_TOKEN_AUTH'] as const) {
        expect((await refresh(client, { refreshToken, flow, ...name })).refreshToken).toBe(refreshToken)
      }
    }
  })
})
