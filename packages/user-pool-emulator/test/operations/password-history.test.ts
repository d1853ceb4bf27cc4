// PasswordHistorySize: the passwords that a user had cannot come back too soon.
import { describe, expect, it } from 'vitest'
import { CLIENT_ID, PASSWORD, POOL_ID, type Running, SIGNED, start } from '../support/pool.js'
import { passwordSignIn } from '../support/sign-in.js'

const REUSED = { status: 400, body: { __type: 'PasswordHistoryPolicyViolationException' } }

const change = async (running: Running, PreviousPassword: string, ProposedPassword: string) => {
  const { AccessToken } = (await passwordSignIn(running, { PASSWORD: PreviousPassword })).body.AuthenticationResult
  return running.call('ChangePassword', { AccessToken, PreviousPassword, ProposedPassword })
}

describe('a pool that remembers passwords', () => {
  it('refuses the last ones, the current one among them, and takes those of before', async () => {
    const running = await start({ passwordPolicy: { historySize: 2 } })
    expect(await change(running, PASSWORD, PASSWORD)).toMatchObject(REUSED)
    expect(await change(running, PASSWORD, 'Second-Horse-2')).toMatchObject({ status: 200 })
    expect(await change(running, 'Second-Horse-2', PASSWORD)).toMatchObject(REUSED)
    expect(await change(running, 'Second-Horse-2', 'Third-Horse-3')).toMatchObject({ status: 200 })
    expect(await change(running, 'Third-Horse-3', 'Second-Horse-2')).toMatchObject(REUSED)
    expect(await change(running, 'Third-Horse-3', PASSWORD)).toMatchObject({ status: 200 })
  })

  it('does so for a forgotten password, a new password after a temporary one, and that of an administrator', async () => {
    const running = await start({ passwordPolicy: { historySize: 1 } })
    const { call, pool } = running
    await call('ForgotPassword', { ClientId: CLIENT_ID, Username: 'alice' })
    const ConfirmationCode = pool.outbox.last('alice')?.code
    const forgotten = { ClientId: CLIENT_ID, Username: 'alice', ConfirmationCode }
    expect(await call('ConfirmForgotPassword', { ...forgotten, Password: PASSWORD })).toMatchObject(REUSED)
    // The code still holds: nothing was used up.
    expect(await call('ConfirmForgotPassword', { ...forgotten, Password: 'Second-Horse-2' })).toMatchObject({
      status: 200,
    })
    const admin = { UserPoolId: POOL_ID, Username: 'alice' }
    const set = (Password: string, Permanent = false) =>
      call('AdminSetUserPassword', { ...admin, Password, Permanent }, SIGNED)
    expect(await set('Second-Horse-2', true)).toMatchObject(REUSED)
    expect(await set('Third-Horse-3')).toMatchObject({ status: 200 })
    const { Session } = (await passwordSignIn(running, { PASSWORD: 'Third-Horse-3' })).body
    const answer = (NEW_PASSWORD: string) =>
      call('RespondToAuthChallenge', {
        ClientId: CLIENT_ID,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session,
        ChallengeResponses: { USERNAME: 'alice', NEW_PASSWORD },
      })
    expect(await answer('Third-Horse-3')).toMatchObject(REUSED)
    expect(await answer('Fourth-Horse-4')).toMatchObject({ status: 200 })
  })

  it('is made by CreateUserPool and shown by DescribeUserPool; without it every password is taken', async () => {
    const running = await start()
    expect(await change(running, PASSWORD, PASSWORD)).toMatchObject({ status: 200 })
    const Policies = { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 4 } }
    const made = (await running.call('CreateUserPool', { PoolName: 'history', Policies }, SIGNED)).body.UserPool
    expect(made.Policies.PasswordPolicy).toMatchObject({ PasswordHistorySize: 4 })
    const { Id: UserPoolId } = made
    await running.call('UpdateUserPool', { UserPoolId }, SIGNED)
    const { UserPool } = (await running.call('DescribeUserPool', { UserPoolId }, SIGNED)).body
    expect(UserPool.Policies.PasswordPolicy).not.toHaveProperty('PasswordHistorySize')
  })
})
