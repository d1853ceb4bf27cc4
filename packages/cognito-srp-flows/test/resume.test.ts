import { resume, signIn } from 'cognito-srp-flows'
import { describe, expect, it } from 'vitest'
import { challenge, clientWith, expectKind, scripted, TOKENS } from './scripted.js'

const service = scripted()
const client = clientWith(service.api)

async function saved(name = 'SMS_MFA', parameters = {}) {
  service.say(challenge(name, { USER_ID_FOR_SRP: 'alice', ...parameters }))
  const step = await signIn(client, { username: 'a@b.c', password: 'pass-word', flow: 'USER_PASSWORD_AUTH' })
  return expectKind(step, 'code').save()
}

describe('save and resume', () => {
  it('gives the same step, which sends the same answer', async () => {
    const step = expectKind(resume(client, await saved()), 'code')
    service.say(TOKENS)
    await step.answer('1')
    expect(service.requests.at(-1)?.input).toEqual({
      ClientId: 'client-1',
      ChallengeName: 'SMS_MFA',
      Session: 'session of SMS_MFA',
      ChallengeResponses: { USERNAME: 'alice', SMS_MFA_CODE: '1' },
    })
  })

  it('holds no password and no client secret', async () => {
    service.say(challenge('SMS_MFA'))
    const secret = { ...client, clientSecret: 'client-secret' }
    const step = await signIn(secret, { username: 'a', password: 'pass-word', flow: 'USER_PASSWORD_AUTH' })
    expect(expectKind(step, 'code').save()).not.toMatch(/pass-word|client-secret/)
  })

  const change = async (more: object) => JSON.stringify({ ...JSON.parse(await saved()), ...more })
  it.each([
    [{ v: 2 }, 'version'],
    [{ v: '1' }, 'v has the wrong type'],
    [{ challenge: undefined }, 'challenge is missing'],
    [{ challenge: 5 }, 'challenge has the wrong type'],
    [{ parameters: { a: 1 } }, 'parameters has the wrong type'],
    [{ parameters: [] }, 'parameters has the wrong type'],
    [{ username: null }, 'username is missing'],
    [{ session: 1 }, 'session has the wrong type'],
    [{ alias: {} }, 'alias has the wrong type'],
    [{ deviceKey: [] }, 'deviceKey has the wrong type'],
    [{ choices: 'x' }, 'choices has the wrong type'],
    [{ choices: [1] }, 'choices has the wrong type'],
    [{ secretCode: 1 }, 'secretCode has the wrong type'],
    [{ verified: 'yes' }, 'verified has the wrong type'],
    [{ metadata: undefined }, 'metadata is missing'],
    [{ metadata: { ClientMetadata: 1 } }, 'ClientMetadata has the wrong type'],
    [{ metadata: { ClientMetadata: { a: 1 } } }, 'ClientMetadata has the wrong type'],
    [{ metadata: { UserContextData: 'x' } }, 'UserContextData has the wrong type'],
    [{ plainPassword: 'perhaps' }, 'plainPassword has the wrong type'],
    [{ deviceName: 1 }, 'deviceName has the wrong type'],
    [{ metadata: [] }, 'metadata has the wrong type'],
    [{ challenge: 'WEB_AUTHN' }, 'CREDENTIAL_REQUEST_OPTIONS is missing'],
    [{ challenge: 'SELECT_CHALLENGE' }, 'AvailableChallenges is missing'],
  ])('refuses a text with %j', async (more, message) => {
    const text = await change(more)
    expect(() => resume(client, text)).toThrow(
      expect.objectContaining({ code: 'bad-saved-step', message: expect.stringContaining(message) }),
    )
  })

  it.each(['', 'x', '{', 'null', '[]', '1', '"a"'])('refuses the text %j', (text) => {
    expect(() => resume(client, text)).toThrow(expect.objectContaining({ name: 'FlowError', code: 'bad-saved-step' }))
  })

  it('refuses what is no text', () => {
    expect(() => resume(client, {} as never)).toThrow(TypeError)
  })

  it.each([{ userPoolId: 'us-east-1_other' }, { clientId: 'other' }])(
    'refuses a step of another pool: %j',
    async (other) => {
      const text = await saved()
      expect(() => resume({ ...client, ...other }, text)).toThrow(expect.objectContaining({ code: 'wrong-pool' }))
    },
  )

  it('takes no field from a prototype, and leaves none on it', async () => {
    const text = (await saved()).replace('{"v":1', '{"__proto__":{"session":"evil","polluted":1},"v":1')
    const step = expectKind(resume(client, text), 'code')
    service.say(TOKENS)
    await step.answer('1')
    expect(service.requests.at(-1)?.input.Session).toBe('session of SMS_MFA')
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })
})
