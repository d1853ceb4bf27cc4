import {
  CognitoIdentityProviderClient,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { startCognitoClient } from '@srp6a/srp/cognito'
import { CognitoJwtVerifier, JwtVerifier } from 'aws-jwt-verify'
import { exportJWK, generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'
import { CLIENT_ID, hashFor, PASSWORD, POOL_ID, type Running, SECRET_CLIENT, start, testKey } from '../support/pool.js'

async function sdkSignIn({ sdk, clock }: Running, username: string, password: string, clientId: string = CLIENT_ID) {
  const srp = startCognitoClient()
  const secret = (name: string) => (clientId === SECRET_CLIENT.clientId ? { SECRET_HASH: hashFor(name) } : {})
  const first = await sdk.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_SRP_AUTH',
      ClientId: clientId,
      AuthParameters: { USERNAME: username, SRP_A: srp.srpA, ...secret(username) },
    }),
  )
  expect(first.ChallengeName).toBe('PASSWORD_VERIFIER')
  expect(first.Session).toBeUndefined()
  const challenge = first.ChallengeParameters ?? {}
  const { USER_ID_FOR_SRP = '' } = challenge
  const claim = srp.answerUser({ userPoolId: POOL_ID, password, challenge, now: clock.now })
  return sdk.send(
    new RespondToAuthChallengeCommand({
      ClientId: clientId,
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeResponses: {
        USERNAME: USER_ID_FOR_SRP,
        ...claim,
        ...secret(USER_ID_FOR_SRP),
      },
    }),
  )
}

describe('sign-in by SRP through the AWS SDK', () => {
  it('gives tokens for the right password and the service’s refusal for a wrong one', async () => {
    const running = await start()
    const { AuthenticationResult } = await sdkSignIn(running, 'alice', PASSWORD)
    expect(AuthenticationResult).toMatchObject({ ExpiresIn: 3600, TokenType: 'Bearer' })
    expect(AuthenticationResult?.NewDeviceMetadata).toBeUndefined()
    await expect(sdkSignIn(running, 'alice', 'Correct-Horse-2')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
      $metadata: { httpStatusCode: 400 },
    })
  })

  it('takes an alias, and the client’s secret over the username of each request', async () => {
    const running = await start()
    const { AuthenticationResult } = await sdkSignIn(running, 'Alice@example.com', PASSWORD, SECRET_CLIENT.clientId)
    expect(AuthenticationResult?.AccessToken).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
  })

  it('lets the user be a UUID that is found by its e-mail address', async () => {
    const running = await start({ users: [{ password: PASSWORD, attributes: { email: 'bob@example.com' } }] })
    const { AuthenticationResult } = await sdkSignIn(running, 'bob@example.com', PASSWORD)
    const user = await running.sdk.send(new GetUserCommand({ AccessToken: AuthenticationResult?.AccessToken }))
    expect(user.Username).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(user.UserAttributes).toContainEqual({ Name: 'sub', Value: user.Username })
    expect(user.UserAttributes).toContainEqual({ Name: 'email', Value: 'bob@example.com' })
  })
})

describe('tokens', () => {
  it('verify with aws-jwt-verify against the served keys, with the claims of Cognito', async () => {
    const running = await start({ clock: () => new Date() })
    running.clock.now = new Date()
    const { AuthenticationResult } = await sdkSignIn(running, 'alice', PASSWORD)
    const issuer = `${running.server.url}/${POOL_ID}`
    const jwks = await (await fetch(`${issuer}/.well-known/jwks.json`)).json()
    const verifier = JwtVerifier.create({ issuer, audience: CLIENT_ID, jwksUri: `${issuer}/.well-known/jwks.json` })
    verifier.cacheJwks(jwks as Parameters<typeof verifier.cacheJwks>[0])
    const id = await verifier.verify(AuthenticationResult?.IdToken ?? '')
    expect(id).toMatchObject({
      'cognito:username': 'alice',
      aud: CLIENT_ID,
      token_use: 'id',
      email: 'alice@example.com',
      email_verified: true,
      iss: issuer,
    })
    const access = await verifier.verify(AuthenticationResult?.AccessToken ?? '', { audience: null })
    expect(access).toMatchObject({
      username: 'alice',
      client_id: CLIENT_ID,
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      sub: id.sub,
      origin_jti: id.origin_jti,
      event_id: id.event_id,
    })
    expect(access.jti).not.toBe(id.jti)
    expect(Number(access.exp) - Number(access.iat)).toBe(3600)
    expect(Math.abs(Number(id.auth_time) - Date.now() / 1000)).toBeLessThan(30)
    const configuration = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()
    expect(configuration).toMatchObject({ issuer, jwks_uri: `${issuer}/.well-known/jwks.json` })
  })

  it('pass Cognito’s own verifier when the issuer is set to the service’s', async () => {
    const running = await start({ issuer: 'https://cognito-idp.us-east-1.amazonaws.com', clock: () => new Date() })
    running.clock.now = new Date()
    const { AuthenticationResult } = await sdkSignIn(running, 'alice', PASSWORD)
    const jwks = await (await fetch(`${running.server.url}/${POOL_ID}/.well-known/jwks.json`)).json()
    for (const [tokenUse, token] of [
      ['access', AuthenticationResult?.AccessToken],
      ['id', AuthenticationResult?.IdToken],
    ] as const) {
      const verifier = CognitoJwtVerifier.create({ userPoolId: POOL_ID, tokenUse, clientId: CLIENT_ID })
      verifier.cacheJwks(jwks as Parameters<typeof verifier.cacheJwks>[0])
      expect(await verifier.verify(token ?? '')).toMatchObject({ token_use: tokenUse })
    }
    const { kid, ...rest } = (jwks as { keys: Record<string, string>[] }).keys[0] ?? {}
    expect(kid).toBeTruthy()
    expect(Object.keys(rest).sort()).toEqual(['alg', 'e', 'kty', 'n', 'use'])
    expect(rest.n).toBe((await testKey()).n)
  })
})

