// GetClientToken: a token for the app client itself, between machines.
import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { POOL_ID, type Running, start } from '../support/pool.js'
import { refusal } from '../support/wire.js'

const WORKER = {
  clientId: 'worker',
  clientSecret: 'a2secret2of3the4worker995',
  explicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'] as const,
  scopes: ['orders/read', 'orders/write'],
}
const clients = [WORKER, { clientId: 'backend', clientSecret: '0a1secret2of3the4backend5', scopes: ['orders/read'] }]
const get = ({ call }: Running, more: object = {}) =>
  call('GetClientToken', { ClientId: 'worker', Secret: WORKER.clientSecret, ...more })

describe('GetClientToken', () => {
  it('gives the scopes that the client has, or some of them, without credentials of AWS', async () => {
    const running = await start({ clients })
    const { body } = await get(running)
    const { AccessToken, ExpiresIn, TokenType } = body.ClientAuthenticationResult
    expect([ExpiresIn, TokenType]).toEqual([3600, 'Bearer'])
    const iat = running.clock.now.getTime() / 1000
    expect(decodeJwt(AccessToken)).toEqual({
      sub: 'worker',
      client_id: 'worker',
      token_use: 'access',
      scope: 'orders/read orders/write',
      iss: `${running.server.url}/${POOL_ID}`,
      auth_time: iat,
      iat,
      exp: iat + 3600,
      version: 2,
      jti: expect.any(String),
    })
    const { body: fewer } = await get(running, { Scopes: ['orders/write'] })
    expect(decodeJwt(fewer.ClientAuthenticationResult.AccessToken).scope).toBe('orders/write')
  })

  it('is no token of a user', async () => {
    const running = await start({ clients })
    const { AccessToken } = (await get(running)).body.ClientAuthenticationResult
    const revoked = refusal('NotAuthorizedException', 'Access Token has been revoked')
    expect(await running.call('GetUser', { AccessToken })).toMatchObject(revoked)
  })

  it('asks PreTokenGeneration', async () => {
    const running = await start({
      clients,
      triggers: {
        preTokenGeneration: (event) => {
          const { triggerSource, version, userName, request } = event
          const seen = JSON.stringify({ triggerSource, version, userName, metadata: request.clientMetadata })
          const accessTokenGeneration = {
            claimsToAddOrOverride: { seen, sub: 'forged' },
            scopesToSuppress: ['orders/write'],
          }
          event.response = { claimsAndScopeOverrideDetails: { accessTokenGeneration } }
          return event
        },
      },
    })
    const { body } = await get(running, { ClientMetadata: { job: '7' } })
    const { seen, scope, sub } = decodeJwt(body.ClientAuthenticationResult.AccessToken)
    expect([scope, sub]).toEqual(['orders/read', 'worker'])
    expect(JSON.parse(String(seen))).toEqual({
      triggerSource: 'TokenGeneration_ClientCredentials',
      version: '3',
      userName: 'worker',
      metadata: { job: '7' },
    })
  })

  it.each([
    [{ Secret: 'a2secret2of3the4worker996' }, 'NotAuthorizedException'],
    [{ ClientId: 'unknown' }, 'ResourceNotFoundException'],
    [{ Scopes: ['orders/delete'] }, 'InvalidParameterException'],
    [{ ClientId: 'backend', Secret: '0a1secret2of3the4backend5' }, 'InvalidParameterException'],
  ])('refuses %j', async (more, name) => {
    expect((await get(await start({ clients }), more)).body.__type).toBe(name)
  })
})

it.each([
  [{ explicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'] as const, clientSecret: 'secret' }],
  [{ explicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'] as const }],
])('ALLOW_CLIENT_TOKEN_AUTH stands alone and needs a secret: %j', async (members) => {
  await expect(start({ clients: [{ clientId: 'worker', ...members }] })).rejects.toThrow(
    /^clients\[0\]\.explicitAuthFlows: /,
  )
})
