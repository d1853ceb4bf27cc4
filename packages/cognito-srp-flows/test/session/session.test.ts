import { FlowError, signIn } from 'cognito-srp-flows'
import { createSession, memoryStorage } from 'cognito-srp-flows/session'
import { describe, expect, it } from 'vitest'
import { expectKind } from '../scripted.js'
import { clientOf, exception, KEY, kindsOf, rotatingService, SIGN_IN, sessionOf, slowStorage } from './support.js'

function setUp(more: object = {}, storage = memoryStorage()) {
  let clock = Date.parse('2026-11-28T12:00:00Z')
  const now = () => clock
  const service = rotatingService(now)
  const client = clientOf(service.api, now)
  const session = sessionOf(client, storage, more)
  return {
    service,
    state: service.state,
    client,
    session,
    storage,
    pass: (seconds: number) => (clock += seconds * 1000),
  }
}

const network = new FlowError('network', 'the connection failed')

describe('a sign-in', () => {
  it('is stored when its last step is answered, and read by the next session', async () => {
    const { client, session, storage } = setUp()
    expect(await session.tokens()).toBeUndefined()
    expect(await session.user()).toBeUndefined()
    const step = expectKind(await session.signIn({ ...SIGN_IN, password: 'code-wanted' }), 'code')
    expect(await session.tokens()).toBeUndefined()
    const done = expectKind(await step.answer('123456'), 'signed-in')
    const next = sessionOf(client, storage)
    expect(await next.tokens()).toEqual(done.tokens)
    expect(await next.user()).toMatchObject({
      username: 'alice',
      claims: { email: 'alice@example.com', name: 'Ålice' },
    })
  })

  it('of the function signIn is stored by follow', async () => {
    const { client, session } = setUp()
    const step = await session.follow(await signIn(client, SIGN_IN))
    expect(await session.tokens()).toEqual(expectKind(step, 'signed-in').tokens)
  })

  it('keeps what is not enumerable of a step', async () => {
    const { session } = setUp()
    const step = expectKind(await session.signIn({ ...SIGN_IN, password: 'code-wanted' }), 'code')
    expect(step.save()).toContain('SMS_MFA')
    await step.answer('1')
    await expect(step.answer('1')).rejects.toMatchObject({ code: 'step-used' })
  })
})

