// A sign-in goes on only for the user it was begun for: the same one, with the same password.
import { describe, expect, it } from 'vitest'
import { alice, CLIENT_ID, PASSWORD, POOL_ID, type Running, SIGNED, start } from '../support/pool.js'
import { passwordSignIn, srpAnswer, srpSignIn } from '../support/sign-in.js'
import { outcome, WRONG } from '../support/wire.js'

const NEXT = 'Another-Horse-2'
const admin = (running: Running, operation: string, more: object = {}) =>
  running.call(operation, { UserPoolId: POOL_ID, Username: 'alice', ...more }, SIGNED)

const newPassword = (running: Running, Password = NEXT) =>
  admin(running, 'AdminSetUserPassword', { Password, Permanent: true })

/** Delete alice, and make another user of that name, with the very same password. */
async function recreate(running: Running): Promise<void> {
  await admin(running, 'AdminDeleteUser')
  const UserAttributes = [
    { Name: 'email', Value: 'alice@example.com' },
    { Name: 'email_verified', Value: 'true' },
  ]
  await admin(running, 'AdminCreateUser', { MessageAction: 'SUPPRESS', UserAttributes })
  await newPassword(running, PASSWORD)
}

describe.each([
  ['a new password', newPassword],
  ['another user of that name', recreate],
] as const)('after %s', (_, happen) => {
  it('an old signature proves nothing', async () => {
    const running = await start()
    const { first: _first, ...answer } = await srpAnswer(running, { username: 'alice', password: PASSWORD })
    expect((await running.call('RespondToAuthChallenge', answer)).status).toBe(200)
    await happen(running)
    expect(outcome(await running.call('RespondToAuthChallenge', answer))).toEqual(WRONG)
  })

  it('a code that was sent for a sign-in gives no tokens', async () => {
    const running = await start({ mfa: 'OPTIONAL', users: [alice({ mfa: { email: true } })] })
    const { body } = await passwordSignIn(running)
    const EMAIL_OTP_CODE = running.pool.outbox.last('alice')?.code ?? ''
    await happen(running)
    const reply = await running.call('RespondToAuthChallenge', {
      ClientId: CLIENT_ID,
      ChallengeName: 'EMAIL_OTP',
      Session: body.Session,
      ChallengeResponses: { USERNAME: 'alice', EMAIL_OTP_CODE },
    })
    expect([reply.status, reply.body.__type]).toEqual([400, 'NotAuthorizedException'])
  })

  it('an MFA_SETUP that was begun adds no authenticator app', async () => {
    const running = await start({ mfa: { mode: 'ON', methods: ['SOFTWARE_TOKEN_MFA'] } })
    const { Session } = (await passwordSignIn(running)).body
    expect((await running.call('AssociateSoftwareToken', { Session })).status).toBe(200)
    const again = (await passwordSignIn(running)).body.Session
    await happen(running)
    expect((await running.call('AssociateSoftwareToken', { Session: again })).body.__type).toBe(
      'NotAuthorizedException',
    )
  })

  it('the choice of a first factor that was open is void', async () => {
    const running = await start()
    const { body } = await running.call('InitiateAuth', {
      ClientId: CLIENT_ID,
      AuthFlow: 'USER_AUTH',
      AuthParameters: { USERNAME: 'alice' },
    })
    await happen(running)
    const reply = await running.call('RespondToAuthChallenge', {
      ClientId: CLIENT_ID,
      ChallengeName: 'SELECT_CHALLENGE',
      Session: body.Session,
      ChallengeResponses: { USERNAME: 'alice', ANSWER: 'EMAIL_OTP' },
    })
    expect(reply.body.__type).toBe('NotAuthorizedException')
  })
})

describe('another user of that name', () => {
  it('is told apart by more than the number of passwords', async () => {
    for (const passwords of [1, 2, 3]) {
      const running = await start()
      for (let i = 0; i < passwords; i++) await newPassword(running, PASSWORD)
      const { first: _first, ...answer } = await srpAnswer(running, { username: 'alice', password: PASSWORD })
      await recreate(running)
      expect(outcome(await running.call('RespondToAuthChallenge', answer))).toEqual(WRONG)
    }
  })

  it('is not meant by the tokens of the one before', async () => {
    const running = await start()
    const { AccessToken, RefreshToken } = (await srpSignIn(running)).body.AuthenticationResult
    await recreate(running)
    expect((await running.call('GetUser', { AccessToken })).body.__type).toBe('NotAuthorizedException')
    const refreshed = await running.call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken })
    expect(refreshed.body.__type).toBe('NotAuthorizedException')
  })

  it('is not given a new password by the reset code of the one before', async () => {
    const running = await start()
    await running.call('ForgotPassword', { ClientId: CLIENT_ID, Username: 'alice' })
    const ConfirmationCode = running.pool.outbox.last('alice')?.code ?? ''
    await recreate(running)
    const reset = { ClientId: CLIENT_ID, Username: 'alice', ConfirmationCode, Password: NEXT }
    expect((await running.call('ConfirmForgotPassword', reset)).body.__type).toBe('ExpiredCodeException')
  })
})
