import { type CognitoAnswer, cognitoVerifier, startCognitoServer } from '@srp6a/srp/cognito'
import { deviceStore, memoryDeviceStore, rememberDevice, resume, signIn } from 'cognito-srp-flows'
import { describe, expect, it } from 'vitest'
import { challenge, clientWith, exception, expectKind, expectSignedIn, scripted } from '../scripted.js'
import { accessToken, DEVICE, KEY, newDevice, plain, remembered, tokens, visibleStore } from './support.js'

const KEYS = { deviceKey: DEVICE.DeviceKey, deviceGroupKey: DEVICE.DeviceGroupKey }

describe('a new device', () => {
  it('is confirmed at once and kept as one record under the real name, found by the alias', async () => {
    const { confirmed, records, step } = await remembered()
    expect(step.device).toEqual({ ...KEYS, status: 'confirmed' })
    expect(confirmed).toEqual({
      AccessToken: accessToken('älice'),
      DeviceKey: DEVICE.DeviceKey,
      DeviceSecretVerifierConfig: { Salt: expect.any(String), PasswordVerifier: expect.any(String) },
    })
    expect([...records.keys()]).toEqual([KEY('älice'), KEY('a@b.c')])
    const record = JSON.parse(records.get(KEY('älice')) ?? '')
    expect(record).toEqual({
      deviceKey: DEVICE.DeviceKey,
      deviceGroupKey: DEVICE.DeviceGroupKey,
      devicePassword: expect.stringMatching(/^[\w+/]{54}==$/),
    })
    expect(records.get(KEY('a@b.c'))).toBe('{"username":"älice"}')
  })

  it('registers the verifier of the password it keeps', async () => {
    const { confirmed, records } = await remembered()
    const { devicePassword } = JSON.parse(records.get(KEY('älice')) ?? '')
    const { Salt, PasswordVerifier } = confirmed.DeviceSecretVerifierConfig as Record<string, string>
    const hex = (base64 = '') => Buffer.from(base64, 'base64').toString('hex').replace(/^00/, '')
    const [scope, userId] = [DEVICE.DeviceGroupKey, DEVICE.DeviceKey]
    const verifier = cognitoVerifier({ scope, userId, password: devicePassword, salt: hex(Salt) })
    expect(hex(PasswordVerifier)).toBe(verifier.toLowerCase().replace(/^00/, ''))
  })

  it('waits for the user where the pool asks for consent', async () => {
    const service = scripted(newDevice, { UserConfirmationNecessary: true }, {}, {})
    const client = clientWith(service.api, { devices: memoryDeviceStore() })
    const step = expectSignedIn(await signIn(client, plain))
    expect(step.device?.status).toBe('ask-user')
    const request = { accessToken: step.tokens.accessToken, deviceKey: DEVICE.DeviceKey }
    await rememberDevice(client, request)
    await rememberDevice(client, { ...request, remember: false })
    const sent = { AccessToken: request.accessToken, DeviceKey: DEVICE.DeviceKey }
    expect(service.requests.slice(2).map(({ operation, input }) => [operation, input])).toEqual([
      ['UpdateDeviceStatus', { ...sent, DeviceRememberedStatus: 'remembered' }],
      ['UpdateDeviceStatus', { ...sent, DeviceRememberedStatus: 'not_remembered' }],
    ])
  })

  it('that cannot be confirmed is reported; the sign-in stands and nothing is kept', async () => {
    const refusal = exception('InvalidParameterException', 'x')
    const service = scripted(newDevice, refusal)
    const { devices, records } = visibleStore()
    const step = expectSignedIn(await signIn(clientWith(service.api, { devices }), plain))
    expect(step.device).toEqual({ ...KEYS, status: 'failed', error: refusal })
    expect(records.size).toBe(0)
  })

  it('that cannot be stored is reported likewise', async () => {
    const full = new Error('QuotaExceededError')
    const devices = deviceStore({ get: async () => null, set: () => Promise.reject(full), remove: async () => {} })
    const service = scripted(newDevice, {})
    const step = expectSignedIn(await signIn(clientWith(service.api, { devices }), plain))
    expect(step.device).toMatchObject({ status: 'failed', error: full })
  })

  it('is offered, and left alone, without a store', async () => {
    const service = scripted(newDevice)
    const step = expectSignedIn(await signIn(clientWith(service.api), plain))
    expect(step.device).toEqual({ ...KEYS, status: 'new' })
    expect(service.requests).toHaveLength(1)
  })
})