describe('tokens', () => {
  it('are replaced ahead of their end, and no sooner', async () => {
    const { session, service, pass } = setUp()
    await session.signIn(SIGN_IN)
    const first = await session.tokens()
    pass(3600 - 121)
    expect(await session.tokens()).toEqual(first)
    pass(2)
    const second = await session.tokens()
    expect(second?.refreshToken).toBe('refresh-2')
    expect(await session.tokens()).toEqual(second)
    expect(service.refreshes()).toBe(1)
  })

  it('of a short life are replaced after half of it', async () => {
    const { session, service, pass } = setUp({ refreshAhead: 6000 })
    await session.signIn(SIGN_IN)
    pass(1799)
    await session.tokens()
    expect(service.refreshes()).toBe(0)
    pass(2)
    await session.tokens()
    expect(service.refreshes()).toBe(1)
  })

  it.each([-7200, 7200])('allow for a clock that is %i seconds off', async (ahead) => {
    const { session, service, state, client, storage, pass } = setUp()
    state.ahead = ahead
    await session.signIn(SIGN_IN)
    await session.tokens()
    pass(3000)
    await sessionOf(client, storage).tokens()
    expect(service.refreshes()).toBe(0)
    pass(500)
    await session.tokens()
    expect(service.refreshes()).toBe(1)
  })

  it('go by a given skew instead', async () => {
    const { session, service, state } = setUp({ clockSkew: 0 })
    state.ahead = -7200
    await session.signIn(SIGN_IN)
    await session.tokens()
    expect(service.refreshes()).toBe(1)
  })

  it('are refreshed once for all who ask at the same time', async () => {
    const { session, service } = setUp()
    await session.signIn(SIGN_IN)
    const all = await Promise.all(Array.from({ length: 20 }, () => session.tokens({ refresh: true })))
    expect(service.refreshes()).toBe(1)
    expect(new Set(all.map((one) => one?.refreshToken))).toEqual(new Set(['refresh-2']))
  })

  it('are not refreshed with refresh: false', async () => {
    const { session, service, pass } = setUp()
    await session.signIn(SIGN_IN)
    pass(3599)
    expect((await session.tokens({ refresh: false }))?.refreshToken).toBe('refresh-1')
    pass(2)
    expect(await session.tokens({ refresh: false })).toBeUndefined()
    expect(service.refreshes()).toBe(0)
  })

  it.each([network, exception('TooManyRequestsException'), exception('InternalErrorException')])(
    'survive %s: the old ones serve while they last, then the fault is thrown',
    async (fault) => {
      const { session, state, pass } = setUp()
      const { kinds } = kindsOf(session)
      await session.signIn(SIGN_IN)
      state.before = async () => {
        throw fault
      }
      pass(3500)
      expect((await session.tokens())?.refreshToken).toBe('refresh-1')
      await expect(session.tokens({ refresh: true })).rejects.toBe(fault)
      pass(200)
      await expect(session.tokens()).rejects.toBe(fault)
      state.before = async () => {}
      expect((await session.tokens())?.refreshToken).toBe('refresh-2')
      expect(kinds).toEqual(['signed-in', 'refreshed'])
    },
  )

  it.each([
    'NotAuthorizedException',
    'RefreshTokenReuseException',
    'UserNotFoundException',
    'PasswordResetRequiredException',
  ])('end with the session on %s', async (name) => {
    const { session, state, storage } = setUp()
    const { kinds, events } = kindsOf(session)
    await session.signIn(SIGN_IN)
    const refusal = exception(name)
    state.before = async () => {
      throw refusal
    }
    expect(await session.tokens({ refresh: true })).toBeUndefined()
    expect(await session.tokens()).toBeUndefined()
    expect(storage.get(KEY)).toBeUndefined()
    expect(kinds).toEqual(['signed-in', 'expired'])
    expect(events[1]).toEqual({ kind: 'expired', error: refusal, elsewhere: false })
  })

  it('do not end because a client secret is wrong', async () => {
    const { session, state } = setUp()
    await session.signIn(SIGN_IN)
    state.before = async () => {
      throw exception('NotAuthorizedException', 'Unable to verify client secret for client 1example')
    }
    await expect(session.tokens({ refresh: true })).rejects.toThrow('client secret')
    expect(await session.user()).toMatchObject({ username: 'alice' })
  })

  it('are replaced after a clock that was ahead is set right: they seem to last for longer than they ever did', async () => {
    const { service, session, state, pass } = setUp()
    state.ahead = -86_400
    await session.signIn(SIGN_IN)
    expect(await session.tokens()).toMatchObject({ tokenType: 'Bearer', accessToken: expect.any(String) })
    expect(service.refreshes()).toBe(0)
    state.ahead = 0
    pass(-86_400 + 7200)
    const expired = (await session.tokens())?.accessToken
    expect(service.refreshes()).toBe(1)
    // Measured again: no refresh at each call.
    expect((await session.tokens())?.accessToken).toBe(expired)
    expect(service.refreshes()).toBe(1)
  })

  it('cannot be changed by a caller', async () => {
    const { session, storage, client } = setUp()
    await session.signIn(SIGN_IN)
    for (const one of [session, sessionOf(client, storage)]) {
      expect(Object.isFrozen(await one.tokens())).toBe(true)
      expect(Object.isFrozen(await one.tokens({ refresh: true }))).toBe(true)
    }
  })

  it('without a refresh token last to their end', async () => {
    const { client, service, session, pass } = setUp()
    const { kinds } = kindsOf(session)
    const { RefreshToken: _, ...result } = service.result()
    await session.follow(
      await signIn({ ...client, api: { call: async () => ({ AuthenticationResult: result }) } }, SIGN_IN),
    )
    pass(3599)
    expect((await session.tokens())?.accessToken).toBe(result.AccessToken)
    expect((await session.tokens({ refresh: true }))?.accessToken).toBe(result.AccessToken)
    pass(2)
    expect(await session.tokens()).toBeUndefined()
    expect(kinds).toEqual(['signed-in', 'expired'])
  })

  it('name the device of the sign-in when they are refreshed', async () => {
    const { client, service, session } = setUp()
    const result = service.result()
    const { claims } = {
      claims: JSON.parse(Buffer.from(result.AccessToken.split('.')[1] ?? '', 'base64url').toString()),
    }
    const AccessToken = `e30.${Buffer.from(JSON.stringify({ ...claims, device_key: 'us-east-1_d' })).toString('base64url')}.c2ln`
    const api = { call: async () => ({ AuthenticationResult: { ...result, AccessToken } }) }
    await session.follow(await signIn({ ...client, api }, SIGN_IN))
    await session.tokens({ refresh: true })
    expect(service.calls.at(-1)?.input).toMatchObject({ DeviceKey: 'us-east-1_d' })
  })
})

