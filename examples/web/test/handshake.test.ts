// The page's account of the conversation, without a browser: nothing left out, nothing given away.
import { bigintEngine, groups } from '@srp6a/srp'
import { FlowError } from 'cognito-srp-flows'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { explain } from '../src/errors.js'
import { observedEngine, type Purpose } from '../src/handshake/engine.js'
import type { Entry, Totals } from '../src/handshake/entry.js'
import { fieldsOf } from '../src/handshake/fields.js'
import { deedOf, refusalOf, replyTitle } from '../src/handshake/narrative.js'
import { Recorder } from '../src/handshake/recorder.js'

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('fields', () => {
  test('a secret is shown by its length only, wherever it stands', () => {
    const secrets = {
      Session: 'session-1',
      AuthenticationResult: { AccessToken: 'token-1', IdToken: 'token-2', RefreshToken: 'token-3' },
      ChallengeResponses: { SMS_MFA_CODE: '123456', NEW_PASSWORD: 'Better-9-Password', EMAIL_OTP_CODE: '654321' },
      SecretCode: 'GEZDGNBVGY3TQOJQ',
      AFieldOfTomorrow: 'who knows',
    }
    const fields = fieldsOf(secrets)
    expect(fields).toHaveLength(9)
    for (const { secrecy, value, length } of fields) expect([secrecy, value, length > 5]).toEqual(['secret', '', true])
  })

  test('what is public is shown as it is, and what is nothing is left out', () => {
    const fields = fieldsOf({
      AuthParameters: { USERNAME: 'ada', DEVICE_KEY: null },
      AvailableChallenges: ['PASSWORD'],
    })
    expect(fields.map(({ name, value, secrecy }) => [name, value, secrecy])).toEqual([
      ['USERNAME', 'ada', 'public'],
      ['AvailableChallenges', '["PASSWORD"]', 'public'],
    ])
  })

  test('a signature is a proof: shown, and said to be worth nothing later', () => {
    expect(fieldsOf({ PASSWORD_CLAIM_SIGNATURE: 'abc=' })[0]).toMatchObject({ secrecy: 'proof', value: 'abc=' })
  })
})

