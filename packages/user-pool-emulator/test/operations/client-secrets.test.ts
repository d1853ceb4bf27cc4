import { secretHash } from '@srp6a/srp/cognito'
import { describe, expect, it } from 'vitest'
import { CLIENT_ID, PASSWORD, POOL_ID, SECRET_CLIENT, SIGNED, start } from '../support/pool.js'
import { passwordSignIn } from '../support/sign-in.js'
import { outcome } from '../support/wire.js'

const NEW_SECRET = 'another1secret2for3the4client5'

async function running() {
  const pool = await start()
  const call = (operation: string, fields: object = {}) =>
    pool.call(operation, { UserPoolId: POOL_ID, ClientId: SECRET_CLIENT.clientId, ...fields }, SIGNED)
  const signIn = (clientSecret: string) => {
    const SECRET_HASH = secretHash({ username: 'alice', clientId: SECRET_CLIENT.clientId, clientSecret })
    return passwordSignIn(pool, { PASSWORD, SECRET_HASH }, SECRET_CLIENT.clientId)
  }
  return { ...pool, call, signIn }
}

describe('client secrets', () => {
  it('are two at a time: both work until the old one is deleted', async () => {
    const { call, signIn } = await running()
    const added = (await call('AddUserPoolClientSecret', { ClientSecret: NEW_SECRET })).body.ClientSecretDescriptor
    expect(added).toEqual({
      ClientSecretId: expect.stringMatching(/^backend--\d+$/),
      ClientSecretCreateDate: expect.any(Number),
    })
    expect((await signIn(NEW_SECRET)).status).toBe(200)
    expect((await signIn(SECRET_CLIENT.clientSecret)).status).toBe(200)
    const listed = (await call('ListUserPoolClientSecrets')).body.ClientSecrets
    expect(listed).toHaveLength(2)
    expect(JSON.stringify(listed)).not.toContain(NEW_SECRET)
    expect(await call('AddUserPoolClientSecret')).toMatchObject({ body: { __type: 'LimitExceededException' } })
    const [old] = listed
    expect(outcome(await call('DeleteUserPoolClientSecret', { ClientSecretId: old.ClientSecretId }))).toEqual({
      status: 200,
      body: {},
    })
    expect((await signIn(NEW_SECRET)).status).toBe(200)
    expect((await signIn(SECRET_CLIENT.clientSecret)).status).toBe(400)
    expect((await call('DescribeUserPoolClient')).body.UserPoolClient.ClientSecret).toBe(NEW_SECRET)
    expect(await call('DeleteUserPoolClientSecret', { ClientSecretId: old.ClientSecretId })).toMatchObject({
      body: { __type: 'ResourceNotFoundException' },
    })
    expect(await call('DeleteUserPoolClientSecret', { ClientSecretId: added.ClientSecretId })).toMatchObject({
      body: { __type: 'InvalidParameterException' },
    })
  })

  it('are shown once, when the emulator made them; a public client has none', async () => {
    const { call, signIn } = await running()
    const { ClientSecretValue } = (await call('AddUserPoolClientSecret')).body.ClientSecretDescriptor
    expect((await signIn(ClientSecretValue)).status).toBe(200)
    expect(await call('AddUserPoolClientSecret', { ClientId: CLIENT_ID })).toMatchObject({
      body: { __type: 'InvalidParameterException' },
    })
    expect((await call('ListUserPoolClientSecrets', { ClientId: CLIENT_ID })).body.ClientSecrets).toEqual([])
  })

  it('work in the calls that take the secret itself', async () => {
    const { call, signIn } = await running()
    await call('AddUserPoolClientSecret', { ClientSecret: NEW_SECRET })
    const { RefreshToken } = (await signIn(NEW_SECRET)).body.AuthenticationResult
    for (const ClientSecret of [NEW_SECRET, SECRET_CLIENT.clientSecret]) {
      expect((await call('GetTokensFromRefreshToken', { RefreshToken, ClientSecret })).status).toBe(200)
    }
    expect(await call('RevokeToken', { Token: RefreshToken, ClientSecret: `${NEW_SECRET}x` })).toMatchObject({
      body: { __type: 'UnauthorizedException' },
    })
  })
})

it('CreateUserPoolClient takes a secret of the caller’s own', async () => {
  const { call } = await start()
  const ClientSecret = 'my0own1secret2of3twenty4four5characters'
  const request = { UserPoolId: POOL_ID, ClientName: 'own', ClientSecret }
  expect((await call('CreateUserPoolClient', request, SIGNED)).body.UserPoolClient.ClientSecret).toBe(ClientSecret)
})
