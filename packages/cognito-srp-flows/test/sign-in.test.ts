import {
  type CognitoAnswer,
  cognitoVerifier,
  parseUserPoolId,
  secretHash,
  startCognitoServer,
} from '@srp6a/srp/cognito'
import { type AppClient, type SignInRequest, signIn } from 'cognito-srp-flows'
import { describe, expect, it } from 'vitest'
import { challenge, clientWith, exception, expectSignedIn, scripted, TOKENS } from './scripted.js'

const NOW = new Date('2026-01-01T00:05:09Z')
const USER = { alias: 'alice@example.com', username: '3f2a-alice', password: 'pässwörd' }

/** A service that checks the SRP of one user, whose alias, user name and id may all differ. */
function srpService(client: Partial<AppClient> = {}, idForSrp = USER.username) {
  const scope = parseUserPoolId('us-east-1_AbCdEfGhI').poolName
  const salt = 'f0e1d2c3b4a5968778695a4b3c2d1e0f'
  const verifier = cognitoVerifier({ scope, userId: idForSrp, password: USER.password, salt })
  const server = startCognitoServer({ scope, userId: idForSrp, salt, verifier })
  const service = scripted(
    () => ({
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeParameters: {
        SALT: server.SALT,
        SRP_B: server.SRP_B,
        SECRET_BLOCK: 'c2VjcmV0IGJsb2Nr',
        USERNAME: USER.username,
        USER_ID_FOR_SRP: idForSrp,
      },
    }),
    (input: Record<string, unknown>) => {
      const first = service.requests[0]?.input.AuthParameters as object
      try {
        server.verify({ ...first, ...(input.ChallengeResponses as object) } as CognitoAnswer)
        return TOKENS
      } catch {
        return exception('NotAuthorizedException', 'Incorrect username or password.')
      }
    },
  )
  return { client: clientWith(service.api, { now: () => NOW, ...client }), ...service }
}

describe('USER_SRP_AUTH', () => {
  it('signs with USER_ID_FOR_SRP, and answers with the real user name', async () => {
    for (const idForSrp of [USER.username, 'yet-another-id']) {
      const { client, requests } = srpService({}, idForSrp)
      const step = await signIn(client, { username: USER.alias, password: USER.password })
      expect(expectSignedIn(step).tokens).toEqual({
        accessToken: 'access',
        idToken: 'id',
        refreshToken: 'refresh',
        tokenType: 'Bearer',
        expiresIn: 3600,
      })
      expect(requests.map(({ input }) => input)).toEqual([
        {
          ClientId: 'client-1',
          AuthFlow: 'USER_SRP_AUTH',
          AuthParameters: { USERNAME: USER.alias, SRP_A: expect.stringMatching(/^[0-9a-f]+$/) },
        },
        {
          ClientId: 'client-1',
          ChallengeName: 'PASSWORD_VERIFIER',
          ChallengeResponses: {
            USERNAME: USER.username,
            PASSWORD_CLAIM_SECRET_BLOCK: 'c2VjcmV0IGJsb2Nr',
            PASSWORD_CLAIM_SIGNATURE: expect.stringMatching(/^[\w+/]{43}=$/),
            TIMESTAMP: 'Thu Jan 1 00:05:09 UTC 2026',
          },
        },
      ])
    }
  })

  it('hashes the secret over the name in the same request', async () => {
    const clientSecret = 's3cret'
    const { client, requests } = srpService({ clientSecret })
    await signIn(client, { username: USER.alias, password: USER.password })
    const hash = (username: string) => secretHash({ username, clientId: 'client-1', clientSecret })
    expect(requests[0]?.input).toMatchObject({ AuthParameters: { SECRET_HASH: hash(USER.alias) } })
    expect(requests[1]?.input).toMatchObject({ ChallengeResponses: { SECRET_HASH: hash(USER.username) } })
  })

  it('passes the refusal of a wrong password on untouched', async () => {
    const { client } = srpService()
    await expect(signIn(client, { username: USER.alias, password: 'wrong' })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    })
  })

  it('prints no tokens with the step, but prints them when asked', async () => {
    const { client } = srpService()
    const step = expectSignedIn(await signIn(client, { username: USER.alias, password: USER.password }))
    expect(JSON.stringify(step)).toBe(`{"kind":"signed-in","username":"${USER.username}"}`)
    expect(JSON.parse(JSON.stringify(step.tokens)).accessToken).toBe('access')
  })
})

