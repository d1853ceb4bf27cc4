import { FlowError, type PendingStep, resume, signIn } from 'cognito-srp-flows'
import { describe, expect, it } from 'vitest'
import { challenge, clientWith, exception, expectKind, scripted, TOKENS } from '../scripted.js'

const start = { username: 'alice@example.com', password: 'pw', flow: 'USER_PASSWORD_AUTH' } as const

/** Signs in to a service that asks `asked` and then takes anything; the step, and what its answer sent. */
async function asked(name: string, parameters: Record<string, string> = {}, more: object = {}) {
  const service = scripted(challenge(name, parameters, more), TOKENS)
  const step = (await signIn(clientWith(service.api), start)) as PendingStep
  return { step, sent: () => service.requests.at(-1)?.input, ...service }
}

describe('codes', () => {
  it.each([
    ['SMS_MFA', 'sms', 'SMS_MFA_CODE'],
    ['SMS_OTP', 'sms', 'SMS_OTP_CODE'],
    ['EMAIL_OTP', 'email', 'EMAIL_OTP_CODE'],
    ['SOFTWARE_TOKEN_MFA', 'totp', 'SOFTWARE_TOKEN_MFA_CODE'],
  ])('%s is a code by %s, answered as %s with the real user name and the session', async (name, via, field) => {
    const { step, sent } = await asked(name, { USER_ID_FOR_SRP: 'alice', CODE_DELIVERY_DESTINATION: 'a***' })
    expect(step).toMatchObject({ kind: 'code', challenge: name, via, sentTo: 'a***' })
    expect((await expectKind(step, 'code').answer('123456')).kind).toBe('signed-in')
    expect(sent()).toEqual({
      ClientId: 'client-1',
      ChallengeName: name,
      Session: `session of ${name}`,
      ChallengeResponses: { USERNAME: 'alice', [field]: '123456' },
    })
  })

  it('names the authenticator app', async () => {
    const { step } = await asked('SOFTWARE_TOKEN_MFA', { FRIENDLY_DEVICE_NAME: 'phone' })
    expect(step).toMatchObject({ deviceName: 'phone' })
    expect(step).not.toHaveProperty('sentTo')
  })

  it('answers with the name that was typed when the service names no other', async () => {
    const { step, sent } = await asked('SMS_MFA')
    await expectKind(step, 'code').answer('1')
    expect(sent()).toMatchObject({ ChallengeResponses: { USERNAME: 'alice@example.com' } })
  })

  it('refuses an empty code before it asks anybody, and stays usable', async () => {
    const { step, requests } = await asked('SMS_MFA')
    const code = expectKind(step, 'code')
    await expect(code.answer('')).rejects.toThrow(new TypeError('code: expected a non-empty string'))
    expect(requests).toHaveLength(1)
    expect((await code.answer('1')).kind).toBe('signed-in')
  })
})

describe('new password', () => {
  const parameters = {
    USER_ID_FOR_SRP: 'alice',
    requiredAttributes: '["userAttributes.email","name"]',
    userAttributes: '{"email":"","phone_number_verified":"true"}',
  }

  it('names the attributes without their prefix and sends them with it', async () => {
    const { step, sent } = await asked('NEW_PASSWORD_REQUIRED', parameters)
    const ask = expectKind(step, 'new-password')
    expect(ask.requiredAttributes).toEqual(['email', 'name'])
    expect(ask.attributes).toEqual({ email: '', phone_number_verified: 'true' })
    await ask.answer('New-passw0rd', { email: 'a@b.c', name: 'Alice', 'custom:team': 'x' })
    expect(sent()).toMatchObject({
      ChallengeResponses: {
        USERNAME: 'alice',
        NEW_PASSWORD: 'New-passw0rd',
        'userAttributes.email': 'a@b.c',
        'userAttributes.name': 'Alice',
        'userAttributes.custom:team': 'x',
      },
    })
  })

  it('names a required attribute that is missing, and stays usable', async () => {
    const { step } = await asked('NEW_PASSWORD_REQUIRED', parameters)
    const ask = expectKind(step, 'new-password')
    await expect(ask.answer('x', { email: 'a@b.c' })).rejects.toThrow(/^attributes\.name: /)
    await expect(ask.answer('', { email: 'a@b.c', name: 'A' })).rejects.toThrow(/^newPassword: /)
    expect((await ask.answer('x', { email: 'a@b.c', name: 'A' })).kind).toBe('signed-in')
  })

  it('does without the lists', async () => {
    const { step } = await asked('NEW_PASSWORD_REQUIRED')
    expect(step).toMatchObject({ requiredAttributes: [], attributes: {} })
  })
})

