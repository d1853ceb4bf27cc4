import { refresh, signIn } from 'cognito-srp-flows'
import { describe, expect, it } from 'vitest'
import { expectSignedIn } from '../scripted.js'
import { ALICE, overTransports, plainPasswordFlow, start } from '../transports.js'
import { conversation } from './support.js'

const claims = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

overTransports('passwords', (transport) => {
  describe.each([undefined, 'a0client0secret0of0a0test'])('client secret %s', (clientSecret) => {
    const more = clientSecret ? { clientSecret } : {}

    it('USER_SRP_AUTH signs in by user name and by alias', async () => {
      const { client, emulator } = await start(transport, { users: [ALICE] }, more)
      const names = conversation(emulator)
      for (const username of [ALICE.username, 'alice@example.com', '+15555550123']) {
        const { tokens } = expectSignedIn(await signIn(client, { username, password: ALICE.password }))
        expect(names.splice(0)).toEqual([expect.stringMatching(/^(Admin)?InitiateAuth$/), 'PASSWORD_VERIFIER'])
        expect(claims(tokens.accessToken)).toMatchObject({ username: ALICE.username, token_use: 'access' })
        expect(claims(tokens.idToken)).toMatchObject({ email: 'alice@example.com', token_use: 'id' })
        expect(tokens).toMatchObject({ tokenType: 'Bearer', expiresIn: 3600, refreshToken: expect.any(String) })
      }
    })

    it('the plain password flow signs in by alias', async () => {
      const { client } = await start(transport, { users: [ALICE] }, more)
      const flow = plainPasswordFlow(transport)
      expectSignedIn(await signIn(client, { username: 'alice@example.com', password: ALICE.password, flow }))
    })

    it('passes the refusal of a wrong password and of an unknown user on', async () => {
      const { client } = await start(transport, { users: [ALICE] }, more)
      const refused = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' }
      for (const flow of ['USER_SRP_AUTH', plainPasswordFlow(transport)] as const) {
        for (const who of [
          { username: ALICE.username, password: 'wrong' },
          { username: 'nobody', password: 'x' },
        ]) {
          const failed = signIn(client, { ...who, flow })
          await expect(failed).rejects.toMatchObject({ ...refused, $metadata: { httpStatusCode: 400 } })
        }
      }
    })

    it('refreshes, by GetTokensFromRefreshToken and by REFRESH_TOKEN_AUTH', async () => {
      const { client } = await start(transport, { users: [ALICE] }, more)
      const { username, password } = ALICE
      const { tokens } = expectSignedIn(await signIn(client, { username: 'alice@example.com', password }))
      const refreshToken = tokens.refreshToken ?? ''
      for (const flow of [undefined, 'REFRESH_TOKEN_AUTH'] as const) {
        const fresh = await refresh(client, { refreshToken, username, flow })
        expect(claims(fresh.accessToken).username).toBe(username)
        expect(fresh.refreshToken).toBe(refreshToken)
      }
      const failed = refresh(client, { refreshToken: 'made-up', username })
      await expect(failed).rejects.toMatchObject({ name: 'NotAuthorizedException', message: 'Invalid Refresh Token' })
    })
  })

  it('refreshes under rotation: a new token each time, and a typed error for a used one', async () => {
    const rotating = { clientId: '1example23456789', refreshTokenRotation: true }
    const { client } = await start(transport, { users: [ALICE], clients: [rotating] })
    const { tokens } = expectSignedIn(await signIn(client, ALICE))
    const first = tokens.refreshToken ?? ''
    const second = (await refresh(client, { refreshToken: first })).refreshToken ?? ''
    expect(second).not.toBe(first)
    expect((await refresh(client, { refreshToken: second })).refreshToken).not.toBe(second)
    await expect(refresh(client, { refreshToken: first })).rejects.toMatchObject({ name: 'RefreshTokenReuseException' })
  })

  it('a wrong client secret is refused', async () => {
    const { client } = await start(transport, { users: [ALICE] }, { clientSecret: 'right' })
    const wrong = { ...client, clientSecret: 'wrong' }
    await expect(signIn(wrong, ALICE)).rejects.toMatchObject({ name: 'NotAuthorizedException' })
  })

  it('ends at once when the signal is aborted', async () => {
    const { client, emulator } = await start(transport, { users: [ALICE] })
    let requests = 0
    emulator.onExchange(() => requests++)
    const signal = AbortSignal.abort()
    await expect(signIn(client, { ...ALICE, signal })).rejects.toMatchObject({ name: 'AbortError' })
    expect(requests).toBe(0)
  })
})
