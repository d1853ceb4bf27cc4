import { createDeviceVerifier, startCognitoSrp } from '@srp6a/srp/cognito'
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js'
import { describe, expect, it } from 'vitest'
import {
  alice,
  CLIENT_ID,
  outcome,
  PASSWORD,
  POOL_ID,
  passwordSignIn,
  type Reply,
  type Running,
  refusal,
  SIGNED,
  srpAnswer,
  srpSignIn,
  start,
} from './support.js'

interface Known {
  readonly deviceKey: string
  readonly deviceGroupKey: string
  readonly devicePassword: string
}

const NO_DEVICE = refusal('ResourceNotFoundException', 'Device does not exist.')
const INVALID_SESSION = refusal('NotAuthorizedException', 'Invalid session for the user.')
const WRONG = refusal('NotAuthorizedException', 'Incorrect username or password.')

/** Signs in without a device and confirms the one that the pool offers. */
async function newDevice(
  running: Running,
  reply?: Reply,
): Promise<{ device: Known; tokens: Record<string, string>; confirmed: Reply }> {
  const tokens = (reply ?? (await srpSignIn(running))).body.AuthenticationResult
  const { DeviceKey, DeviceGroupKey } = tokens.NewDeviceMetadata
  const { devicePassword, salt, passwordVerifier } = createDeviceVerifier({
    deviceGroupKey: DeviceGroupKey,
    deviceKey: DeviceKey,
  })
  const confirmed = await running.call('ConfirmDevice', {
    AccessToken: tokens.AccessToken,
    DeviceKey,
    DeviceName: 'test',
    DeviceSecretVerifierConfig: { Salt: salt, PasswordVerifier: passwordVerifier },
  })
  return { device: { deviceKey: DeviceKey, deviceGroupKey: DeviceGroupKey, devicePassword }, tokens, confirmed }
}

/** DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER, with whatever is bent in the second answer. */
async function proveDevice(
  running: Running,
  device: Known,
  {
    Session,
    bend = {},
    withSession = true,
  }: { Session: string | undefined; bend?: Record<string, string>; withSession?: boolean },
): Promise<Reply> {
  const srp = startCognitoSrp()
  const common = { USERNAME: 'alice', DEVICE_KEY: device.deviceKey }
  const first = await running.call('RespondToAuthChallenge', {
    ClientId: CLIENT_ID,
    ChallengeName: 'DEVICE_SRP_AUTH',
    ChallengeResponses: { ...common, SRP_A: srp.srpA },
    ...(withSession ? { Session } : {}),
  })
  if (first.status !== 200) return first
  expect(first.body.ChallengeName).toBe('DEVICE_PASSWORD_VERIFIER')
  const parameters = first.body.ChallengeParameters
  expect(parameters).toMatchObject({ DEVICE_KEY: device.deviceKey, USERNAME: 'alice' })
  const claim = srp.claim({
    scope: device.deviceGroupKey,
    userId: device.deviceKey,
    password: device.devicePassword,
    salt: parameters.SALT,
    srpB: parameters.SRP_B,
    secretBlock: parameters.SECRET_BLOCK,
    now: running.clock.now,
  })
  return running.call('RespondToAuthChallenge', {
    ClientId: CLIENT_ID,
    ChallengeName: 'DEVICE_PASSWORD_VERIFIER',
    ChallengeResponses: {
      ...common,
      PASSWORD_CLAIM_SIGNATURE: claim.signature,
      PASSWORD_CLAIM_SECRET_BLOCK: claim.secretBlock,
      TIMESTAMP: claim.timestamp,
      ...bend,
    },
    ...(withSession ? { Session: first.body.Session } : {}),
  })
}

