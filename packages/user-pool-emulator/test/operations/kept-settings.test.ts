// Settings are kept: every member of the service's model that Create and Describe share comes back as it was set.
import { describe, expect, it } from 'vitest'
import { createUserPool } from '../../src/index.js'
import { shapes } from '../../src/service-model/table.js'

const emulator = createUserPool({ clients: [{ clientId: 'web' }] })

async function call(operation: string, input: object): Promise<Record<string, unknown>> {
  const response = await emulator.handle(
    new Request('http://127.0.0.1/', {
      method: 'POST',
      headers: {
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
        'content-type': 'application/x-amz-json-1.1',
        authorization: 'AWS4-HMAC-SHA256 Credential=local',
      },
      body: JSON.stringify(input),
    }),
  )
  const body = (await response.json()) as Record<string, unknown>
  return response.ok ? body : { refused: String(body.__type), message: String(body.message) }
}

const POOL = {
  DeletionProtection: 'INACTIVE',
  LambdaConfig: { PreSignUp: 'arn:aws:lambda:us-east-1:000000000000:function:pre-sign-up' },
  AutoVerifiedAttributes: ['email'],
  VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
  EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
  UserPoolTags: { stage: 'test' },
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' }] },
  UserPoolAddOns: { AdvancedSecurityMode: 'OFF' },
}
const CLIENT = {
  ReadAttributes: ['email'],
  WriteAttributes: ['email'],
  SupportedIdentityProviders: ['COGNITO'],
  CallbackURLs: ['https://app.example/back'],
  LogoutURLs: ['https://app.example/out'],
  DefaultRedirectURI: 'https://app.example/back',
  AllowedOAuthFlows: ['code'],
  AllowedOAuthScopes: ['openid'],
  AllowedOAuthFlowsUserPoolClient: true,
  EnableTokenRevocation: true,
  EnablePropagateAdditionalUserContextData: false,
}

async function pool(members: object = {}): Promise<string> {
  const { UserPool } = (await call('CreateUserPool', { PoolName: 'kept', ...members })) as { UserPool: { Id: string } }
  return UserPool.Id
}
const described = async (UserPoolId: string) =>
  (await call('DescribeUserPool', { UserPoolId })).UserPool as Record<string, unknown>

describe('a pool', () => {
  it('keeps what CreateUserPool sets, and shows a whole schema', async () => {
    const found = await described(await pool(POOL))
    expect(found).toMatchObject(POOL)
    const names = (found.SchemaAttributes as { Name: string }[]).map(({ Name }) => Name)
    expect(names).toEqual(expect.arrayContaining(['sub', 'email', 'updated_at']))
    for (const name of Object.keys(POOL)) expect(Object.keys(shapes.UserPoolType?.members ?? {})).toContain(name)
  })

  it('is changed by UpdateUserPool, which gives what is left out its default', async () => {
    const id = await pool({ ...POOL, Policies: { PasswordPolicy: { MinimumLength: 12 } } })
    const { CreationDate } = await described(id)
    expect(await call('UpdateUserPool', { UserPoolId: id, PoolName: 'renamed', MfaConfiguration: 'OFF' })).toEqual({})
    const found = await described(id)
    expect(found).toMatchObject({ Name: 'renamed', CreationDate, Policies: { PasswordPolicy: { MinimumLength: 8 } } })
    for (const name of Object.keys(POOL)) expect(found, name).not.toHaveProperty(name)
  })

  it('tracks devices from the update on', async () => {
    const id = await pool()
    const DeviceConfiguration = { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true }
    await call('UpdateUserPool', { UserPoolId: id, DeviceConfiguration })
    expect(await described(id)).toMatchObject({ DeviceConfiguration })
  })

  it('is not deleted while it is protected', async () => {
    const id = await pool({ DeletionProtection: 'ACTIVE' })
    expect(await call('DeleteUserPool', { UserPoolId: id })).toMatchObject({ refused: 'InvalidParameterException' })
    await call('UpdateUserPool', { UserPoolId: id, DeletionProtection: 'INACTIVE' })
    expect(await call('DeleteUserPool', { UserPoolId: id })).toEqual({})
  })
})

