import type { UserPoolOptions } from 'cognito-user-pool-emulator'
import { describe, expect, it } from 'vitest'
import { alice, CLIENT_ID, POOL_ID, SIGNED, start } from '../support/pool.js'
import { passwordSignIn } from '../support/sign-in.js'

async function running(options: Partial<UserPoolOptions> = { sessionTracking: true }) {
  const pool = await start(options)
  const later = () => {
    pool.clock.now = new Date(pool.clock.now.getTime() + 60_000)
  }
  const admin = (operation: string, fields: object = {}) =>
    pool.call(operation, { UserPoolId: POOL_ID, ...fields }, SIGNED)
  const signIn = async () => {
    later()
    return (await passwordSignIn(pool)).body.AuthenticationResult as { AccessToken: string; RefreshToken: string }
  }
  return { ...pool, admin, later, signIn }
}

describe('user sessions', () => {
  it('are listed and revoked by the user, but for the current one', async () => {
    const { call, signIn, later } = await running()
    const [first, second] = [await signIn(), await signIn()]
    const list = async ({ AccessToken }: { AccessToken: string }) =>
      (await call('ListUserSessions', { AccessToken })).body
    const { Sessions } = await list(second)
    expect(Sessions).toMatchObject([
      { SessionType: 'TOKEN', ClientId: CLIENT_ID, IsCurrentSession: true },
      { SessionType: 'TOKEN', ClientId: CLIENT_ID, IsCurrentSession: false },
    ])
    expect(Sessions[0].SessionId).toMatch(/^tkn[a-z0-9]{25}$/)
    later()
    await call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken: first.RefreshToken })
    const refreshed = (await list(second)).Sessions
    expect(refreshed[0]).toMatchObject({ SessionId: Sessions[1].SessionId, CreateDate: Sessions[1].CreateDate })
    expect(refreshed[0].LastActiveDate).toBe(Sessions[1].LastActiveDate + 120)
    const revoke = (SessionId: string) => call('RevokeUserSession', { AccessToken: second.AccessToken, SessionId })
    expect(await revoke(Sessions[0].SessionId)).toMatchObject({ body: { __type: 'InvalidParameterException' } })
    expect((await revoke(Sessions[1].SessionId)).status).toBe(200)
    expect(await revoke(Sessions[1].SessionId)).toMatchObject({ body: { __type: 'ResourceNotFoundException' } })
    expect((await list(second)).Sessions).toHaveLength(1)
    expect((await call('GetUser', { AccessToken: first.AccessToken })).status).toBe(400)
  })

  it('are listed and revoked by an administrator', async () => {
    const { admin, call, signIn } = await running()
    const { AccessToken } = await signIn()
    const { Sessions } = (await admin('AdminListUserSessions', { Username: 'alice' })).body
    expect(Sessions).toMatchObject([{ IsCurrentSession: false }])
    const { SessionId } = Sessions[0]
    const revoke = { Username: 'alice', SessionId, RevokeAssociatedSessions: 'LINKED' }
    expect((await admin('AdminRevokeUserSession', revoke)).status).toBe(200)
    expect((await call('GetUser', { AccessToken })).status).toBe(400)
  })

  it('are as many as the pool allows: the one not used for longest ends', async () => {
    const { admin, call, signIn } = await running({})
    const set = (MaxPerUser: number) =>
      admin('SetUserPoolSessionConfiguration', { UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser } })
    expect(await set(0)).toMatchObject({ body: { __type: 'InvalidParameterException' } })
    const configuration = { UserPoolId: POOL_ID, UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser: 2 } }
    expect((await set(2)).body).toEqual(configuration)
    expect((await admin('GetUserPoolSessionConfiguration')).body).toEqual(configuration)
    const tokens = [await signIn(), await signIn(), await signIn()]
    const statuses = tokens.map(async ({ AccessToken }) => (await call('GetUser', { AccessToken })).status)
    expect(await Promise.all(statuses)).toEqual([400, 200, 200])
  })

  it('are not listed where tracking is off, and not tracked in the tier LITE', async () => {
    const { admin } = await running({ tier: 'LITE' })
    expect(await admin('AdminListUserSessions', { Username: 'alice' })).toMatchObject({
      body: { __type: 'OperationNotEnabledException' },
    })
    const configuration = { UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser: 2 } }
    expect(await admin('SetUserPoolSessionConfiguration', configuration)).toMatchObject({
      body: { __type: 'FeatureUnavailableInTierException' },
    })
    expect((await admin('DescribeUserPool')).body.UserPool.UserPoolTier).toBe('LITE')
  })

  it('keep the settings of a client', async () => {
    const { admin } = await running()
    const fields = { ClientId: CLIENT_ID, SSOSession: { MaxValidityMinutes: 5 } }
    expect((await admin('GetUserPoolClientSessionConfiguration', fields)).body.SSOSession.MaxValidityMinutes).toBe(60)
    expect((await admin('SetUserPoolClientSessionConfiguration', fields)).body).toEqual({
      UserPoolId: POOL_ID,
      ...fields,
    })
    expect((await admin('GetUserPoolClientSessionConfiguration', fields)).body.SSOSession.MaxValidityMinutes).toBe(5)
  })
})

describe('AdminGetUserAuthFactors and AdminDeleteSoftwareToken', () => {
  it('show the factors of a user, and take the authenticator app away', async () => {
    const { admin } = await running({
      mfa: 'OPTIONAL',
      users: [alice({ mfa: { totpSecret: 'JBSWY3DPEHPK3PXP', preferred: 'SOFTWARE_TOKEN_MFA' } })],
    })
    expect((await admin('AdminGetUserAuthFactors', { Username: 'alice' })).body).toMatchObject({
      Username: 'alice',
      PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA',
      UserMFASettingList: ['SOFTWARE_TOKEN_MFA'],
    })
    expect((await admin('AdminDeleteSoftwareToken', { Username: 'alice' })).status).toBe(200)
    const { body } = await admin('AdminGetUserAuthFactors', { Username: 'alice' })
    expect(body.PreferredMfaSetting).toBeUndefined()
    expect(body.ConfiguredUserAuthFactors).toContain('PASSWORD')
    expect(await admin('AdminDeleteSoftwareToken', { Username: 'alice' })).toMatchObject({
      body: { __type: 'ResourceNotFoundException' },
    })
  })
})