describe('a pool that always remembers', () => {
  const always = { deviceTracking: 'always', mfa: 'ON', users: [alice({ mfa: { sms: true } })] } as const
  const passMfa = async (running: Running, { body }: Reply, deviceKey?: string) => {
    expect(body.ChallengeName).toBe('SMS_MFA')
    return running.call('RespondToAuthChallenge', {
      ClientId: CLIENT_ID,
      ChallengeName: 'SMS_MFA',
      Session: body.Session,
      ChallengeResponses: {
        USERNAME: 'alice',
        SMS_MFA_CODE: running.pool.outbox.last()?.code,
        ...(deviceKey === undefined ? {} : { DEVICE_KEY: deviceKey }),
      },
    })
  }

  it('lets a confirmed device sign in without MFA, with and without Sessions', async () => {
    const running = await start(always)
    const { device, confirmed } = await newDevice(running, await passMfa(running, await srpSignIn(running)))
    expect(device.deviceKey).toMatch(/^us-east-1_[0-9a-f-]{36}$/)
    expect(confirmed.body).toEqual({ UserConfirmationNecessary: false })
    for (const withSession of [true, false]) {
      for (const signIn of [
        () => srpSignIn(running, { deviceKey: device.deviceKey }),
        () => passwordSignIn(running, { DEVICE_KEY: device.deviceKey }),
      ]) {
        const { body } = await signIn()
        expect(body.ChallengeName).toBe('DEVICE_SRP_AUTH')
        const done = await proveDevice(running, device, { Session: body.Session, withSession })
        expect(done.body.AuthenticationResult.IdToken).toBeTruthy()
        expect(done.body.AuthenticationResult.NewDeviceMetadata).toBeUndefined()
      }
    }
  })

  it('refuses a device that cannot prove itself', async () => {
    const running = await start({ ...always, mfa: 'OFF' })
    const { device } = await newDevice(running)
    const other = (await newDevice(running)).device
    const signIn = async () => (await srpSignIn(running, { deviceKey: device.deviceKey })).body.Session as string
    const stolen = { ...device, devicePassword: other.devicePassword }
    expect(outcome(await proveDevice(running, stolen, { Session: await signIn() }))).toEqual(WRONG)
    expect(
      outcome(
        await proveDevice(running, device, { Session: await signIn(), bend: { PASSWORD_CLAIM_SIGNATURE: 'AAAA' } }),
      ),
    ).toEqual(WRONG)
    expect(
      outcome(await proveDevice(running, device, { Session: await signIn(), bend: { DEVICE_KEY: other.deviceKey } })),
    ).toEqual(NO_DEVICE)
    expect(outcome(await proveDevice(running, other, { Session: await signIn() }))).toEqual(NO_DEVICE)
    expect(outcome(await proveDevice(running, device, { Session: 'made up' }))).toEqual(INVALID_SESSION)
    const once = await signIn()
    expect((await proveDevice(running, device, { Session: once })).status).toBe(200)
    expect(outcome(await proveDevice(running, device, { Session: once }))).toEqual(INVALID_SESSION)
    running.clock.now = new Date(running.clock.now.getTime() + 200_000)
    expect(outcome(await proveDevice(running, device, { Session: undefined, withSession: false }))).toEqual(
      INVALID_SESSION,
    )
  })

  it('never lets a device in without the first factor', async () => {
    const running = await start({ ...always, mfa: 'OFF' })
    const { device } = await newDevice(running)
    expect(outcome(await proveDevice(running, device, { Session: undefined, withSession: false }))).toEqual(
      INVALID_SESSION,
    )
    await srpSignIn(running, { deviceKey: device.deviceKey, password: 'wrong' })
    expect(outcome(await proveDevice(running, device, { Session: undefined, withSession: false }))).toEqual(
      INVALID_SESSION,
    )
  })

  it('says that a deleted device is gone, and takes the same signature again without its key', async () => {
    const running = await start(always)
    const { device, tokens } = await newDevice(running, await passMfa(running, await srpSignIn(running)))
    expect(
      (await running.call('ForgetDevice', { AccessToken: tokens.AccessToken, DeviceKey: device.deviceKey })).status,
    ).toBe(200)
    const { first: _, ...answer } = await srpAnswer(running, {
      username: 'alice',
      password: PASSWORD,
      deviceKey: device.deviceKey,
    })
    expect(outcome(await running.call('RespondToAuthChallenge', answer))).toEqual(NO_DEVICE)
    const again = { ...answer, ChallengeResponses: { ...answer.ChallengeResponses, DEVICE_KEY: null } }
    expect((await running.call('RespondToAuthChallenge', again)).body.ChallengeName).toBe('SMS_MFA')
    expect(outcome(await passwordSignIn(running, { DEVICE_KEY: device.deviceKey }))).toEqual(NO_DEVICE)
    expect(outcome(await passwordSignIn(running, { DEVICE_KEY: 'nonsense' }))).toEqual(
      refusal('InvalidParameterException', 'Invalid device key given.'),
    )
    expect(outcome(await passwordSignIn(running, { DEVICE_KEY: device.deviceKey, PASSWORD: 'wrong' }))).toEqual(WRONG)
  })

  it('binds refresh tokens to the device', async () => {
    const running = await start({ ...always, mfa: 'OFF' })
    const { device, tokens } = await newDevice(running)
    const invalid = refusal('NotAuthorizedException', 'Invalid Refresh Token')
    const flow = (parameters: Record<string, string>) =>
      running.call('InitiateAuth', {
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        ClientId: CLIENT_ID,
        AuthParameters: { REFRESH_TOKEN: tokens.RefreshToken, ...parameters },
      })
    const call = (DeviceKey?: string) =>
      running.call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken: tokens.RefreshToken, DeviceKey })
    expect(outcome(await flow({}))).toEqual(invalid)
    expect(outcome(await call())).toEqual(invalid)
    expect(outcome(await call('us-east-1_other'))).toEqual(invalid)
    expect((await flow({ DEVICE_KEY: device.deviceKey })).status).toBe(200)
    expect((await call(device.deviceKey)).status).toBe(200)
    await running.call(
      'AdminForgetDevice',
      { UserPoolId: POOL_ID, Username: 'alice', DeviceKey: device.deviceKey },
      SIGNED,
    )
    expect(outcome(await call(device.deviceKey))).toEqual(invalid)
  })
})

