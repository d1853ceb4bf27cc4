// cognito-srp-helper computes the SRP of requests that the AWS SDK sends.
import {
  CognitoIdentityProviderClient,
  ConfirmDeviceCommand,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider'
import {
  createDeviceVerifier,
  createPasswordHash,
  createSecretHash,
  createSrpSession,
  signSrpSession,
  signSrpSessionWithDevice,
  wrapAuthChallenge,
  wrapInitiateAuth,
} from 'cognito-srp-helper'
import { askForAWord } from 'srp6a-tools/testing/triggers.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLIENT_ID, cannot, lastCode, PASSWORD, POOL_ID, started } from './libraries.js'

const NAME = 'cognito-srp-helper'
beforeAll(() =>
  cannot(NAME, {
    'MFA, new password, custom challenges': 'the caller sends them; it computes SRP alone',
    'refresh, storage of devices': 'the caller’s',
  }),
)

const clients: CognitoIdentityProviderClient[] = []
afterAll(() => {
  for (const client of clients) client.destroy()
})

interface Options {
  readonly username?: string
  readonly password?: string
  readonly hashed?: boolean
  readonly secret?: string
  readonly flow?: 'USER_SRP_AUTH' | 'CUSTOM_AUTH'
  readonly deviceKey?: string
}

async function setUp(options: Parameters<typeof started>[0] = {}) {
  const { pool, server } = await started(options)
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const sdk = new CognitoIdentityProviderClient({
    region: 'us-east-1',
    endpoint: server.url,
    credentials,
    maxAttempts: 1,
  })
  clients.push(sdk)
  const signIn = async ({
    username = 'ada',
    password = PASSWORD,
    hashed = false,
    secret,
    flow = 'USER_SRP_AUTH',
    deviceKey,
  }: Options = {}) => {
    const given = hashed ? createPasswordHash(username, password, POOL_ID) : password
    const session = createSrpSession(username, given, POOL_ID, hashed)
    const more = (name: string): Record<string, string> => ({
      USERNAME: name,
      ...(secret === undefined ? {} : { SECRET_HASH: createSecretHash(name, CLIENT_ID, secret) }),
      ...(deviceKey === undefined ? {} : { DEVICE_KEY: deviceKey }),
    })
    const request = wrapInitiateAuth(session, {
      ClientId: CLIENT_ID,
      AuthFlow: flow,
      AuthParameters: { CHALLENGE_NAME: 'SRP_A', ...more(username) },
    })
    const first: InitiateAuthCommandOutput = await sdk.send(new InitiateAuthCommand(request as never))
    const signed = signSrpSession(session, first as never)
    const name = first.ChallengeParameters?.USER_ID_FOR_SRP ?? username
    const answer = wrapAuthChallenge(signed, {
      ClientId: CLIENT_ID,
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeResponses: more(name),
      Session: first.Session,
    } as never)
    const reply: RespondToAuthChallengeCommandOutput = await sdk.send(
      new RespondToAuthChallengeCommand(answer as never),
    )
    return { session, signed, reply, name }
  }
  return { pool, sdk, signIn }
}

describe(NAME, () => {
  it('signs in by SRP, with the password as it is or hashed before, and by alias', async () => {
    const { signIn } = await setUp()
    for (const options of [{}, { hashed: true }, { username: 'ada@example.com' }]) {
      expect((await signIn(options)).reply.AuthenticationResult?.IdToken).toBeTruthy()
    }
    await expect(signIn({ password: 'wrong' })).rejects.toMatchObject({ name: 'NotAuthorizedException' })
  })

  it('signs in to a client with a secret', async () => {
    const secret = '0a1secret2of3the4backend5'
    const { signIn } = await setUp({ clients: [{ clientId: CLIENT_ID, clientSecret: secret }] })
    expect((await signIn({ secret })).reply.AuthenticationResult?.IdToken).toBeTruthy()
    await expect(signIn()).rejects.toMatchObject({ name: 'NotAuthorizedException' })
  })

  it('goes on to a challenge that the caller answers', async () => {
    const { signIn, pool, sdk } = await setUp({
      mfa: 'OPTIONAL',
      users: [{ username: 'ada', password: PASSWORD, attributes: { email: 'ada@example.com' }, mfa: { email: true } }],
    })
    const { reply, name } = await signIn()
    expect(reply.ChallengeName).toBe('EMAIL_OTP')
    const done = await sdk.send(
      new RespondToAuthChallengeCommand({
        ClientId: CLIENT_ID,
        ChallengeName: 'EMAIL_OTP',
        Session: reply.Session,
        ChallengeResponses: { USERNAME: name, EMAIL_OTP_CODE: lastCode(pool) },
      }),
    )
    expect(done.AuthenticationResult?.AccessToken).toBeTruthy()
  })

  it('begins CUSTOM_AUTH with SRP', async () => {
    const { signIn } = await setUp({ triggers: askForAWord('please') })
    expect((await signIn({ flow: 'CUSTOM_AUTH' })).reply.ChallengeName).toBe('CUSTOM_CHALLENGE')
  })

  it('confirms a device, and signs in with it', async () => {
    const { signIn, sdk } = await setUp({ deviceTracking: 'always' })
    const { reply: first } = await signIn()
    const { DeviceKey = '', DeviceGroupKey = '' } = first.AuthenticationResult?.NewDeviceMetadata ?? {}
    const { DeviceSecretVerifierConfig, DeviceRandomPassword } = createDeviceVerifier(DeviceKey, DeviceGroupKey)
    const AccessToken = first.AuthenticationResult?.AccessToken
    await sdk.send(new ConfirmDeviceCommand({ AccessToken, DeviceKey, DeviceSecretVerifierConfig }))
    const { session, signed, reply, name } = await signIn({ deviceKey: DeviceKey })
    expect(reply.ChallengeName).toBe('DEVICE_SRP_AUTH')
    const respond = (with_: unknown, ChallengeName: string, Session: string | undefined) =>
      sdk.send(
        new RespondToAuthChallengeCommand(
          wrapAuthChallenge(
            with_ as never,
            {
              ClientId: CLIENT_ID,
              ChallengeName,
              ChallengeResponses: { USERNAME: name, DEVICE_KEY: DeviceKey },
              Session,
            } as never,
          ) as never,
        ),
      )
    const asked = await respond(signed, 'DEVICE_SRP_AUTH', reply.Session)
    const proof = signSrpSessionWithDevice(session, asked as never, DeviceGroupKey, DeviceRandomPassword)
    const done = await respond(proof, 'DEVICE_PASSWORD_VERIFIER', asked.Session)
    expect(done.AuthenticationResult?.AccessToken).toBeTruthy()
    expect(done.AuthenticationResult?.NewDeviceMetadata).toBeUndefined()
  })
})
