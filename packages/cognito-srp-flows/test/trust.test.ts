// Attacks by a service, a page or a saved text, none of which may succeed.
import { deviceStore, FlowError, memoryDeviceStore, resume, type SignInRequest, signIn } from 'cognito-srp-flows'
import { passwordProofs, signInWith } from 'cognito-srp-flows/lean'
import { describe, expect, it } from 'vitest'
import { challenge, clientWith, exception, expectKind, expectSignedIn, scripted, TOKENS } from './scripted.js'

const ada = { username: 'ada', password: 'p' }
const reveals: [string, object][] = [
  ['PASSWORD', challenge('PASSWORD')],
  ['ADMIN_NO_SRP_AUTH', challenge('ADMIN_NO_SRP_AUTH')],
  ['SELECT_CHALLENGE of PASSWORD alone', challenge('SELECT_CHALLENGE', {}, { AvailableChallenges: ['PASSWORD'] })],
]
const SRP: Partial<SignInRequest>[] = [
  {},
  { flow: 'CUSTOM_AUTH' },
  { flow: 'USER_AUTH', preferredChallenge: 'PASSWORD_SRP' },
]

describe('no silent downgrade', () => {
  describe.each(SRP)('after SRP %j', (how) => {
    it.each(reveals)('%s is unexpected', async (_, reply) => {
      const { api, requests } = scripted(reply)
      const failed = signIn(clientWith(api), { ...ada, ...how })
      await expect(failed).rejects.toMatchObject({ name: 'FlowError', code: 'unexpected-challenge' })
      expect(requests).toHaveLength(1)
    })

    it.each(reveals)('%s is a step where signIn was told so', async (_, reply) => {
      const { api } = scripted(reply)
      const step = await signIn(clientWith(api), { ...ada, ...how, allowPlainPassword: true })
      expect(['password', 'choose-factor']).toContain(step.kind)
    })

    it('and so is it after a step, saved or not', async () => {
      const again = () => scripted(challenge('CUSTOM_CHALLENGE'), challenge('PASSWORD'), challenge('PASSWORD'))
      const client = clientWith(again().api)
      const step = expectKind(await signIn(client, { ...ada, ...how }), 'custom')
      const resumed = expectKind(resume(client, step.save()), 'custom')
      for (const one of [step, resumed]) {
        await expect(one.answer('x')).rejects.toMatchObject({ code: 'unexpected-challenge' })
      }
    })

    it('offers a choice without the plain password', async () => {
      const reply = challenge('SELECT_CHALLENGE', {}, { AvailableChallenges: ['PASSWORD', 'EMAIL_OTP'] })
      const step = expectKind(await signIn(clientWith(scripted(reply).api), { ...ada, ...how }), 'choose-factor')
      expect(step.choices).toEqual(['EMAIL_OTP'])
      await expect(step.answer('PASSWORD', { password: 'p' })).rejects.toThrow(RangeError)
    })
  })

  describe.each(['PASSWORD_VERIFIER', 'PASSWORD_NO_SRP', 'PASSWORD_', 'SRP_NO_SRP'])(
    'a factor of the name %s',
    (name) => {
      const offer = challenge('SELECT_CHALLENGE', {}, { AvailableChallenges: [name] })

      it.each<Partial<SignInRequest>>([...SRP, { flow: 'USER_AUTH', password: undefined }])(
        'gets no password after %j',
        async (how) => {
          const { api, requests } = scripted(offer, challenge('CUSTOM_CHALLENGE'))
          const step = expectKind(await signIn(clientWith(api), { ...ada, ...how }), 'choose-factor')
          await step.answer(name as never, { password: 'the password' })
          expect(JSON.stringify(requests)).not.toContain('the password')
        },
      )

      it('gets none where it is preferred', async () => {
        const { api, requests } = scripted(challenge('CUSTOM_CHALLENGE'))
        const request = {
          username: 'ada',
          password: 'the password',
          flow: 'USER_AUTH',
          preferredChallenge: name,
        } as const
        await signIn(clientWith(api), request)
        expect(JSON.stringify(requests)).not.toContain('the password')
      })
    },
  )

  it.each(['PASSWORD', 'ADMIN_NO_SRP_AUTH'])(
    'nor %s as a step of an app that bundles no handler of it',
    async (name) => {
      const failed = signInWith(passwordProofs, clientWith(scripted(challenge(name)).api), ada)
      await expect(failed).rejects.toMatchObject({ code: 'unexpected-challenge' })
    },
  )

  it('nor after PASSWORD_SRP was chosen', async () => {
    const offer = challenge('SELECT_CHALLENGE', {}, { AvailableChallenges: ['PASSWORD', 'PASSWORD_SRP'] })
    const { api } = scripted(offer, challenge('PASSWORD'))
    const step = expectKind(await signIn(clientWith(api), { username: 'ada', flow: 'USER_AUTH' }), 'choose-factor')
    const failed = step.answer('PASSWORD_SRP', { password: 'p' })
    await expect(failed).rejects.toMatchObject({ code: 'unexpected-challenge' })
  })

  it('a saved step of a text that does not say counts as SRP', () => {
    const saved = { v: 1, userPoolId: 'us-east-1_AbCdEfGhI', clientId: 'client-1', challenge: 'PASSWORD' }
    const text = JSON.stringify({ ...saved, parameters: {}, username: 'ada', metadata: {} })
    expect(() => resume(clientWith(scripted().api), text)).toThrow(expect.objectContaining({ code: 'bad-saved-step' }))
  })

  it('allowPlainPassword is a boolean', async () => {
    const failed = signIn(clientWith(scripted().api), { ...ada, allowPlainPassword: 'no' as never })
    await expect(failed).rejects.toThrow(/^allowPlainPassword: /)
  })
})