describe('custom attributes', () => {
  const user = (UserPoolId: string, Username: string, attributes: Record<string, string>) =>
    call('AdminCreateUser', {
      UserPoolId,
      Username,
      MessageAction: 'SUPPRESS',
      UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    })

  it('are those of the schema, and of AddCustomAttributes', async () => {
    const id = await pool({ Schema: [{ Name: 'tenant', AttributeDataType: 'String', Mutable: false }] })
    expect(await user(id, 'ada', { 'custom:tenant': 'a' })).toHaveProperty('User')
    expect(await user(id, 'eve', { 'custom:team': 'b' })).toEqual({
      refused: 'InvalidParameterException',
      message: 'Attributes did not conform to the schema: custom:team: Attribute does not exist in the schema.',
    })
    const CustomAttributes = [{ Name: 'team', AttributeDataType: 'String', Mutable: true }]
    expect(await call('AddCustomAttributes', { UserPoolId: id, CustomAttributes })).toEqual({})
    expect(await user(id, 'eve', { 'custom:team': 'b' })).toHaveProperty('User')
    expect(await call('AddCustomAttributes', { UserPoolId: id, CustomAttributes })).toMatchObject({
      refused: 'InvalidParameterException',
    })
    const names = ((await described(id)).SchemaAttributes as { Name: string }[]).map(({ Name }) => Name)
    expect(names.slice(-2)).toEqual(['custom:tenant', 'custom:team'])
  })

  it('that are not mutable keep their first value', async () => {
    const id = await pool({ Schema: [{ Name: 'tenant', AttributeDataType: 'String', Mutable: false }] })
    await user(id, 'ada', { 'custom:tenant': 'a' })
    const UserAttributes = [{ Name: 'custom:tenant', Value: 'b' }]
    expect(await call('AdminUpdateUserAttributes', { UserPoolId: id, Username: 'ada', UserAttributes })).toMatchObject({
      refused: 'InvalidParameterException',
    })
  })

  it('of a seed are those that it declares or gives to its users', async () => {
    const seeded = createUserPool({
      id: 'us-east-1_Seeded001',
      clients: [{ clientId: 'web' }],
      customAttributes: ['custom:team'],
      users: [{ username: 'ada', password: 'Correct-Horse-1', attributes: { 'custom:tenant': 'a' } }],
    })
    const { settings } = seeded.snapshot().pools[0] as { settings: { customAttributes: object } }
    expect(Object.keys(settings.customAttributes)).toEqual(['custom:team', 'custom:tenant'])
  })
})

describe('an app client', () => {
  it('keeps what it was given, and is changed as a whole', async () => {
    const UserPoolId = await pool()
    const created = (
      await call('CreateUserPoolClient', { UserPoolId, ClientName: 'web', GenerateSecret: true, ...CLIENT })
    ).UserPoolClient as Record<string, unknown>
    expect(created).toMatchObject(CLIENT)
    const { ClientId, ClientSecret } = created
    const update = { UserPoolId, ClientId, ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'], AccessTokenValidity: 10 }
    const updated = (await call('UpdateUserPoolClient', { ...update, TokenValidityUnits: { AccessToken: 'minutes' } }))
      .UserPoolClient as Record<string, unknown>
    expect(updated).toMatchObject({
      ClientName: 'web',
      ClientSecret,
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
      AccessTokenValidity: 10,
      TokenValidityUnits: { AccessToken: 'minutes' },
    })
    for (const name of Object.keys(CLIENT)) expect(updated, name).not.toHaveProperty(name)
    const found = (await call('DescribeUserPoolClient', { UserPoolId, ClientId })).UserPoolClient
    expect(found).toEqual(updated)
  })

  const make = async (members: object): Promise<Record<string, unknown>> => {
    const reply = await call('CreateUserPoolClient', { UserPoolId: await pool(), ClientName: 'web', ...members })
    return (reply.UserPoolClient ?? reply) as Record<string, unknown>
  }

  it('has the lifetimes that it was given, in their units', async () => {
    const lifetimes = {
      AccessTokenValidity: 45,
      IdTokenValidity: 2,
      RefreshTokenValidity: 90,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'hours', RefreshToken: 'days' },
    }
    expect(await make(lifetimes)).toMatchObject(lifetimes)
    const usual = await make({ RefreshTokenValidity: 60 })
    expect(usual).toMatchObject({ RefreshTokenValidity: 60, AccessTokenValidity: 1, IdTokenValidity: 1 })
    expect(usual).not.toHaveProperty('TokenValidityUnits')
    expect(await make({ RefreshTokenValidity: 0 })).toMatchObject({ RefreshTokenValidity: 30 })
  })

  it.each([
    { AccessTokenValidity: 4, TokenValidityUnits: { AccessToken: 'minutes' } },
    { AccessTokenValidity: 25 },
    { IdTokenValidity: 2, TokenValidityUnits: { IdToken: 'days' } },
    { RefreshTokenValidity: 59, TokenValidityUnits: { RefreshToken: 'minutes' } },
    { RefreshTokenValidity: 3651 },
  ])('is refused with lifetimes out of range: %o', async (lifetimes) => {
    expect(await make(lifetimes)).toEqual({
      refused: 'InvalidParameterException',
      message: 'Invalid range for token validity.',
    })
  })

  it('takes the flows by their names of before too, and shows them', async () => {
    const UserPoolId = await pool()
    const create = async (ExplicitAuthFlows: string[]) =>
      call('CreateUserPoolClient', { UserPoolId, ClientName: 'web', ExplicitAuthFlows })
    const Password = 'Correct-Horse-1'
    await call('AdminCreateUser', { UserPoolId, Username: 'ada', MessageAction: 'SUPPRESS' })
    await call('AdminSetUserPassword', { UserPoolId, Username: 'ada', Password, Permanent: true })
    const signIn = (ClientId: unknown, AuthFlow: string) =>
      call('AdminInitiateAuth', {
        UserPoolId,
        ClientId,
        AuthFlow,
        AuthParameters: { USERNAME: 'ada', PASSWORD: Password, SRP_A: 'f00d' },
      })
    const old = (await create(['ADMIN_NO_SRP_AUTH'])).UserPoolClient as Record<string, unknown>
    expect(old.ExplicitAuthFlows).toEqual(['ADMIN_NO_SRP_AUTH'])
    expect(await signIn(old.ClientId, 'ADMIN_NO_SRP_AUTH')).toHaveProperty('AuthenticationResult')
    expect(await signIn(old.ClientId, 'USER_SRP_AUTH')).toMatchObject({ ChallengeName: 'PASSWORD_VERIFIER' })
    const custom = (await create(['CUSTOM_AUTH_FLOW_ONLY'])).UserPoolClient as Record<string, unknown>
    expect(await signIn(custom.ClientId, 'USER_SRP_AUTH')).toMatchObject({ refused: 'InvalidParameterException' })
    expect(await create(['ADMIN_NO_SRP_AUTH', 'ALLOW_USER_SRP_AUTH'])).toMatchObject({
      refused: 'InvalidParameterException',
    })
  })
})

