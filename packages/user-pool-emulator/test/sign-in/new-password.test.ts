import { describe, expect, it } from 'vitest'
import { alice, CLIENT_ID, PASSWORD, type Running, start } from '../support/pool.js'
import { srpSignIn } from '../support/sign-in.js'
import { outcome, refusal, USED_SESSION } from '../support/wire.js'

const answer = (running: Running, Session: string, responses: Record<string, string>) =>
  running.call('RespondToAuthChallenge', {
    ClientId: CLIENT_ID,
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session,
    ChallengeResponses: { USERNAME: 'alice', ...responses },
  })

describe('NEW_PASSWORD_REQUIRED', () => {
  it('takes a conforming password and the attributes that are missing, all or nothing', async () => {
    const running = await start({
      requiredAttributes: ['email', 'given_name'],
      users: [alice({ status: 'FORCE_CHANGE_PASSWORD' })],
    })
    const { body } = await srpSignIn(running)
    expect(body.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    expect(body.ChallengeParameters.USER_ID_FOR_SRP).toBe('alice')
    expect(JSON.parse(body.ChallengeParameters.requiredAttributes)).toEqual(['userAttributes.given_name'])
    expect(JSON.parse(body.ChallengeParameters.userAttributes)).toMatchObject({ email: 'alice@example.com' })
    const good = { NEW_PASSWORD: 'Another-Horse-2', 'userAttributes.given_name': 'Alice' }
    for (const [change, name, message] of [
      [
        { NEW_PASSWORD: 'short' },
        'InvalidPasswordException',
        'Password did not conform with policy: Password not long enough',
      ],
      [
        { NEW_PASSWORD: 'another-horse-2' },
        'InvalidPasswordException',
        'Password did not conform with policy: Password must have uppercase characters',
      ],
      [{ NEW_PASSWORD: '' }, 'InvalidParameterException', 'Missing required parameter NEW_PASSWORD'],
      [
        { 'userAttributes.given_name': '' },
        'InvalidParameterException',
        'Invalid attributes given, given_name is missing',
      ],
      [
        { 'userAttributes.email': 'new@example.com' },
        'NotAuthorizedException',
        'Cannot modify an already provided email',
      ],
      [
        { 'userAttributes.nonsense': 'x' },
        'InvalidParameterException',
        'Attributes did not conform to the schema: nonsense: Attribute does not exist in the schema.',
      ],
      [
        { 'userAttributes.email_verified': 'true' },
        'NotAuthorizedException',
        'A client attempted to write unauthorized attribute',
      ],
    ] as const) {
      expect(outcome(await answer(running, body.Session, { ...good, ...change }))).toEqual(refusal(name, message))
    }
    const { AuthenticationResult } = (await answer(running, body.Session, good)).body
    const user = (await running.call('GetUser', { AccessToken: AuthenticationResult.AccessToken })).body
    expect(user.UserAttributes).toContainEqual({ Name: 'given_name', Value: 'Alice' })
    expect((await srpSignIn(running, { password: PASSWORD })).status).toBe(400)
    expect((await srpSignIn(running, { password: good.NEW_PASSWORD })).body.AuthenticationResult.IdToken).toBeTruthy()
    expect(outcome(await answer(running, body.Session, good))).toEqual(USED_SESSION)
  })

  it('comes before MFA', async () => {
    const running = await start({ mfa: 'ON', users: [alice({ status: 'FORCE_CHANGE_PASSWORD', mfa: { sms: true } })] })
    const { body } = await srpSignIn(running)
    expect(body.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    expect((await answer(running, body.Session, { NEW_PASSWORD: 'Another-Horse-2' })).body.ChallengeName).toBe(
      'SMS_MFA',
    )
  })
})