describe('half-open steps', () => {
  it('a step whose answer the service took cannot be answered again after device-lost', async () => {
    const { api, requests } = scripted(challenge('SMS_MFA'), challenge('DEVICE_SRP_AUTH'))
    const client = clientWith(api, { devices: memoryDeviceStore() })
    const step = expectKind(await signIn(client, { ...ada, flow: 'USER_PASSWORD_AUTH' }), 'code')
    await expect(step.answer('1')).rejects.toMatchObject({ code: 'device-lost' })
    await expect(step.answer('1')).rejects.toMatchObject({ code: 'session-lost' })
    expect(() => step.save()).toThrow(expect.objectContaining({ code: 'session-lost' }))
    expect(requests).toHaveLength(2)
  })

  it('nor after any other failure that came behind it', async () => {
    const { api, requests } = scripted(challenge('SMS_MFA'), { AuthenticationResult: {} })
    const step = expectKind(await signIn(clientWith(api), { ...ada, flow: 'USER_PASSWORD_AUTH' }), 'code')
    await expect(step.answer('1')).rejects.toMatchObject({ code: 'bad-reply' })
    await expect(step.answer('1')).rejects.toMatchObject({ code: 'session-lost' })
    expect(requests).toHaveLength(2)
  })
})

describe('the record of a device', () => {
  const record = JSON.stringify({ deviceKey: 'k', deviceGroupKey: 'g', devicePassword: 'p' })
  const stored = (name: string) => {
    const records = new Map([[`cognito-srp-flows/us-east-1_AbCdEfGhI/${name}`, record]])
    const devices = deviceStore({
      get: async (key) => records.get(key),
      set: async (key, value) => records.set(key, value),
      remove: async (key) => records.delete(key),
    })
    return { records, devices }
  }

  it.each([
    'User is disabled.',
    'Password attempts exceeded',
    'Unable to verify secret hash for client x',
    'Cannot initiate DEVICE_SRP_AUTH flow without first authenticating',
  ])('stays where the refusal is not about the device: %s', async (message) => {
    const { records, devices } = stored('ada')
    const refusal = exception('NotAuthorizedException', message)
    const { api } = scripted(challenge('DEVICE_SRP_AUTH'), refusal)
    const failed = signIn(clientWith(api, { devices }), { ...ada, flow: 'USER_PASSWORD_AUTH' })
    await expect(failed).rejects.toBe(refusal)
    expect(records.size).toBe(1)
  })

  it('of a key that cannot be read stays, and the sign-in goes on without it', async () => {
    const { records, devices } = stored('ada')
    const { api, requests } = scripted(exception('InvalidParameterException', 'Invalid device key given.'), TOKENS)
    expectSignedIn(await signIn(clientWith(api, { devices }), { ...ada, flow: 'USER_PASSWORD_AUTH' }))
    expect(requests[1]?.input.AuthParameters).not.toHaveProperty('DEVICE_KEY')
    expect(records.size).toBe(1)
  })

  it('is found for a name in other letters, and another user keeps his', async () => {
    const { records, devices } = stored('ada')
    const { api, requests } = scripted(exception('ResourceNotFoundException', 'Device does not exist.'), TOKENS)
    expectSignedIn(await signIn(clientWith(api, { devices }), { ...ada, username: 'ADA', flow: 'USER_PASSWORD_AUTH' }))
    expect(requests[0]?.input.AuthParameters).toMatchObject({ DEVICE_KEY: 'k' })
    expect(records.size).toBe(1)
  })

  it('can be plain values, which come back with the tokens', async () => {
    const device = { deviceKey: 'k', deviceGroupKey: 'g', devicePassword: 'p' }
    const proof = { SALT: 'a1', SRP_B: 'c0ffee', SECRET_BLOCK: 'AAAA' }
    const { api, requests } = scripted(
      challenge('DEVICE_SRP_AUTH'),
      challenge('DEVICE_PASSWORD_VERIFIER', proof),
      TOKENS,
    )
    const step = await signIn(clientWith(api), { ...ada, flow: 'USER_PASSWORD_AUTH', device })
    expect(requests).toHaveLength(3)
    const known = expectSignedIn(step).device
    expect(known).toMatchObject({ ...device, status: 'known' })
    expect(JSON.stringify(known)).not.toContain('devicePassword')
  })
})