describe('ConfirmDevice', () => {
  it('refuses numbers that Java would read as negative, and does not check the verifier', async () => {
    const running = await start({ deviceTracking: 'always' })
    const tokens = (await srpSignIn(running)).body.AuthenticationResult
    const { DeviceKey } = tokens.NewDeviceMetadata
    const confirm = (Salt: string, PasswordVerifier: string, key = DeviceKey) =>
      running
        .call('ConfirmDevice', {
          AccessToken: tokens.AccessToken,
          DeviceKey: key,
          DeviceSecretVerifierConfig: { Salt, PasswordVerifier },
        })
        .then(outcome)
    const negative = (what: string) => refusal('InvalidParameterException', `negative value passed for ${what}`)
    expect(await confirm('gAAA', 'AQAA')).toEqual(negative('salt'))
    expect(await confirm('AQAA', '/////w==')).toEqual(negative('password verifier'))
    expect(await confirm('AQAA', '***')).toMatchObject({ status: 400 })
    expect(await confirm('AQAA', 'AQAA', 'us-east-1_00000000-0000-4000-8000-000000000000')).toEqual(NO_DEVICE)
    expect(await confirm('AQAA', 'AQAA', 'x')).toEqual(
      refusal('InvalidParameterException', 'Invalid device key given.'),
    )
    expect(await confirm('AQAA', 'AQAA')).toEqual({ status: 200, body: { UserConfirmationNecessary: false } })
    const { body } = await srpSignIn(running, { deviceKey: DeviceKey })
    const device = {
      deviceKey: DeviceKey,
      deviceGroupKey: tokens.NewDeviceMetadata.DeviceGroupKey,
      devicePassword: 'x',
    }
    expect(outcome(await proveDevice(running, device, { Session: body.Session }))).toEqual(WRONG)
  })

  it('is needed before a device exists for a sign-in', async () => {
    const running = await start({ deviceTracking: 'always' })
    const tokens = (await srpSignIn(running)).body.AuthenticationResult
    const deviceKey = tokens.NewDeviceMetadata.DeviceKey
    expect(outcome(await srpSignIn(running, { deviceKey }))).toEqual(NO_DEVICE)
    expect(
      (await running.call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken: tokens.RefreshToken }))
        .status,
    ).toBe(200)
  })
})

