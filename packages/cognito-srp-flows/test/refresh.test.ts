import { secretHash } from '@srp6a/srp/cognito'
import { type RefreshRequest, refresh } from 'cognito-srp-flows'
import { describe, expect, it } from 'vitest'
import { clientWith, exception, scripted, TOKENS } from './scripted.js'

const { RefreshToken: _, ...withoutRefreshToken } = TOKENS.AuthenticationResult
const fresh = { AuthenticationResult: withoutRefreshToken }
const clientSecret = 's3cret'

describe('refresh', () => {
  it('calls GetTokensFromRefreshToken with the plain secret, and keeps the token where none comes back', async () => {
    const service = scripted(fresh)
    const signal = new AbortController().signal
    const request = { refreshToken: 'r', deviceKey: 'd', clientMetadata: { a: 'b' }, signal }
    expect((await refresh(clientWith(service.api, { clientSecret }), request)).refreshToken).toBe('r')
    expect(service.requests).toEqual([
      {
        operation: 'GetTokensFromRefreshToken',
        input: {
          ClientId: 'client-1',
          ClientSecret: clientSecret,
          RefreshToken: 'r',
          DeviceKey: 'd',
          ClientMetadata: { a: 'b' },
        },
        signal,
      },
    ])
  })

  it('REFRESH_TOKEN_AUTH sends the hash of the secret over the real user name', async () => {
    const service = scripted(fresh)
    const client = clientWith(service.api, { clientSecret })
    await refresh(client, { refreshToken: 'r', username: 'alice', deviceKey: 'd', flow: 'REFRESH_TOKEN_AUTH' })
    expect(service.requests[0]).toMatchObject({
      operation: 'InitiateAuth',
      input: {
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: {
          USERNAME: 'alice',
          REFRESH_TOKEN: 'r',
          DEVICE_KEY: 'd',
          SECRET_HASH: secretHash({ username: 'alice', clientId: 'client-1', clientSecret }),
        },
      },
    })
  })

  it('goes over to REFRESH_TOKEN_AUTH where the service does not know the newer call', async () => {
    const service = scripted(exception('UnknownOperationException', ''), fresh)
    expect((await refresh(clientWith(service.api), { refreshToken: 'r' })).accessToken).toBe('access')
    expect(service.requests[1]?.input).toEqual({
      ClientId: 'client-1',
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: 'r' },
    })
  })

  it.each(['REFRESH_TOKEN', 'REFRESH_TOKEN_AUTH'] as const)('takes %s for the older call', async (flow) => {
    const service = scripted(TOKENS)
    const request = { refreshToken: 'r', username: 'älice', deviceKey: 'k', flow }
    expect(await refresh(clientWith(service.api, { clientSecret }), request)).toMatchObject({ accessToken: 'access' })
    expect(service.requests).toMatchObject([
      {
        operation: 'InitiateAuth',
        input: {
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          AuthParameters: { USERNAME: 'älice', REFRESH_TOKEN: 'r', DEVICE_KEY: 'k', SECRET_HASH: expect.any(String) },
        },
      },
    ])
  })

  it.each(['RefreshTokenReuseException', 'NotAuthorizedException'])('passes %s on untouched', async (name) => {
    const refusal = exception(name, 'x')
    const service = scripted(refusal)
    await expect(refresh(clientWith(service.api), { refreshToken: 'r' })).rejects.toBe(refusal)
    expect(service.requests).toHaveLength(1)
  })

  it.each<[unknown, RegExp]>([
    [{}, /^refreshToken: /],
    [{ refreshToken: '' }, /^refreshToken: /],
    [{ refreshToken: 'r', flow: 'REFRESH_TOKEN_AUTH' }, /^username: /],
  ])('%j is a TypeError', async (request, message) => {
    const service = scripted()
    const error = await refresh(clientWith(service.api, { clientSecret }), request as RefreshRequest).catch(
      (e: unknown) => e,
    )
    expect(error).toBeInstanceOf(TypeError)
    expect(error).toMatchObject({ message: expect.stringMatching(message) })
    expect(service.requests).toHaveLength(0)
  })

  it.each([
    [{}, 'AuthenticationResult is missing'],
    [{ AuthenticationResult: {} }, 'AccessToken is missing'],
    [null, 'the reply is not an object'],
  ])('%j is a bad reply', async (reply, message) => {
    const failed = refresh(clientWith(scripted(reply).api), { refreshToken: 'r' })
    await expect(failed).rejects.toMatchObject({ code: 'bad-reply', message })
  })
})