describe('choices', () => {
  it('SELECT_MFA_TYPE sends what was chosen, and only what was offered', async () => {
    const { step, sent } = await asked('SELECT_MFA_TYPE', { MFAS_CAN_CHOOSE: '["SMS_MFA","SOFTWARE_TOKEN_MFA"]' })
    const ask = expectKind(step, 'choose-mfa')
    expect(ask.choices).toEqual(['SMS_MFA', 'SOFTWARE_TOKEN_MFA'])
    await expect(ask.answer('EMAIL_OTP')).rejects.toThrow(RangeError)
    await ask.answer('SMS_MFA')
    expect(sent()).toMatchObject({ ChallengeResponses: { ANSWER: 'SMS_MFA' } })
  })

  it('SELECT_CHALLENGE brings the password, or SRP_A, in the same call', async () => {
    const choices = { AvailableChallenges: ['PASSWORD', 'PASSWORD_SRP', 'WEB_AUTHN'] }
    const first = await asked('SELECT_CHALLENGE', {}, choices)
    const ask = expectKind(first.step, 'choose-factor')
    expect(ask.choices).toEqual(choices.AvailableChallenges)
    await expect(ask.answer('PASSWORD')).rejects.toThrow(/^password: /)
    await ask.answer('PASSWORD', { password: 'secret' })
    const responses = { USERNAME: 'alice@example.com', ANSWER: 'PASSWORD', PASSWORD: 'secret' }
    expect(first.sent()).toMatchObject({ ChallengeResponses: responses })

    const second = await asked('SELECT_CHALLENGE', {}, choices)
    await expectKind(second.step, 'choose-factor').answer('PASSWORD_SRP', { password: 'secret' })
    const sent = second.sent()?.ChallengeResponses
    expect(sent).toMatchObject({ ANSWER: 'PASSWORD_SRP', SRP_A: expect.stringMatching(/^[0-9a-f]{700,768}$/i) })
    expect(sent).not.toHaveProperty('PASSWORD')

    const third = await asked('SELECT_CHALLENGE', {}, choices)
    await expectKind(third.step, 'choose-factor').answer('WEB_AUTHN')
    expect(third.sent()?.ChallengeResponses).toEqual({ USERNAME: 'alice@example.com', ANSWER: 'WEB_AUTHN' })
  })
})

describe('password, custom and the rest', () => {
  it.each(['PASSWORD', 'ADMIN_NO_SRP_AUTH'])('%s sends the password', async (name) => {
    const { step, sent } = await asked(name)
    await expectKind(step, 'password').answer('secret')
    expect(sent()).toMatchObject({ ChallengeName: name, ChallengeResponses: { PASSWORD: 'secret' } })
  })

  it('PASSWORD_SRP sends SRP_A and no password', async () => {
    const { step, sent } = await asked('PASSWORD_SRP')
    await expectKind(step, 'password').answer('secret')
    expect(Object.keys(sent()?.ChallengeResponses as object).sort()).toEqual(['SRP_A', 'USERNAME'])
  })

  it('CUSTOM_CHALLENGE goes on for as many rounds as it takes', async () => {
    const rounds = Array.from({ length: 20 }, (_, index) => challenge('CUSTOM_CHALLENGE', { round: String(index) }))
    const service = scripted(...rounds, TOKENS)
    let step = await signIn(clientWith(service.api), { username: 'a', flow: 'CUSTOM_AUTH' })
    for (let index = 0; index < 20; index++) {
      const ask = expectKind(step, 'custom')
      expect(ask.parameters).toEqual({ round: String(index) })
      step = await ask.answer(`answer ${index}`)
    }
    expect(step.kind).toBe('signed-in')
  })

  it.each(['TELEPATHY', 'constructor', '__proto__', 'toString'])(
    '%s, unknown, can be answered by hand',
    async (name) => {
      const { step, sent } = await asked(name, { hint: 'h' })
      const ask = expectKind(step, 'other')
      expect(ask).toMatchObject({ challenge: name, parameters: { hint: 'h' } })
      await expect(ask.answer({ NUMBER: 1 } as never)).rejects.toThrow(/^responses\.NUMBER: /)
      await expect(ask.answer(null as never)).rejects.toThrow(/^responses: /)
      await ask.answer({ THOUGHT: 'a' })
      expect(sent()).toMatchObject({ ChallengeName: name, ChallengeResponses: { THOUGHT: 'a' } })
    },
  )
})

