// The challenge ADMIN_NO_SRP_AUTH: "PASSWORD, USERNAME, SECRET_HASH" (service model, ChallengeResponses).
import { describe, expect, it } from 'vitest'
import { CLIENT_ID, PASSWORD, POOL_ID, type Running, SIGNED, start } from '../support/pool.js'
import { refusal, USED_SESSION } from '../support/wire.js'

const begin = ({ call }: Running, AuthFlow: string, username = 'alice') =>
  call(
    'AdminInitiateAuth',
    { UserPoolId: POOL_ID, ClientId: CLIENT_ID, AuthFlow, AuthParameters: { USERNAME: username } },
    SIGNED,
  )

const answer = ({ call }: Running, Session: string, responses: Record<string, string> = {}, prefix = 'Admin') =>
  call(
    `${prefix}RespondToAuthChallenge`,
    {
      ...(prefix === '' ? {} : { UserPoolId: POOL_ID }),
      ClientId: CLIENT_ID,
      ChallengeName: 'ADMIN_NO_SRP_AUTH',
      Session,
      ChallengeResponses: { USERNAME: 'alice', PASSWORD, ...responses },
    },
    SIGNED,
  )

const asking = (settings = {}) => start({ assumptions: { adminAsksForPassword: true }, ...settings })

describe('where it is assumed to be asked', () => {
  it.each(['ADMIN_NO_SRP_AUTH', 'ADMIN_USER_PASSWORD_AUTH'])('comes to %s without a password', async (flow) => {
    const running = await asking()
    const { body } = await begin(running, flow)
    expect(body).toMatchObject({ ChallengeName: 'ADMIN_NO_SRP_AUTH', ChallengeParameters: { USERNAME: 'alice' } })
    const done = await answer(running, body.Session)
    expect(done.body.AuthenticationResult).toMatchObject({ TokenType: 'Bearer' })
    expect(await answer(running, body.Session)).toMatchObject(USED_SESSION)
  })

  it('takes no wrong password, and none from a client without credentials', async () => {
    const running = await asking()
    const { body } = await begin(running, 'ADMIN_NO_SRP_AUTH')
    const wrong = refusal('NotAuthorizedException', 'Incorrect username or password.')
    expect(await answer(running, body.Session, { PASSWORD: 'Wrong-Horse-2' })).toMatchObject(wrong)
    const open = refusal('InvalidParameterException', 'Initiate Auth method not supported.')
    expect(await answer(running, body.Session, {}, '')).toMatchObject(open)
    const missing = refusal('InvalidParameterException', 'Missing required parameter PASSWORD')
    expect(await answer(running, body.Session, { PASSWORD: '' })).toMatchObject(missing)
  })

  it('looks the same for a name that does not exist', async () => {
    const running = await asking()
    const { body } = await begin(running, 'ADMIN_NO_SRP_AUTH', 'ghost')
    expect(body.ChallengeName).toBe('ADMIN_NO_SRP_AUTH')
    const wrong = refusal('NotAuthorizedException', 'Incorrect username or password.')
    expect(await answer(running, body.Session, { USERNAME: 'ghost' })).toMatchObject(wrong)
  })
})

it('is not asked otherwise', async () => {
  const missing = refusal('InvalidParameterException', 'Missing required parameter PASSWORD')
  expect(await begin(await start(), 'ADMIN_NO_SRP_AUTH')).toMatchObject(missing)
})

it('is issued where DefineAuthChallenge names it, which is asked again after it', async () => {
  const rounds: unknown[] = []
  const running = await start({
    triggers: {
      defineAuthChallenge: (event) => {
        const session = event.request.session as readonly object[]
        rounds.push(session)
        event.response = session.length === 0 ? { challengeName: 'ADMIN_NO_SRP_AUTH' } : { issueTokens: true }
        return event
      },
    },
  })
  const { body } = await begin(running, 'CUSTOM_AUTH')
  expect(body.ChallengeName).toBe('ADMIN_NO_SRP_AUTH')
  expect((await answer(running, body.Session)).body.AuthenticationResult).toMatchObject({
    AccessToken: expect.any(String),
  })
  expect(rounds).toEqual([[], [{ challengeName: 'ADMIN_NO_SRP_AUTH', challengeResult: true }]])
  const { body: refused } = await running.call('InitiateAuth', {
    ClientId: CLIENT_ID,
    AuthFlow: 'CUSTOM_AUTH',
    AuthParameters: { USERNAME: 'alice' },
  })
  expect(refused.__type).toBe('InvalidLambdaResponseException')
})
