import { InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, it } from 'vitest'
import { alice, CLIENT_ID, PASSWORD, start } from '../support/pool.js'
import { passwordSignIn, srpSignIn } from '../support/sign-in.js'
import { outcome, refusal } from '../support/wire.js'

const signIn = new InitiateAuthCommand({
  AuthFlow: 'USER_PASSWORD_AUTH',
  ClientId: CLIENT_ID,
  AuthParameters: { USERNAME: 'alice', PASSWORD },
})

describe('faults on request', () => {
  it('strike the request they wait for, as often as they were told, and no other', async () => {
    const running = await start()
    const { faults } = running.pool
    faults.add({ kind: 'throttle', operation: 'InitiateAuth', after: 1, times: 2 })
    expect((await passwordSignIn(running)).status).toBe(200)
    for (let i = 0; i < 2; i++) {
      expect(outcome(await passwordSignIn(running))).toEqual(refusal('TooManyRequestsException', 'Too many requests'))
    }
    expect((await passwordSignIn(running)).status).toBe(200)
    faults.add({ kind: 'server-error', challenge: 'PASSWORD_VERIFIER' })
    expect((await passwordSignIn(running)).status).toBe(200)
    const failed = await srpSignIn(running)
    expect(failed).toMatchObject({ status: 500, body: { __type: 'InternalErrorException' } })
    expect(failed.headers.get('x-amzn-errortype')).toBe('InternalErrorException:')
    expect(faults.pending).toEqual([])
    expect((await srpSignIn(running)).status).toBe(200)
    faults.add({ kind: 'drop' })
    faults.clear()
    expect((await passwordSignIn(running)).status).toBe(200)
    expect(() => faults.add({ kind: 'meteor' as 'drop' })).toThrow(RangeError)
  })

  it('cut the connection before or after the request took effect', async () => {
    const running = await start()
    const { AccessToken } = (await passwordSignIn(running)).body.AuthenticationResult
    for (const [kind, status] of [
      ['drop', 200],
      ['drop-after', 400],
    ] as const) {
      running.pool.faults.add({ kind, operation: 'GlobalSignOut' })
      await expect(running.call('GlobalSignOut', { AccessToken })).rejects.toThrow('fetch failed')
      expect((await running.call('GetUser', { AccessToken })).status).toBe(status)
    }
    running.pool.faults.add({ kind: 'drop-after' })
    await expect(running.call('GetUser', { AccessToken })).rejects.toThrow('fetch failed')
    running.pool.faults.add({ kind: 'drop' })
    await expect(running.sdk.send(signIn)).rejects.toMatchObject({ code: 'ECONNRESET' })
    running.pool.faults.add({ kind: 'drop' })
    await expect(
      running.pool.handle(
        new Request('http://x/', {
          method: 'POST',
          headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.GetUser' },
        }),
      ),
    ).rejects.toMatchObject({ name: 'DroppedConnection' })
  })

  it('let sessions run out', async () => {
    const running = await start({ mfa: 'ON', users: [alice({ mfa: { sms: true } })] })
    const { Session } = (await passwordSignIn(running)).body
    running.pool.faults.add({ kind: 'session-expired' })
    const answer = await running.call('RespondToAuthChallenge', {
      ClientId: CLIENT_ID,
      ChallengeName: 'SMS_MFA',
      Session,
      ChallengeResponses: { USERNAME: 'alice', SMS_MFA_CODE: running.pool.outbox.last()?.code },
    })
    const invalid = refusal('NotAuthorizedException', 'Invalid session for the user.')
    expect(outcome(answer)).toEqual(invalid)
    running.pool.faults.add({ kind: 'session-expired', challenge: 'PASSWORD_VERIFIER' })
    expect(outcome(await srpSignIn(running))).toEqual(invalid)
  })
})