describe('a pool where the user opts in', () => {
  it('asks for confirmation, and skips MFA only for remembered devices', async () => {
    const running = await start({ deviceTracking: 'opt-in', mfa: 'OPTIONAL', users: [alice()] })
    const { device, tokens, confirmed } = await newDevice(running)
    const { AccessToken } = tokens
    expect(confirmed.body).toEqual({ UserConfirmationNecessary: true })
    await running.call('SetUserMFAPreference', { AccessToken, SMSMfaSettings: { Enabled: true } })
    expect((await srpSignIn(running, { deviceKey: device.deviceKey })).body.ChallengeName).toBe('SMS_MFA')
    const update = (DeviceRememberedStatus: string) =>
      running.call('UpdateDeviceStatus', { AccessToken, DeviceKey: device.deviceKey, DeviceRememberedStatus })
    expect((await update('maybe')).body.__type).toBe('InvalidParameterException')
    expect((await update('remembered')).status).toBe(200)
    expect((await srpSignIn(running, { deviceKey: device.deviceKey })).body.ChallengeName).toBe('DEVICE_SRP_AUTH')
    expect((await update('not_remembered')).status).toBe(200)
    expect((await srpSignIn(running, { deviceKey: device.deviceKey })).body.ChallengeName).toBe('SMS_MFA')
  })

  it('lists, shows and forgets devices, for the user and for an administrator', async () => {
    const running = await start({ deviceTracking: 'opt-in' })
    const { device, tokens } = await newDevice(running)
    await newDevice(running)
    const { AccessToken } = tokens
    const own = (await running.call('ListDevices', { AccessToken, Limit: 1 })).body
    expect(own.Devices).toHaveLength(1)
    const rest = (await running.call('ListDevices', { AccessToken, PaginationToken: own.PaginationToken })).body
    expect(rest.Devices).toHaveLength(1)
    expect(rest.PaginationToken).toBeUndefined()
    const shown = (await running.call('GetDevice', { AccessToken, DeviceKey: device.deviceKey })).body.Device
    expect(shown).toMatchObject({ DeviceKey: device.deviceKey, DeviceCreateDate: running.clock.now.getTime() / 1000 })
    expect(shown.DeviceAttributes).toContainEqual({ Name: 'dev:device_remembered_status', Value: 'not_remembered' })
    const admin = { UserPoolId: POOL_ID, Username: 'alice' }
    expect((await running.call('AdminListDevices', admin, SIGNED)).body.Devices).toHaveLength(2)
    await running.call(
      'AdminUpdateDeviceStatus',
      { ...admin, DeviceKey: device.deviceKey, DeviceRememberedStatus: 'remembered' },
      SIGNED,
    )
    const seen = (await running.call('AdminGetDevice', { ...admin, DeviceKey: device.deviceKey }, SIGNED)).body.Device
    expect(seen.DeviceAttributes).toContainEqual({ Name: 'dev:device_remembered_status', Value: 'remembered' })
    expect((await running.call('AdminListDevices', admin)).body.__type).toBe('MissingAuthenticationTokenException')
    await running.call('ForgetDevice', { AccessToken, DeviceKey: device.deviceKey })
    expect(outcome(await running.call('GetDevice', { AccessToken, DeviceKey: device.deviceKey }))).toEqual(NO_DEVICE)
  })
})

describe('amazon-cognito-identity-js', () => {
  it('confirms a device, signs in with it, and survives its deletion', async () => {
    const running = await start({ deviceTracking: 'always' })
    const map = new Map<string, string>()
    const Storage = {
      getItem: (name: string) => map.get(name) ?? null,
      setItem: (name: string, value: string) => void map.set(name, value),
      removeItem: (name: string) => void map.delete(name),
      clear: () => map.clear(),
    }
    const operations: string[] = []
    running.pool.onExchange(({ operation, request, status }) => {
      operations.push(`${operation} ${request.ChallengeName ?? request.AuthFlow ?? ''} ${status}`)
    })
    const signIn = (): Promise<CognitoUserSession> => {
      const Pool = new CognitoUserPool({
        UserPoolId: POOL_ID,
        ClientId: CLIENT_ID,
        endpoint: running.server.url,
        Storage,
      })
      const user = new CognitoUser({ Username: 'alice', Pool, Storage })
      const details = new AuthenticationDetails({ Username: 'alice', Password: PASSWORD })
      return new Promise((onSuccess, onFailure) => user.authenticateUser(details, { onSuccess, onFailure }))
    }
    await signIn()
    expect(operations.splice(0)).toEqual([
      'InitiateAuth USER_SRP_AUTH 200',
      'RespondToAuthChallenge PASSWORD_VERIFIER 200',
      'ConfirmDevice  200',
    ])
    await signIn()
    expect(operations.splice(0)).toEqual([
      'InitiateAuth USER_SRP_AUTH 200',
      'RespondToAuthChallenge PASSWORD_VERIFIER 200',
      'RespondToAuthChallenge DEVICE_SRP_AUTH 200',
      'RespondToAuthChallenge DEVICE_PASSWORD_VERIFIER 200',
    ])
    running.pool.faults.add({
      kind: 'device-wiped',
      operation: 'RespondToAuthChallenge',
      challenge: 'PASSWORD_VERIFIER',
    })
    await signIn()
    expect(operations.splice(0)).toEqual([
      'InitiateAuth USER_SRP_AUTH 200',
      'RespondToAuthChallenge PASSWORD_VERIFIER 400',
      'RespondToAuthChallenge PASSWORD_VERIFIER 200',
      'ConfirmDevice  200',
    ])
  })
})