describe('own properties, read once', () => {
  it.each([
    ['flow', 'USER_PASSWORD_AUTH'],
    ['clientSecret', 'x'],
    ['allowPlainPassword', true],
    ['preferredChallenge', 'PASSWORD'],
  ])('Object.prototype.%s changes nothing', async (name, value) => {
    const polluted = Object.prototype as Record<string, unknown>
    const { api, requests } = scripted(challenge('SMS_MFA'))
    polluted[name] = value
    try {
      await signIn(clientWith(api), ada)
    } finally {
      delete polluted[name]
    }
    const { AuthFlow, AuthParameters } = (requests[0]?.input ?? {}) as { AuthFlow: string; AuthParameters: object }
    expect(AuthFlow).toBe('USER_SRP_AUTH')
    expect(Object.keys(AuthParameters)).toEqual(['USERNAME', 'SRP_A'])
  })

  it('a getter is asked once', async () => {
    const reads: string[] = []
    const counted = <T extends object>(target: T): T => {
      const copy = {} as T
      for (const [name, value] of Object.entries(target)) {
        const get = () => {
          reads.push(name)
          return value
        }
        Object.defineProperty(copy, name, { enumerable: true, get })
      }
      return copy
    }
    const client = counted(clientWith(scripted(TOKENS).api))
    await signIn(client, counted({ ...ada, flow: 'USER_PASSWORD_AUTH' as const, clientMetadata: { a: 'b' } }))
    expect(reads).toEqual([...new Set(reads)])
  })
})