describe('signOut', () => {
  it('empties the storage, then revokes the refresh token', async () => {
    const { session, service, state, storage } = setUp()
    const { kinds } = kindsOf(session)
    await session.signIn(SIGN_IN)
    state.before = async () => expect(storage.get(KEY)).toBeUndefined()
    await session.signOut()
    expect(service.calls.at(-1)).toEqual({
      operation: 'RevokeToken',
      input: { Token: 'refresh-1', ClientId: 'client-1' },
    })
    expect(await session.tokens()).toBeUndefined()
    expect(kinds).toEqual(['signed-in', 'signed-out'])
  })

  it('everywhere takes an access token that is valid', async () => {
    const { session, service, pass } = setUp()
    await session.signIn(SIGN_IN)
    pass(4000)
    await session.signOut({ everywhere: true })
    const [refreshed, out] = service.calls.slice(-2)
    expect(refreshed?.operation).toBe('GetTokensFromRefreshToken')
    expect(out?.operation).toBe('GlobalSignOut')
    expect(await session.user()).toBeUndefined()
  })

  it('empties the storage when the network fails, and says so', async () => {
    const { session, state, storage } = setUp()
    await session.signIn(SIGN_IN)
    state.before = async () => {
      throw network
    }
    await expect(session.signOut()).rejects.toBe(network)
    expect(storage.get(KEY)).toBeUndefined()
    expect(await session.user()).toBeUndefined()
    await expect(session.signOut()).resolves.toBeUndefined()
  })

  it('does not mind a token that was revoked before', async () => {
    const { session, state } = setUp()
    await session.signIn(SIGN_IN)
    state.before = async () => {
      throw exception('NotAuthorizedException', 'Refresh Token has been revoked')
    }
    await expect(session.signOut()).resolves.toBeUndefined()
  })

  it('is not undone by a refresh under way', async () => {
    const storage = slowStorage()
    const { service, session, state } = setUp({}, storage)
    await session.signIn(SIGN_IN)
    let answer = () => {}
    state.before = (operation) =>
      operation === 'GetTokensFromRefreshToken' ? new Promise((done) => (answer = () => done())) : Promise.resolve()
    const late = session.tokens({ refresh: true })
    await new Promise((done) => setTimeout(done, 20))
    await session.signOut()
    answer()
    expect(await late).toBeUndefined()
    expect(storage.values.size).toBe(0)
    // The token that came too late is good at the service, and no one else knows it.
    const revoked = service.calls.filter(({ operation }) => operation === 'RevokeToken').map(({ input }) => input.Token)
    expect(revoked).toEqual(['refresh-1', 'refresh-2'])
  })
})

describe('createSession', () => {
  const { client } = setUp()
  const storage = memoryStorage()

  it.each<[unknown, unknown, RegExp]>([
    [undefined, { storage }, /^client: /],
    [{ ...client, clientId: '' }, { storage }, /^client.clientId: /],
    [client, undefined, /^request: |^options: /],
    [client, {}, /^storage: expected an object/],
    [client, { storage: {} }, /^storage.get: expected a function/],
    [client, { storage: { getItem() {} } }, /^storage.setItem: expected a function/],
    [client, { storage, refreshAhead: -1 }, /^refreshAhead: expected a number of seconds/],
    [client, { storage, refreshAhead: '60' }, /^refreshAhead: /],
    [client, { storage, clockSkew: Number.NaN }, /^clockSkew: /],
  ])('%#: a wrong argument is named', (badClient, options, message) => {
    expect(() => createSession(badClient as never, options as never)).toThrow(message)
  })

  it('a function that subscribes twice is called until both have left', async () => {
    const { session } = setUp()
    let calls = 0
    const listener = () => void calls++
    const leave = session.subscribe(listener)
    session.subscribe(listener)
    leave()
    leave()
    await session.signIn(SIGN_IN)
    await session.user()
    expect(calls).toBe(1)
  })

  it('subscribe wants a function', () => {
    expect(() => sessionOf(client, storage).subscribe(undefined as never)).toThrow(/^listener: expected a function/)
  })
})