describe('the recorder', () => {
  const conversation = (reply: () => Promise<Response>) => {
    vi.stubGlobal('fetch', reply)
    const told: Entry[] = []
    let totals: Totals | undefined
    const recorder = new Recorder((entry, now) => {
      told.push(entry)
      totals = now
    })
    const send = (operation: string, body: object) =>
      recorder.fetch('http://localhost/', {
        method: 'POST',
        headers: { 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` },
        body: JSON.stringify(body),
        signal: undefined as never,
      })
    return { recorder, told, send, totals: () => totals }
  }
  const json = (body: object, status = 200) =>
    new Response(JSON.stringify(body), { status, headers: { 'server-timing': 'pool;dur=12.50' } })

  test('tells a request, what the pool did, and the reply, and hands the reply on', async () => {
    const { told, send, totals } = conversation(async () => json({ ChallengeName: 'SMS_MFA', Session: 's' }))
    const response = await send('RespondToAuthChallenge', { ChallengeName: 'PASSWORD_VERIFIER' })
    expect(JSON.parse(await response.text())).toEqual({ ChallengeName: 'SMS_MFA', Session: 's' })
    expect(told.map(({ kind, title }) => `${kind}: ${title}`)).toEqual([
      'sent: RespondToAuthChallenge',
      'there: Reaches the same S from the verifier and compares signatures. It never had the password',
      'came: SMS_MFA',
    ])
    expect(told[1]).toMatchObject({ milliseconds: 12.5 })
    // {"ChallengeName":"PASSWORD_VERIFIER"} and {"ChallengeName":"SMS_MFA","Session":"s"}
    expect(totals()).toEqual({ requests: 1, bytes: 37 + 41, arithmetic: 0, withPassword: 0 })
  })

  test.each(['plain', 'with "quotes" and a \\', 'größer-9-Ü'])(
    'finds a password that travels: %s',
    async (password) => {
      const { recorder, send, totals } = conversation(async () => json({}))
      recorder.watchFor(password)
      await send('InitiateAuth', { AuthParameters: { USERNAME: 'ada', SRP_A: 'abc' } })
      expect(totals()?.withPassword).toBe(0)
      await send('InitiateAuth', { AuthParameters: { USERNAME: 'ada', PASSWORD: password } })
      expect(totals()?.withPassword).toBe(1)
    },
  )

  test('a refusal is told as one, whatever its body', async () => {
    const refused = conversation(async () => json({ __type: 'NotAuthorizedException', message: 'No.' }, 400))
    await refused.send('RespondToAuthChallenge', { ChallengeName: 'PASSWORD_VERIFIER' })
    expect(refused.told[1]).toMatchObject({ title: expect.stringContaining('the signatures differ') })
    expect(refused.told[2]).toMatchObject({ title: 'NotAuthorizedException', note: 'No.', failed: true })
    const proxy = conversation(async () => new Response('<html>', { status: 502 }))
    await proxy.send('InitiateAuth', {})
    expect(proxy.told[2]).toMatchObject({ title: 'HTTP 502', failed: true })
  })

  test('a lost connection is told and thrown', async () => {
    const { told, send } = conversation(() => Promise.reject(new TypeError('fetch failed')))
    await expect(send('InitiateAuth', {})).rejects.toThrow('fetch failed')
    expect(told.map(({ kind }) => kind)).toEqual(['sent', 'lost'])
  })

  test('knows what the arithmetic is for', async () => {
    let reply: object = { ChallengeName: 'DEVICE_SRP_AUTH' }
    const { recorder, send } = conversation(async () => json(reply))
    expect(recorder.purpose()).toBe('user')
    await send('RespondToAuthChallenge', {})
    expect(recorder.purpose()).toBe('device')
    reply = { AuthenticationResult: { NewDeviceMetadata: { DeviceKey: 'k' } } }
    await send('RespondToAuthChallenge', {})
    expect(recorder.purpose()).toBe('new-device')
    recorder.clear()
    expect(recorder.purpose()).toBe('user')
  })
})

test.each<Purpose>(['user', 'device', 'new-device'])(
  'the engine gives the same bytes and tells no secret: %s',
  (purpose) => {
    const told: Entry[] = []
    const group = groups.rfc5054_2048
    const ours = observedEngine(
      () => purpose,
      (entry) => told.push(entry),
    ).group(group)
    const theirs = bigintEngine.group(group)
    const bytes = (first: number) => Uint8Array.from({ length: 32 }, (_, i) => (first + i * 37) & 255)
    const values = { B: bytes(1), k: bytes(2), u: bytes(3), x: bytes(4), a: bytes(5) }
    expect(ours.power(values.a)).toEqual(theirs.power(values.a))
    expect(ours.clientSecret(values)).toEqual(theirs.clientSecret(values))
    const text = JSON.stringify(told)
    for (const secret of [values.a, values.x, theirs.clientSecret(values)]) {
      expect(text).not.toContain(Buffer.from(secret).toString('hex').slice(0, 8))
      expect(text).not.toContain(Buffer.from(secret).toString('hex').slice(0, 4).concat(' '))
    }
    expect(told).toHaveLength(2)
    for (const entry of told) expect(entry.kind === 'here' && (entry.milliseconds ?? -1) >= 0).toBe(true)
  },
)

test('every operation and challenge that the stories meet has words of its own', () => {
  expect(deedOf('InitiateAuth', { AuthParameters: { SRP_A: '1' } }).formula).toBe('B = k·v + g^b mod N')
  expect(deedOf('InitiateAuth', { AuthParameters: {} }).title).toContain('how this user may sign in')
  expect(deedOf('RespondToAuthChallenge', { ChallengeName: 'SMS_MFA' }).title).toContain('code')
  expect(refusalOf('TooManyRequestsException', {}).title).toContain('busy')
  expect(replyTitle({ AuthenticationResult: {} })).toEqual({ title: 'Tokens', note: 'signed in' })
  expect(replyTitle({ ChallengeName: 'NEW_ONE' })).toEqual({ title: 'NEW_ONE' })
})

test('errors are put in words that say what to do', () => {
  const service = (name: string, message = '') => Object.assign(new Error(message), { name })
  expect(explain(service('NotAuthorizedException', 'Incorrect username or password.'))).toMatchObject({ wrong: true })
  expect(explain(service('NotAuthorizedException', 'Password attempts exceeded')).title).toMatch(/Too many/)
  expect(
    explain(service('InvalidPasswordException', 'Password did not conform with policy: Password not long enough')),
  ).toEqual({ title: 'That password is too simple', advice: 'Password not long enough', wrong: true })
  expect(explain(new FlowError('network', 'the connection failed')).title).toBe('No connection')
  expect(explain(new FlowError('session-lost', '')).restart).toBe(true)
  expect(explain(service('SomethingNew', 'in its own words')).advice).toBe('in its own words')
  expect(explain('a text').advice).toBe('a text')
})