describe('saved steps and tokens', () => {
  const saved = (more: object) =>
    JSON.stringify({
      ...{ v: 1, userPoolId: 'us-east-1_AbCdEfGhI', clientId: 'client-1', challenge: 'SMS_MFA', session: 's' },
      ...{ parameters: {}, username: 'ada', metadata: {}, ...more },
    })

  it('metadata replaces no other field of a request', async () => {
    const { api, requests } = scripted(TOKENS)
    const metadata = { ChallengeResponses: { USERNAME: 'mallory' }, ClientId: { a: 'b' }, ClientMetadata: { a: 'b' } }
    await expectKind(resume(clientWith(api), saved({ metadata })), 'code').answer('123456')
    expect(requests[0]?.input).toEqual({
      ClientId: 'client-1',
      ChallengeName: 'SMS_MFA',
      Session: 's',
      ClientMetadata: { a: 'b' },
      ChallengeResponses: { USERNAME: 'ada', SMS_MFA_CODE: '123456' },
    })
  })

  it('an error quotes nothing of a damaged text', () => {
    const damaged = saved({ secretCode: 'JBSWY3DPEHPK3PXP' }).replace('PXP"', 'PXP"x')
    try {
      resume(clientWith(scripted().api), damaged)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(FlowError)
      expect((error as FlowError).cause).toBeUndefined()
      expect(String(error)).not.toContain('JBSWY')
    }
  })

  it.each(['a b', 'a\r\nX-Evil: 1', 'a;b', '"', 'ä'])('a token is not %j', async (AccessToken) => {
    const { api } = scripted({ AuthenticationResult: { ...TOKENS.AuthenticationResult, AccessToken } })
    await expect(signIn(clientWith(api), ada)).rejects.toMatchObject({ code: 'bad-reply' })
  })
})

it('an attribute that is required and that the user has may be left out', async () => {
  const listed = { requiredAttributes: '["userAttributes.email"]', userAttributes: '{"email":"u@example.com"}' }
  const { api } = scripted(challenge('NEW_PASSWORD_REQUIRED', listed), TOKENS)
  const step = expectKind(await signIn(clientWith(api), { ...ada, flow: 'USER_PASSWORD_AUTH' }), 'new-password')
  expectSignedIn(await step.answer('New-Horse-1'))
})

it('step-up goes out under the names of the service', async () => {
  const { api, requests } = scripted(TOKENS)
  const request = { username: 'ada', flow: 'USER_AUTH', acrValues: ['a', 'b'], maxAge: 300, accessToken: 't' } as const
  await signIn(clientWith(api), request)
  expect(requests[0]?.input.AuthParameters).toEqual({
    USERNAME: 'ada',
    TARGET_ACR_VALUES: 'a b',
    MAX_AGE: '300',
    ACCESS_TOKEN: 't',
  })
})

describe('options of a sign-in', () => {
  it('of the wrong type are refused by name, so that a saved step can be read again', async () => {
    for (const clientMetadata of [{ n: 5 }, [], 'x', null, { a: undefined }] as never[]) {
      const { api, requests } = scripted(challenge('SMS_MFA'))
      await expect(signIn(clientWith(api), { ...ada, clientMetadata })).rejects.toThrow(/^clientMetadata: /)
      expect(requests).toEqual([])
    }
    const userContextData = [] as never
    await expect(signIn(clientWith(scripted().api), { ...ada, userContextData })).rejects.toThrow(/^userContextData: /)
  })

  it('are those that were given, whatever becomes of the object', async () => {
    const { api, requests } = scripted(challenge('SMS_MFA'), TOKENS)
    const clientMetadata = { tenant: 'mine' }
    const request = { ...ada, flow: 'USER_PASSWORD_AUTH', clientMetadata } as const
    const step = expectKind(await signIn(clientWith(api), request), 'code')
    clientMetadata.tenant = 'another'
    await step.answer('1')
    expect(requests[1]?.input.ClientMetadata).toEqual({ tenant: 'mine' })
  })

  it.each(['USERNAME', 'DEVICE_KEY', 'SECRET_HASH', 'PASSWORD', 'alias', 'deviceKey', 'device', 'choices', 'secrets'])(
    'come from no %s of Object.prototype',
    async (name) => {
      const { api, requests } = scripted(challenge('SMS_MFA'), TOKENS)
      Object.defineProperty(Object.prototype, name, { value: 'planted', configurable: true, writable: true })
      try {
        const step = await signIn(clientWith(api), { ...ada, flow: 'USER_PASSWORD_AUTH' })
        await expectKind(step, 'code').answer('1')
      } finally {
        Reflect.deleteProperty(Object.prototype, name)
      }
      expect(JSON.stringify(requests)).not.toContain('planted')
    },
  )
})