describe('the first request of the other flows', () => {
  const srp = { SRP_A: expect.stringMatching(/^[0-9a-f]+$/) }
  it.each<[string, Omit<SignInRequest, 'username'>, object]>([
    ['USER_PASSWORD_AUTH', { password: 'p' }, { PASSWORD: 'p' }],
    ['ADMIN_USER_PASSWORD_AUTH', { password: 'p' }, { PASSWORD: 'p' }],
    ['ADMIN_NO_SRP_AUTH', { password: 'p' }, { PASSWORD: 'p' }],
    ['CUSTOM_AUTH', {}, {}],
    ['CUSTOM_AUTH', { password: 'p' }, { CHALLENGE_NAME: 'SRP_A', ...srp }],
    ['USER_AUTH', {}, {}],
    ['USER_AUTH', { password: 'not needed' }, {}],
    ['USER_AUTH', { preferredChallenge: 'EMAIL_OTP' }, { PREFERRED_CHALLENGE: 'EMAIL_OTP' }],
    [
      'USER_AUTH',
      { preferredChallenge: 'PASSWORD', password: 'p' },
      { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: 'p' },
    ],
    [
      'USER_AUTH',
      { preferredChallenge: 'PASSWORD_SRP', password: 'p' },
      { PREFERRED_CHALLENGE: 'PASSWORD_SRP', ...srp },
    ],
  ])('%s %j', async (flow, given, parameters) => {
    const service = scripted(TOKENS)
    await signIn(clientWith(service.api), { username: 'alice', flow: flow as 'USER_AUTH', ...given })
    expect(service.requests).toHaveLength(1)
    expect(service.requests[0]?.input).toEqual({
      ClientId: 'client-1',
      AuthFlow: flow,
      AuthParameters: { USERNAME: 'alice', ...parameters },
    })
  })

  it('USER_AUTH takes the session that a confirmed sign-up returned', async () => {
    const service = scripted(TOKENS)
    await signIn(clientWith(service.api), { username: 'alice', flow: 'USER_AUTH', session: 'from ConfirmSignUp' })
    expect(service.requests[0]?.input).toMatchObject({ Session: 'from ConfirmSignUp' })
  })
})

describe('what a caller can get wrong', () => {
  const service = scripted()
  const client = clientWith(service.api)
  const right = { username: 'alice', password: 'p' }
  it.each<[string, unknown, unknown, new () => Error]>([
    ['userPoolId', { ...client, userPoolId: '' }, right, TypeError],
    ['clientId', { ...client, clientId: undefined }, right, TypeError],
    ['client.api', { ...client, api: undefined }, right, TypeError],
    ['client.devices', { ...client, devices: { get() {}, set() {}, remove() {} } }, right, TypeError],
    ['username', client, { ...right, username: '' }, TypeError],
    ['username', client, { ...right, username: undefined }, TypeError],
    ['password', client, { username: 'alice' }, TypeError],
    ['password', client, { ...right, password: '' }, TypeError],
    ['password', client, { ...right, password: 5 }, TypeError],
    ['password', client, { username: 'alice', flow: 'USER_AUTH', preferredChallenge: 'PASSWORD' }, TypeError],
    ['flow', client, { ...right, flow: 'USER_SRP' }, RangeError],
    ['flow', client, { ...right, flow: 'REFRESH_TOKEN_AUTH' }, RangeError],
    ['session', client, { username: 'alice', flow: 'USER_AUTH', session: 5 }, TypeError],
  ])('%s', async (name, badClient, request, kind) => {
    const error = await signIn(badClient as AppClient, request as SignInRequest).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(kind)
    expect(error).toMatchObject({ message: expect.stringContaining(name) })
    expect(service.requests).toHaveLength(0)
  })

  it('an invalid user pool id', async () => {
    const again = srpService({ userPoolId: 'AbCdEfGhI' })
    await expect(signIn(again.client, right)).rejects.toThrow(/userPoolId/)
    expect(again.requests).toHaveLength(0)
  })
})

