import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ListUsersCommand,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, it } from 'vitest'
import { alice, CLIENT_ID, PASSWORD, POOL_ID, SIGNED, start } from '../support/pool.js'
import { passwordSignIn, srpSignIn } from '../support/sign-in.js'
import { outcome, refusal } from '../support/wire.js'

const NEXT = 'Another-Horse-2'

describe('users, by an administrator through the SDK', () => {
  it('are created with a temporary password, invited, and made to change it', async () => {
    const running = await start({ users: [] })
    const created = await running.sdk.send(
      new AdminCreateUserCommand({
        UserPoolId: POOL_ID,
        Username: 'erin',
        UserAttributes: [
          { Name: 'email', Value: 'erin@example.com' },
          { Name: 'email_verified', Value: 'true' },
        ],
      }),
    )
    expect(created.User).toMatchObject({ Username: 'erin', UserStatus: 'FORCE_CHANGE_PASSWORD', Enabled: true })
    expect(created.User?.UserCreateDate).toEqual(running.clock.now)
    const invitation = running.pool.outbox.last('erin@example.com')
    expect(invitation?.purpose).toBe('invitation')
    const first = await srpSignIn(running, { username: 'erin', password: invitation?.code ?? '' })
    expect(first.body.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    await running.sdk.send(
      new AdminSetUserPasswordCommand({ UserPoolId: POOL_ID, Username: 'erin', Password: NEXT, Permanent: true }),
    )
    expect((await srpSignIn(running, { username: 'erin@example.com', password: NEXT })).status).toBe(200)
    const got = await running.sdk.send(new AdminGetUserCommand({ UserPoolId: POOL_ID, Username: 'erin' }))
    expect(got.UserStatus).toBe('CONFIRMED')
    expect(got.UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' })
    await expect(
      running.sdk.send(new AdminCreateUserCommand({ UserPoolId: POOL_ID, Username: 'erin' })),
    ).rejects.toMatchObject({ name: 'UsernameExistsException' })
  })

  it('are found by filter, page by page', async () => {
    const users = Array.from({ length: 5 }, (_, i) => ({
      username: `user${i}`,
      attributes: { email: `user${i}@${i < 3 ? 'a' : 'b'}.example` },
    }))
    const running = await start({ users })
    const list = async (input: object) => running.sdk.send(new ListUsersCommand({ UserPoolId: POOL_ID, ...input }))
    expect((await list({ Filter: 'email = "user1@a.example"' })).Users?.map(({ Username }) => Username)).toEqual([
      'user1',
    ])
    expect((await list({ Filter: 'username ^= "user"' })).Users).toHaveLength(5)
    const first = await list({ Limit: 2 })
    const second = await list({ Limit: 60, PaginationToken: first.PaginationToken })
    expect([...(first.Users ?? []), ...(second.Users ?? [])].map(({ Username }) => Username)).toEqual(
      users.map(({ username }) => username),
    )
    await expect(list({ Filter: 'email like x' })).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })

  it('are disabled, enabled, signed out, reset and deleted', async () => {
    const running = await start({ users: [alice()] })
    const admin = (operation: string, more: object = {}) =>
      running.call(operation, { UserPoolId: POOL_ID, Username: 'alice', ...more }, SIGNED)
    const { AccessToken } = (await passwordSignIn(running)).body.AuthenticationResult
    await admin('AdminDisableUser')
    expect(outcome(await passwordSignIn(running))).toEqual(refusal('NotAuthorizedException', 'User is disabled.'))
    expect((await running.call('GetUser', { AccessToken })).body.message).toBe('User is disabled.')
    await admin('AdminEnableUser')
    expect((await running.call('GetUser', { AccessToken })).status).toBe(200)
    await admin('AdminUserGlobalSignOut')
    expect((await running.call('GetUser', { AccessToken })).body.message).toBe('Access Token has been revoked')
    await admin('AdminUpdateUserAttributes', { UserAttributes: [{ Name: 'email_verified', Value: 'false' }] })
    expect((await admin('AdminResetUserPassword')).body.__type).toBe('InvalidParameterException')
    await admin('AdminUpdateUserAttributes', { UserAttributes: [{ Name: 'email_verified', Value: 'true' }] })
    expect((await admin('AdminResetUserPassword')).status).toBe(200)
    expect((await passwordSignIn(running)).body.__type).toBe('PasswordResetRequiredException')
    const ConfirmationCode = running.pool.outbox.last('alice')?.code
    await running.call('ConfirmForgotPassword', {
      ClientId: CLIENT_ID,
      Username: 'alice',
      ConfirmationCode,
      Password: NEXT,
    })
    expect((await srpSignIn(running, { password: NEXT })).status).toBe(200)
    expect((await admin('AdminConfirmSignUp')).body.__type).toBe('NotAuthorizedException')
    expect((await admin('AdminDeleteUser')).status).toBe(200)
    expect(outcome(await admin('AdminGetUser'))).toEqual(refusal('UserNotFoundException', 'User does not exist.'))
    expect((await running.call('AdminGetUser', { UserPoolId: POOL_ID, Username: 'alice' })).body.__type).toBe(
      'MissingAuthenticationTokenException',
    )
    expect((await admin('AdminGetUser', { UserPoolId: 'us-east-1_Other' })).body.__type).toBe(
      'ResourceNotFoundException',
    )
  })
})

describe('pools and clients, made while the emulator runs', () => {
  it('work like seeded ones', async () => {
    const running = await start()
    const { UserPool } = await running.sdk.send(
      new CreateUserPoolCommand({
        PoolName: 'second',
        UsernameAttributes: ['email'],
        Policies: { PasswordPolicy: { MinimumLength: 6, RequireSymbols: false } },
        DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
      }),
    )
    const UserPoolId = UserPool?.Id ?? ''
    expect(UserPoolId).toMatch(/^us-east-1_[A-Za-z0-9]{9}$/)
    expect(UserPool).toMatchObject({ Name: 'second', UsernameAttributes: ['email'], MfaConfiguration: 'OFF' })
    const { UserPoolClient } = await running.sdk.send(
      new CreateUserPoolClientCommand({
        UserPoolId,
        ClientName: 'new',
        ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
        AccessTokenValidity: 5,
        TokenValidityUnits: { AccessToken: 'minutes' },
        AuthSessionValidity: 5,
      }),
    )
    const ClientId = UserPoolClient?.ClientId ?? ''
    const described = await running.sdk.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }))
    expect(described.UserPoolClient).toMatchObject({
      ClientName: 'new',
      AccessTokenValidity: 5,
      AuthSessionValidity: 5,
    })
    await running.sdk.send(new AdminCreateUserCommand({ UserPoolId, Username: 'finn@example.com' }))
    await running.sdk.send(
      new AdminSetUserPasswordCommand({
        UserPoolId,
        Username: 'finn@example.com',
        Password: 'Simple1',
        Permanent: true,
      }),
    )
    const signIn = (AuthFlow: string) =>
      running.call('InitiateAuth', {
        AuthFlow,
        ClientId,
        AuthParameters: { USERNAME: 'finn@example.com', PASSWORD: 'Simple1', SRP_A: '2' },
      })
    const { AuthenticationResult } = (await signIn('USER_PASSWORD_AUTH')).body
    expect(AuthenticationResult).toMatchObject({ ExpiresIn: 300 })
    expect((await running.call('GetUser', { AccessToken: AuthenticationResult.AccessToken })).body.Username).toMatch(
      /^[0-9a-f-]{36}$/,
    )
    expect((await signIn('USER_SRP_AUTH')).body.message).toBe('USER_SRP_AUTH is not enabled for the client.')
    const jwks = await (await fetch(`${running.server.url}/${UserPoolId}/.well-known/jwks.json`)).json()
    expect(jwks).toMatchObject({ keys: [{ alg: 'RS256' }] })
    await running.sdk.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId,
        MfaConfiguration: 'ON',
        SoftwareTokenMfaConfiguration: { Enabled: true },
      }),
    )
    expect((await signIn('USER_PASSWORD_AUTH')).body.ChallengeName).toBe('MFA_SETUP')
    const pool = await running.sdk.send(new DescribeUserPoolCommand({ UserPoolId }))
    expect(pool.UserPool).toMatchObject({ MfaConfiguration: 'ON', EstimatedNumberOfUsers: 1 })
    await expect(
      running.sdk.send(
        new AdminSetUserMFAPreferenceCommand({
          UserPoolId,
          Username: 'finn@example.com',
          SoftwareTokenMfaSettings: { Enabled: true },
        }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' })
    expect((await running.call('DeleteUserPoolClient', { UserPoolId, ClientId }, SIGNED)).status).toBe(200)
    expect((await signIn('USER_PASSWORD_AUTH')).body.__type).toBe('ResourceNotFoundException')
    expect((await running.call('DeleteUserPool', { UserPoolId }, SIGNED)).status).toBe(200)
    expect((await running.call('ListUserPools', { MaxResults: 10 }, SIGNED)).body.UserPools).toEqual([
      { Id: POOL_ID, Name: 'emulator', CreationDate: expect.any(Number), LastModifiedDate: expect.any(Number) },
    ])
  })

  it('are refused when they make no sense', async () => {
    const running = await start()
    const client = (more: object) =>
      running.call('CreateUserPoolClient', { UserPoolId: POOL_ID, ClientName: 'x', ...more }, SIGNED)
    const rotation = { RefreshTokenRotation: { Feature: 'ENABLED' } }
    expect((await client({ ...rotation, ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] })).status).toBe(400)
    expect((await client({ ExplicitAuthFlows: ['X'] })).status).toBe(400)
    expect((await client({ AuthSessionValidity: 1 })).status).toBe(400)
    expect((await client({ UserPoolId: 'us-east-1_x' })).body.__type).toBe('ResourceNotFoundException')
    expect((await client(rotation)).body.UserPoolClient.ExplicitAuthFlows).not.toContain('ALLOW_REFRESH_TOKEN_AUTH')
    expect(
      (await running.call('CreateUserPool', { PoolName: 'x', MfaConfiguration: 'SOMETIMES' }, SIGNED)).status,
    ).toBe(400)
    expect((await client({ GenerateSecret: true })).body.UserPoolClient.ClientSecret).toMatch(/^[a-z0-9]{51}$/)
  })
})

describe('the password of another pool', () => {
  it('does not open this one', async () => {
    const running = await start()
    const { UserPool } = await running.sdk.send(new CreateUserPoolCommand({ PoolName: 'second' }))
    const { UserPoolClient } = await running.sdk.send(
      new CreateUserPoolClientCommand({
        UserPoolId: UserPool?.Id,
        ClientName: 'x',
        ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      }),
    )
    const reply = await passwordSignIn(running, { PASSWORD }, UserPoolClient?.ClientId)
    expect(outcome(reply)).toMatchObject({ status: 400, body: { __type: 'UserNotFoundException' } })
  })
})