describe('after sign-in', () => {
  const invalid = { name: 'NotAuthorizedException', message: 'Invalid Refresh Token' }

  it('refreshes both ways while rotation is off, without a new refresh token', async () => {
    const running = await start()
    const { AuthenticationResult } = await sdkSignIn(running, 'alice', PASSWORD)
    const RefreshToken = AuthenticationResult?.RefreshToken
    running.clock.now = new Date(running.clock.now.getTime() + 3_700_000)
    await expect(
      running.sdk.send(new GetUserCommand({ AccessToken: AuthenticationResult?.AccessToken })),
    ).rejects.toMatchObject({ name: 'NotAuthorizedException', message: 'Access Token has expired' })
    const byFlow = await running.sdk.send(
      new InitiateAuthCommand({
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        ClientId: CLIENT_ID,
        AuthParameters: { REFRESH_TOKEN: RefreshToken ?? '' },
      }),
    )
    const byCall = await running.sdk.send(
      new GetTokensFromRefreshTokenCommand({ ClientId: CLIENT_ID, RefreshToken: RefreshToken ?? '' }),
    )
    for (const result of [byFlow.AuthenticationResult, byCall.AuthenticationResult]) {
      expect(result?.RefreshToken).toBeUndefined()
      const user = await running.sdk.send(new GetUserCommand({ AccessToken: result?.AccessToken }))
      expect(user.Username).toBe('alice')
    }
    const refresh = (clientId: string, token: string) =>
      running.sdk.send(new GetTokensFromRefreshTokenCommand({ ClientId: clientId, RefreshToken: token }))
    await expect(refresh(CLIENT_ID, 'made-up')).rejects.toMatchObject(invalid)
    running.clock.now = new Date(running.clock.now.getTime() + 30 * 86_400_000)
    await expect(refresh(CLIENT_ID, RefreshToken ?? '')).rejects.toMatchObject({ message: 'Refresh Token has expired' })
  })

  it('wants the secret hash over the real username in REFRESH_TOKEN_AUTH, and the secret itself in the new call', async () => {
    const running = await start()
    const { clientId, clientSecret } = SECRET_CLIENT
    const { AuthenticationResult } = await sdkSignIn(running, 'alice@example.com', PASSWORD, clientId)
    const RefreshToken = AuthenticationResult?.RefreshToken ?? ''
    const flow = (SECRET_HASH?: string) =>
      running.sdk.send(
        new InitiateAuthCommand({
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          ClientId: clientId,
          AuthParameters: { REFRESH_TOKEN: RefreshToken, ...(SECRET_HASH === undefined ? {} : { SECRET_HASH }) },
        }),
      )
    expect((await flow(hashFor('alice'))).AuthenticationResult?.AccessToken).toBeTruthy()
    await expect(flow(hashFor('alice@example.com'))).rejects.toMatchObject({
      message: `Unable to verify secret hash for client ${clientId}`,
    })
    await expect(flow()).rejects.toMatchObject({
      message: `Client ${clientId} is configured with secret but SECRET_HASH was not received`,
    })
    const call = (ClientSecret?: string) =>
      running.sdk.send(new GetTokensFromRefreshTokenCommand({ ClientId: clientId, RefreshToken, ClientSecret }))
    expect((await call(clientSecret)).AuthenticationResult?.AccessToken).toBeTruthy()
    await expect(call('another0secret0of0another0client')).rejects.toMatchObject({ name: 'NotAuthorizedException' })
    await expect(call()).rejects.toMatchObject({ name: 'NotAuthorizedException' })
  })

  it('rotates refresh tokens, refuses a reused one, and grants the grace it is told to', async () => {
    for (const graceSeconds of [0, 30]) {
      const running = await start({ clients: [{ clientId: CLIENT_ID, refreshTokenRotation: { graceSeconds } }] })
      const refresh = (RefreshToken: string) =>
        running.sdk.send(new GetTokensFromRefreshTokenCommand({ ClientId: CLIENT_ID, RefreshToken }))
      const first = (await sdkSignIn(running, 'alice', PASSWORD)).AuthenticationResult?.RefreshToken ?? ''
      const second = (await refresh(first)).AuthenticationResult?.RefreshToken ?? ''
      expect(second).not.toBe(first)
      if (graceSeconds > 0) {
        expect((await refresh(first)).AuthenticationResult?.RefreshToken).toBeTruthy()
        running.clock.now = new Date(running.clock.now.getTime() + graceSeconds * 1000)
      }
      await expect(refresh(first)).rejects.toMatchObject({ name: 'RefreshTokenReuseException' })
      expect((await refresh(second)).AuthenticationResult?.RefreshToken).toBeTruthy()
      await expect(
        running.sdk.send(
          new InitiateAuthCommand({
            AuthFlow: 'REFRESH_TOKEN_AUTH',
            ClientId: CLIENT_ID,
            AuthParameters: { REFRESH_TOKEN: second },
          }),
        ),
      ).rejects.toMatchObject({ name: 'InvalidParameterException' })
    }
  })

  it('revokes one sign-in, or all of them', async () => {
    const running = await start()
    const a = (await sdkSignIn(running, 'alice', PASSWORD)).AuthenticationResult
    const b = (await sdkSignIn(running, 'alice', PASSWORD)).AuthenticationResult
    const getUser = (AccessToken: string | undefined) => running.sdk.send(new GetUserCommand({ AccessToken }))
    await running.sdk.send(new RevokeTokenCommand({ ClientId: CLIENT_ID, Token: a?.RefreshToken }))
    const revoked = { name: 'NotAuthorizedException', message: 'Access Token has been revoked' }
    await expect(getUser(a?.AccessToken)).rejects.toMatchObject(revoked)
    expect((await getUser(b?.AccessToken)).Username).toBe('alice')
    await expect(
      running.sdk.send(new RevokeTokenCommand({ ClientId: CLIENT_ID, Token: b?.AccessToken })),
    ).rejects.toMatchObject({ name: 'UnsupportedTokenTypeException' })
    await running.sdk.send(new GlobalSignOutCommand({ AccessToken: b?.AccessToken }))
    await expect(getUser(b?.AccessToken)).rejects.toMatchObject(revoked)
    await expect(
      running.sdk.send(
        new GetTokensFromRefreshTokenCommand({ ClientId: CLIENT_ID, RefreshToken: b?.RefreshToken ?? '' }),
      ),
    ).rejects.toMatchObject({ name: 'NotAuthorizedException' })
  })

  it('refuses access tokens that are forged, bent, or of the other kind', async () => {
    const running = await start()
    const { privateKey } = await generateKeyPair('RS256', { extractable: true })
    const other = await start({ signingKey: await exportJWK(privateKey) })
    const { AuthenticationResult } = await sdkSignIn(running, 'alice', PASSWORD)
    const forged = (await sdkSignIn(other, 'alice', PASSWORD)).AuthenticationResult?.AccessToken
    const bent = AuthenticationResult?.AccessToken?.replace(/\.(.)/, (_, c) => (c === 'a' ? '.b' : '.a'))
    for (const AccessToken of [forged, bent, AuthenticationResult?.IdToken, 'no-token', 'a.b.c']) {
      await expect(running.sdk.send(new GetUserCommand({ AccessToken }))).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Invalid Access Token',
      })
    }
  })
})

describe('the client of the SDK', () => {
  it('needs no credentials for any of this', async () => {
    const running = await start()
    const sdk = new CognitoIdentityProviderClient({ region: 'us-east-1', endpoint: running.server.url })
    const { AuthenticationResult } = await sdkSignIn({ ...running, sdk }, 'alice', PASSWORD)
    expect(AuthenticationResult?.IdToken).toBeTruthy()
    sdk.destroy()
  })
})
