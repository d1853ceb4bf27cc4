import { createUserPool, restoreUserPool, serve } from 'cognito-user-pool-emulator'
import { TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { softwareAuthenticator } from '../support/authenticator.js'
import { newDevice } from '../support/devices.js'
import { alice, CLIENT_ID, PASSWORD, start } from '../support/pool.js'
import { passwordSignIn, srpAnswer } from '../support/sign-in.js'
import { post } from '../support/wire.js'

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

describe('a snapshot', () => {
  it('goes through JSON, and every half-done thing goes on in the restored pool', async () => {
    const running = await start({
      mfa: 'OPTIONAL',
      deviceTracking: 'always',
      clients: [{ clientId: CLIENT_ID, refreshTokenRotation: { graceSeconds: 5 } }],
      users: [alice(), { username: 'totp', password: PASSWORD, mfa: { totpSecret: SECRET } }],
    })
    const { first: _, ...srp } = await srpAnswer(running, { username: 'alice', password: PASSWORD })
    const { first: __, ...ghost } = await srpAnswer(running, { username: 'ghost', password: PASSWORD })
    const { device, tokens } = await newDevice(running)
    const { AccessToken } = tokens
    const mfa = (await passwordSignIn(running, { USERNAME: 'totp' })).body
    const passkey = softwareAuthenticator()
    const creation = (await running.call('StartWebAuthnRegistration', { AccessToken })).body.CredentialCreationOptions
    await running.call('ForgotPassword', { ClientId: CLIENT_ID, Username: 'alice' })
    for (let i = 0; i < 5; i++) await passwordSignIn(running, { USERNAME: 'totp', PASSWORD: 'wrong' })

    const snapshot = JSON.parse(JSON.stringify(running.pool.snapshot()))
    const pool = restoreUserPool(snapshot, { clock: () => running.clock.now })
    expect(JSON.parse(JSON.stringify(pool.snapshot()))).toEqual(snapshot)
    const server = await serve(pool)
    const call = (operation: string, body: object) => post(server.url, operation, body)
    try {
      expect((await call('RespondToAuthChallenge', srp)).body.AuthenticationResult.IdToken).toBeTruthy()
      expect((await call('RespondToAuthChallenge', ghost)).body.message).toBe('Incorrect username or password.')
      expect((await call('GetUser', { AccessToken })).body.Username).toBe('alice')
      const code = new TOTP({ secret: SECRET }).generate({ timestamp: running.clock.now.getTime() })
      const answer = { ClientId: CLIENT_ID, ChallengeName: 'SOFTWARE_TOKEN_MFA', Session: mfa.Session }
      const responses = { USERNAME: 'totp', SOFTWARE_TOKEN_MFA_CODE: code }
      const done = await call('RespondToAuthChallenge', { ...answer, ChallengeResponses: responses })
      expect(done.body.AuthenticationResult.IdToken).toBeTruthy()
      const locked = await call('InitiateAuth', {
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: CLIENT_ID,
        AuthParameters: { USERNAME: 'totp', PASSWORD },
      })
      expect(locked.body.message).toBe('Password attempts exceeded')
      const Credential = passkey.create(creation, 'http://localhost')
      expect((await call('CompleteWebAuthnRegistration', { AccessToken, Credential })).status).toBe(200)
      const { RefreshToken } = tokens
      const DeviceKey = device.deviceKey
      const refreshed = await call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken, DeviceKey })
      expect(refreshed.body.AuthenticationResult.RefreshToken).toBeTruthy()
      const ConfirmationCode = running.pool.outbox.last('alice')?.code
      const reset = { ClientId: CLIENT_ID, Username: 'alice', ConfirmationCode, Password: 'Another-Horse-2' }
      expect((await call('ConfirmForgotPassword', reset)).status).toBe(200)
    } finally {
      await server.close()
    }
    expect((await passwordSignIn(running)).status).toBe(200)
  })

  it('is a copy: later changes do not reach it', async () => {
    const pool = createUserPool({ clients: [{ clientId: CLIENT_ID }], users: [alice()] })
    const before = JSON.stringify(pool.snapshot())
    const taken = pool.snapshot()
    await pool.handle(
      new Request('http://pool.test/', {
        method: 'POST',
        headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
        body: JSON.stringify({ AuthFlow: 'USER_AUTH', ClientId: CLIENT_ID, AuthParameters: { USERNAME: 'alice' } }),
      }),
    )
    expect(JSON.stringify(taken)).toBe(before)
    expect(JSON.stringify(pool.snapshot())).not.toBe(before)
  })

  it('of another kind is refused', () => {
    for (const snapshot of [
      undefined,
      null,
      {},
      { version: 2, pools: [] },
      { version: 1, pools: [] },
      { version: 1, pools: [null] },
      { version: 1, pools: [{ id: 'a' }] },
    ]) {
      expect(() => restoreUserPool(snapshot as never)).toThrow('snapshot is not one that this version')
    }
  })
})