describe('a remembered device', () => {
  it('proves itself without the user: by alias, with a handshake of its own', async () => {
    const { client, requests, say, confirmed, records } = await remembered()
    const { devicePassword } = JSON.parse(records.get(KEY('älice')) ?? '')
    const salt = Buffer.from((confirmed.DeviceSecretVerifierConfig as { Salt: string }).Salt, 'base64').toString('hex')
    const identity = { scope: DEVICE.DeviceGroupKey, userId: DEVICE.DeviceKey, salt }
    const verifier = cognitoVerifier({ ...identity, password: devicePassword })
    const server = startCognitoServer({ ...identity, verifier })
    const parameters = {
      SALT: server.SALT,
      SRP_B: server.SRP_B,
      SECRET_BLOCK: 'c2VjcmV0',
      DEVICE_KEY: DEVICE.DeviceKey,
    }
    let verified = false
    say(
      challenge('DEVICE_SRP_AUTH', { USERNAME: 'älice' }),
      challenge('DEVICE_PASSWORD_VERIFIER', { ...parameters, USERNAME: 'älice' }),
      (input: { ChallengeResponses: Record<string, string> }) => {
        server.verify({
          ...(requests[1]?.input.ChallengeResponses as object),
          ...input.ChallengeResponses,
        } as unknown as CognitoAnswer)
        verified = true
        return tokens()
      },
    )
    const step = expectSignedIn(await signIn(client, plain))
    expect(verified).toBe(true)
    expect(step.device).toEqual({ ...KEYS, status: 'known' })
    const key = { DEVICE_KEY: DEVICE.DeviceKey }
    expect(requests.map(({ input }) => input)).toMatchObject([
      { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'a@b.c', ...key } },
      {
        ChallengeName: 'DEVICE_SRP_AUTH',
        Session: 'session of DEVICE_SRP_AUTH',
        ChallengeResponses: { USERNAME: 'älice', ...key },
      },
      { ChallengeName: 'DEVICE_PASSWORD_VERIFIER', ChallengeResponses: { USERNAME: 'älice', ...key } },
    ])
  })

  it('sends its key with every answer, also after save and resume', async () => {
    const { client, requests, say } = await remembered()
    say(challenge('SMS_MFA', { USER_ID_FOR_SRP: 'älice' }), tokens())
    const step = expectKind(await signIn(client, plain), 'code')
    await expectKind(resume(client, step.save()), 'code').answer('1')
    expect(requests[1]?.input).toMatchObject({ ChallengeResponses: { DEVICE_KEY: DEVICE.DeviceKey } })
  })

  it('is found at the first reply that names the real user', async () => {
    const { client, requests, say, records } = await remembered()
    records.delete(KEY('a@b.c'))
    say(challenge('SMS_MFA', { USER_ID_FOR_SRP: 'älice' }), tokens())
    await expectKind(await signIn(client, plain), 'code').answer('1')
    expect(requests[0]?.input.AuthParameters).not.toHaveProperty('DEVICE_KEY')
    expect(requests[1]?.input).toMatchObject({ ChallengeResponses: { DEVICE_KEY: DEVICE.DeviceKey } })
  })

  const gone = exception('ResourceNotFoundException', 'Device does not exist.')
  it.each([gone])(
    'that the service does not know (%s) is forgotten, and the same answer goes out once more without it',
    async (refusal) => {
      const { client, requests, say, records } = await remembered()
      say(challenge('SMS_MFA', { USER_ID_FOR_SRP: 'älice' }), refusal, tokens())
      const step = expectKind(await signIn(client, plain), 'code')
      expect(expectSignedIn(await step.answer('1')).device).toBeUndefined()
      expect(records.has(KEY('älice'))).toBe(false)
      const [, first, second] = requests.map(({ input }) => input.ChallengeResponses as Record<string, string>)
      const { DEVICE_KEY, ...rest } = first ?? {}
      expect(DEVICE_KEY).toBe(DEVICE.DeviceKey)
      expect(second).toEqual(rest)
    },
  )

  it('that the first request finds gone does not stop the sign-in', async () => {
    const { client, requests, say } = await remembered()
    say(gone, tokens())
    expectSignedIn(await signIn(client, plain))
    expect(requests[1]?.input.AuthParameters).toEqual({ USERNAME: 'a@b.c', PASSWORD: 'p' })
  })

  it('is resent once and not more', async () => {
    const { client, requests, say } = await remembered()
    say(gone, gone, tokens())
    await expect(signIn(client, plain)).rejects.toBe(gone)
    expect(requests).toHaveLength(2)
  })

  it.each([gone, exception('NotAuthorizedException', 'Incorrect username or password.')])(
    'whose proof is refused (%s) is forgotten, and the error says to start again',
    async (refusal) => {
      const { client, say, records } = await remembered()
      say(challenge('DEVICE_SRP_AUTH'), refusal)
      const failed = signIn(client, plain)
      await expect(failed).rejects.toMatchObject({ name: 'FlowError', code: 'device-lost', cause: refusal })
      expect(records.has(KEY('älice'))).toBe(false)
    },
  )

  it('another one, confirmed meanwhile in another window, is not forgotten', async () => {
    const { client, say, records } = await remembered()
    const other = JSON.stringify({ deviceKey: 'other', deviceGroupKey: 'g', devicePassword: 'p' })
    say(() => {
      records.set(KEY('älice'), other)
      return gone
    }, tokens())
    expectSignedIn(await signIn(client, plain))
    expect(records.get(KEY('älice'))).toBe(other)
  })

  it('without a store here is a step for the caller; without its record, a reason to start again', async () => {
    const service = scripted(challenge('DEVICE_SRP_AUTH'), challenge('DEVICE_SRP_AUTH'))
    const client = clientWith(service.api)
    expect(await signIn(client, plain)).toMatchObject({ kind: 'other', challenge: 'DEVICE_SRP_AUTH' })
    const failed = signIn({ ...client, devices: memoryDeviceStore() }, plain)
    await expect(failed).rejects.toMatchObject({ name: 'FlowError', code: 'device-lost' })
  })

  it('is not named by a step that is resumed where no devices are kept', async () => {
    const { client, requests, say } = await remembered()
    say(challenge('SMS_MFA', { USER_ID_FOR_SRP: 'älice' }), tokens())
    const saved = expectKind(await signIn(client, plain), 'code').save()
    const { devices: _, ...elsewhere } = client
    expectSignedIn(await expectKind(resume(elsewhere, saved), 'code').answer('1'))
    expect(requests[1]?.input.ChallengeResponses).not.toHaveProperty('DEVICE_KEY')
  })
})