describe('what a service can get wrong', () => {
  const result = TOKENS.AuthenticationResult
  it.each<[unknown, string]>([
    [undefined, 'the reply is not an object'],
    ['x', 'the reply is not an object'],
    [[], 'the reply is not an object'],
    [{}, 'ChallengeName is missing'],
    [{ ChallengeName: 5 }, 'ChallengeName has the wrong type'],
    [Object.create({ ChallengeName: 'SMS_MFA' }), 'ChallengeName is missing'],
    [challenge('SMS_MFA', [] as never), 'ChallengeParameters has the wrong type'],
    [challenge('SMS_MFA', { a: 1 } as never), 'ChallengeParameters has the wrong type'],
    [challenge('SMS_MFA', {}, { Session: {} }), 'Session has the wrong type'],
    [challenge('SELECT_CHALLENGE', {}, { AvailableChallenges: 'x' }), 'AvailableChallenges has the wrong type'],
    [challenge('SELECT_CHALLENGE'), 'AvailableChallenges is missing'],
    [challenge('SELECT_MFA_TYPE'), 'MFAS_CAN_CHOOSE is missing'],
    [challenge('SELECT_MFA_TYPE', { MFAS_CAN_CHOOSE: '[' }), 'MFAS_CAN_CHOOSE is not JSON'],
    [challenge('SELECT_MFA_TYPE', { MFAS_CAN_CHOOSE: '"SMS_MFA"' }), 'MFAS_CAN_CHOOSE has the wrong type'],
    [challenge('MFA_SETUP'), 'MFAS_CAN_SETUP is missing'],
    [challenge('NEW_PASSWORD_REQUIRED', { requiredAttributes: '{}' }), 'requiredAttributes has the wrong type'],
    [challenge('NEW_PASSWORD_REQUIRED', { userAttributes: '[]' }), 'userAttributes has the wrong type'],
    [challenge('PASSWORD_VERIFIER'), 'USER_ID_FOR_SRP is missing'],
    [challenge('PASSWORD_VERIFIER', { USER_ID_FOR_SRP: 'a' }), 'SALT is missing'],
    [challenge('PASSWORD_VERIFIER', { USER_ID_FOR_SRP: 'a', SALT: '1' }), 'SRP_B is missing'],
    [challenge('PASSWORD_VERIFIER', { USER_ID_FOR_SRP: 'a', SALT: '1', SRP_B: '2' }), 'SECRET_BLOCK is missing'],
    [{ AuthenticationResult: [] }, 'AuthenticationResult has the wrong type'],
    [{ AuthenticationResult: {} }, 'AccessToken is missing'],
    [{ AuthenticationResult: { ...result, IdToken: null } }, 'IdToken is missing'],
    [{ AuthenticationResult: { ...result, ExpiresIn: '3600' } }, 'ExpiresIn has the wrong type'],
    [{ AuthenticationResult: { ...result, RefreshToken: 5 } }, 'RefreshToken has the wrong type'],
  ])('%j: bad-reply, naming the field', async (reply, message) => {
    const service = scripted(reply)
    const error = await signIn(clientWith(service.api), { username: 'a', password: 'p' }).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({ name: 'FlowError', code: 'bad-reply', message })
    expect(service.requests).toHaveLength(1)
  })

  it('PASSWORD_VERIFIER where no SRP_A was sent', async () => {
    const service = scripted(
      challenge('PASSWORD_VERIFIER', { USER_ID_FOR_SRP: 'a', SALT: '1', SRP_B: '2', SECRET_BLOCK: '' }),
    )
    const request = { username: 'a', password: 'p', flow: 'USER_PASSWORD_AUTH' } as const
    await expect(signIn(clientWith(service.api), request)).rejects.toMatchObject({ code: 'unexpected-challenge' })
  })

  it.each(['0', '', 'zz', 'ab'.repeat(2000)])('SRP_B = %.8s: an SrpError, and no answer', async (SRP_B) => {
    const parameters = { USER_ID_FOR_SRP: 'a', SALT: '1', SRP_B, SECRET_BLOCK: 'AAAA' }
    const service = scripted(challenge('PASSWORD_VERIFIER', parameters))
    const failed = signIn(clientWith(service.api), { username: 'a', password: 'p' })
    await expect(failed).rejects.toMatchObject({ name: 'SrpError', code: expect.any(String) })
    expect(service.requests).toHaveLength(1)
  })
})