describe('AllowAdminCreateUserOnly', () => {
  it('lets no one sign up, and administrators create users', async () => {
    const UserPoolId = await pool({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } })
    const { ClientId } = (await call('CreateUserPoolClient', { UserPoolId, ClientName: 'web' })).UserPoolClient as {
      ClientId: string
    }
    const signUp = (Username: string) => call('SignUp', { ClientId, Username, Password: 'Correct-Horse-1' })
    expect(await signUp('ada')).toEqual({
      refused: 'NotAuthorizedException',
      message: 'SignUp is not permitted for this user pool',
    })
    expect(await call('AdminCreateUser', { UserPoolId, Username: 'ada' })).toHaveProperty('User')
    await call('UpdateUserPool', { UserPoolId })
    expect(await signUp('eve')).toMatchObject({ UserConfirmed: false })
  })
})

describe('what a seed made', () => {
  it('has its dates, by the clock of the pool', async () => {
    const now = new Date('2026-03-05T10:20:30Z')
    const seeded = createUserPool({
      clients: [{ clientId: 'web', clientSecret: 'secret' }],
      groups: [{ name: 'staff' }],
      clock: () => now,
    })
    const ask = async (operation: string, input: object) => {
      const headers = {
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
        authorization: 'AWS4-HMAC-SHA256 Credential=local',
      }
      const body = JSON.stringify({ UserPoolId: seeded.id, ...input })
      return (await seeded.handle(new Request('http://127.0.0.1/', { method: 'POST', headers, body }))).json()
    }
    const dates = { CreationDate: now.getTime() / 1000, LastModifiedDate: now.getTime() / 1000 }
    expect(await ask('DescribeUserPool', {})).toMatchObject({ UserPool: dates })
    expect(await ask('DescribeUserPoolClient', { ClientId: 'web' })).toMatchObject({ UserPoolClient: dates })
    expect(await ask('GetGroup', { GroupName: 'staff' })).toMatchObject({ Group: dates })
    expect(await ask('ListUserPools', { MaxResults: 9 })).toMatchObject({ UserPools: [dates] })
    expect(await ask('ListUserPoolClientSecrets', { ClientId: 'web' })).toMatchObject({
      ClientSecrets: [{ ClientSecretId: `web--${dates.CreationDate}`, ClientSecretCreateDate: dates.CreationDate }],
    })
  })
})