describe('a step takes one answer', () => {
  it('is used up by an answer the service took', async () => {
    const { step, requests } = await asked('SMS_MFA')
    const ask = expectKind(step, 'code')
    await ask.answer('1')
    await expect(ask.answer('2')).rejects.toMatchObject({ name: 'FlowError', code: 'step-used' })
    expect(() => ask.save()).toThrow(expect.objectContaining({ code: 'step-used' }))
    expect(requests).toHaveLength(2)
  })

  it('refuses a second answer while the first is on its way', async () => {
    const { step, requests } = await asked('SMS_MFA')
    const ask = expectKind(step, 'code')
    const [first, second] = await Promise.allSettled([ask.answer('1'), ask.answer('2')])
    expect(first.status).toBe('fulfilled')
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'step-used' } })
    expect(requests).toHaveLength(2)
  })

  it.each([
    ['CodeMismatchException', 'Invalid verification code provided, please try again.'],
    ['ExpiredCodeException', 'x'],
    ['TooManyRequestsException', 'x'],
    ['InternalErrorException', 'x'],
    ['TypeError', 'fetch failed'],
  ])('stays usable after %s, which passes untouched', async (name, message) => {
    const refusal = exception(name, message)
    const service = scripted(challenge('SMS_MFA'), refusal, TOKENS)
    const ask = expectKind(await signIn(clientWith(service.api), start), 'code')
    await expect(ask.answer('1')).rejects.toBe(refusal)
    expect(resume(clientWith(service.api), ask.save()).kind).toBe('code')
    expect((await ask.answer('2')).kind).toBe('signed-in')
  })

  it.each(['Invalid session for the user.', 'Invalid session for the user, session is expired.'])(
    'says to start again: %s',
    async (message) => {
      const refusal = exception('NotAuthorizedException', message)
      const service = scripted(challenge('SMS_MFA'), refusal)
      const ask = expectKind(await signIn(clientWith(service.api), start), 'code')
      const error = await ask.answer('1').catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(FlowError)
      expect(error).toMatchObject({ code: 'session-lost', cause: refusal, message: expect.stringContaining('signIn') })
      await expect(ask.answer('1')).rejects.toMatchObject({ code: 'session-lost' })
      expect(service.requests).toHaveLength(2)
    },
  )
})

describe('what goes with the requests', () => {
  const context = {
    clientMetadata: { tenant: 'a' },
    analyticsMetadata: { AnalyticsEndpointId: 'e' },
    userContextData: { EncodedData: 'd', IpAddress: '192.0.2.1' },
  }
  const wire = {
    ClientMetadata: context.clientMetadata,
    AnalyticsMetadata: context.analyticsMetadata,
    UserContextData: context.userContextData,
  }

  it('goes with every request, and an answer may replace it', async () => {
    const service = scripted(challenge('CUSTOM_CHALLENGE'), challenge('CUSTOM_CHALLENGE'), TOKENS)
    const first = expectKind(await signIn(clientWith(service.api), { ...start, ...context }), 'custom')
    const second = expectKind(await first.answer('1', { clientMetadata: { tenant: 'b' } }), 'custom')
    await second.answer('2')
    expect(service.requests.map(({ input }) => input)).toMatchObject([
      wire,
      { ...wire, ClientMetadata: { tenant: 'b' } },
      wire,
    ])
  })

  it('survives save and resume', async () => {
    const service = scripted(challenge('CUSTOM_CHALLENGE'), TOKENS)
    const client = clientWith(service.api)
    const step = expectKind(await signIn(client, { ...start, ...context }), 'custom')
    await expectKind(resume(client, step.save()), 'custom').answer('1')
    expect(service.requests[1]?.input).toMatchObject(wire)
  })

  it('hands the signal of each call to its own requests', async () => {
    const service = scripted(challenge('CUSTOM_CHALLENGE'), TOKENS)
    const [one, two] = [new AbortController().signal, new AbortController().signal]
    const step = expectKind(await signIn(clientWith(service.api), { ...start, signal: one }), 'custom')
    await step.answer('1', { signal: two })
    expect(service.requests.map(({ signal }) => signal)).toEqual([one, two])
    expect(service.requests[0]?.signal).toBe(one)
  })
})
