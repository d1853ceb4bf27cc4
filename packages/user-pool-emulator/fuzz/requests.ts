import { generateKeyPairSync } from 'node:crypto'
import { nodeEngine } from '@srp6a/srp/node'
import { createUserPool, type UserPool } from 'cognito-user-pool-emulator'
import { attempt, jsonOf, must, type Target, textOf } from 'srp6a-tools/fuzz/target.js'
import { ServiceError } from '../src/config/errors.js'
import { checkTimestamp } from '../src/credentials/timestamp.js'

const jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })
const PASSWORD = 'Correct-Horse-1'
const NOW = Date.UTC(2026, 0, 1)

/** Bytes that are the same in every run, and different at every draw. */
function countingRandom(): (length: number) => Uint8Array {
  let state = 1
  return (length) =>
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return state >>> 24
    })
}

/** One user whose verifier is worked out once; each input gets a pool of its own. */
const template = createUserPool({
  clients: [{ clientId: 'web' }],
  users: [{ username: 'ada', password: PASSWORD, salt: 'a1' }],
})
const [{ users }] = template.snapshot().pools as unknown as [{ users: [string, { salt: string; verifier: string }][] }]
const { salt, verifier } = users[0]?.[1] ?? { salt: '', verifier: '' }

function newPool(): UserPool {
  const attributes = { email: 'ada@example.com', phone_number: '+15550100' }
  return createUserPool({
    clients: [{ clientId: 'web' }, { clientId: 'rotating', refreshTokenRotation: true }],
    users: [{ username: 'ada', salt, verifier, attributes, mfa: { email: true, totpSecret: 'JBSWY3DPEHPK3PXP' } }],
    mfa: 'OPTIONAL',
    deviceTracking: { mode: 'always', skipsMfa: false },
    signingKey: jwk,
    engine: nodeEngine,
    random: countingRandom(),
    clock: () => new Date(NOW),
  })
}

const call = (operation: string, body: object) => `${operation} ${JSON.stringify({ ClientId: 'web', ...body })}`
const answer = (ChallengeName: string, more: object) =>
  call('RespondToAuthChallenge', {
    ChallengeName,
    Session: '$SESSION',
    ChallengeResponses: { USERNAME: 'ada', ...more },
  })
const signIn = call('InitiateAuth', {
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME: 'ada', PASSWORD },
})
const tokens = [
  signIn,
  answer('SELECT_MFA_TYPE', { ANSWER: 'EMAIL_OTP' }),
  answer('EMAIL_OTP', { EMAIL_OTP_CODE: '$CODE' }),
]
const signedIn = (operation: string, more: object = {}) =>
  [...tokens, call(operation, { AccessToken: '$ACCESS', DeviceKey: '$DEVICE', ...more })].join('\n')
const verifierConfig = { DeviceSecretVerifierConfig: { Salt: 'AQID', PasswordVerifier: 'AQID' } }
const admin = (operation: string, more: object) =>
  `${operation} ${JSON.stringify({ UserPoolId: 'us-east-1_Emulator0', ...more })}`

const seeds = [
  [signIn, answer('SELECT_MFA_TYPE', { ANSWER: 'SOFTWARE_TOKEN_MFA' })],
  [
    call('InitiateAuth', { AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME: 'ada', SRP_A: 'c0ffee' } }),
    answer('PASSWORD_VERIFIER', {
      PASSWORD_CLAIM_SIGNATURE: 'AAAA',
      PASSWORD_CLAIM_SECRET_BLOCK: '$BLOCK',
      TIMESTAMP: 'Thu Jan 1 00:00:00 UTC 2026',
    }),
  ],
  [
    call('InitiateAuth', { AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: 'ada' } }),
    answer('SELECT_CHALLENGE', { ANSWER: 'PASSWORD', PASSWORD }),
  ],
  [call('InitiateAuth', { AuthFlow: 'CUSTOM_AUTH', AuthParameters: { USERNAME: 'nobody' } })],
  [...tokens, call('InitiateAuth', { AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: '$REFRESH' } })],
  [...tokens, call('GetTokensFromRefreshToken', { RefreshToken: '$REFRESH', DeviceKey: '$DEVICE' })],
  [...tokens, call('RevokeToken', { Token: '$REFRESH' })],
  [signedIn('ConfirmDevice', { ...verifierConfig, DeviceName: 'x' })],
  [signedIn('ConfirmDevice', verifierConfig), answer('DEVICE_SRP_AUTH', { DEVICE_KEY: '$DEVICE', SRP_A: '2' })],
  ...['UpdateDeviceStatus', 'ForgetDevice', 'GetDevice', 'ListDevices', 'GetUser', 'GlobalSignOut', 'DeleteUser'].map(
    (name) => [signedIn(name, { DeviceRememberedStatus: 'remembered', Limit: 3 })],
  ),
  [signedIn('AssociateSoftwareToken'), call('VerifySoftwareToken', { AccessToken: '$ACCESS', UserCode: '123456' })],
  [signedIn('SetUserMFAPreference', { EmailMfaSettings: { Enabled: true, PreferredMfa: true } })],
  [
    signedIn('UpdateUserAttributes', { UserAttributes: [{ Name: 'email', Value: 'b@example.com' }] }),
    call('VerifyUserAttribute', { AccessToken: '$ACCESS', AttributeName: 'email', Code: '$CODE' }),
  ],
  [
    signedIn('StartWebAuthnRegistration'),
    call('CompleteWebAuthnRegistration', { AccessToken: '$ACCESS', Credential: { id: 'x', response: {} } }),
  ],
  [signedIn('ChangePassword', { PreviousPassword: PASSWORD, ProposedPassword: `${PASSWORD}2` })],
  [
    call('SignUp', {
      Username: 'bob',
      Password: PASSWORD,
      UserAttributes: [{ Name: 'email', Value: 'bob@example.com' }],
    }),
    call('ConfirmSignUp', { Username: 'bob', ConfirmationCode: '$CODE' }),
  ],
  [
    call('ForgotPassword', { Username: 'ada' }),
    call('ConfirmForgotPassword', { Username: 'ada', ConfirmationCode: '$CODE', Password: `${PASSWORD}3` }),
  ],
  [
    admin('AdminCreateUser', { Username: 'eve', TemporaryPassword: PASSWORD }),
    admin('AdminGetUser', { Username: 'eve' }),
  ],
  [
    admin('AdminSetUserPassword', { Username: 'ada', Password: PASSWORD, Permanent: false }),
    signIn,
    answer('NEW_PASSWORD_REQUIRED', { NEW_PASSWORD: `${PASSWORD}4` }),
  ],
  [admin('ListUsers', { Limit: 2, Filter: 'email = "ada@example.com"' }), admin('DescribeUserPool', {})],
  [
    'CreateUserPool {"PoolName":"p","MfaConfiguration":"ON","Policies":{"PasswordPolicy":{"MinimumLength":8}}}',
    admin('CreateUserPoolClient', { ClientName: 'c', GenerateSecret: true }),
  ],
  [admin('SetUserPoolMfaConfig', { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } }), signIn],
  ['GET /'],
  ['GET /outbox'],
  ['GET /us-east-1_Emulator0/.well-known/jwks.json'],
  ['OPTIONS /'],
]

type Seen = Record<string, string>

/** Keep the parts of a reply that the next request may name, as `$SESSION` and its like. */
function remember(seen: Seen, body: unknown, pool: UserPool): void {
  const { Session, ChallengeParameters, AuthenticationResult } = (body ?? {}) as {
    Session?: string
    ChallengeParameters?: Record<string, string>
    AuthenticationResult?: { AccessToken: string; RefreshToken?: string; NewDeviceMetadata?: { DeviceKey: string } }
  }
  const found = {
    SESSION: Session,
    BLOCK: ChallengeParameters?.SECRET_BLOCK,
    ACCESS: AuthenticationResult?.AccessToken,
    REFRESH: AuthenticationResult?.RefreshToken,
    DEVICE: AuthenticationResult?.NewDeviceMetadata?.DeviceKey,
    CODE: pool.outbox.last()?.code,
  }
  for (const [name, value] of Object.entries(found)) if (value !== undefined) seen[name] = value
}

async function send(pool: UserPool, line: string, seen: Seen): Promise<void> {
  const [operation = '', ...rest] = line.split(' ')
  const body = rest.join(' ').replace(/\$([A-Z]+)/g, (whole, name) => seen[name] ?? whole)
  if (operation === 'GET' || operation === 'OPTIONS') {
    const request = new Request(new URL(encodeURI(body.slice(0, 200)), 'http://127.0.0.1'), { method: operation })
    must((await pool.handle(request)).status < 500, `${operation} ended in a failure`)
    return
  }
  const headers = {
    authorization: 'AWS4-HMAC-SHA256 x',
    'x-amz-target': encodeURI(`AWSCognitoIdentityProviderService.${operation}`),
  }
  const response = await pool.handle(new Request('http://127.0.0.1/', { method: 'POST', headers, body }))
  const text = await response.text()
  const reply: unknown = jsonOf(Buffer.from(text || '{}'))
  must(typeof reply === 'object' && reply !== null, 'the reply is no JSON object')
  // 500 is what a slip of the emulator itself ends in.
  must(response.status === 200 || response.status === 400 || response.status === 413, `${operation}: ${text}`)
  if (response.status !== 200)
    must(/^[A-Z]\w+Exception$/.test((reply as { __type: string }).__type), `no exception: ${text}`)
  must(!text.includes(PASSWORD) || line.includes(PASSWORD), 'a password came back')
  remember(seen, reply, pool)
}

/** A conversation, one request a line, with `$SESSION` and its like for what came before. */
const requests: Target = {
  name: 'requests',
  files: [
    'dispatch',
    'input',
    'operations/pools',
    'operations/sign-up',
    'operations/admin-users',
    'sign-in/session',
  ].map((name) => `packages/user-pool-emulator/src/${name}.ts`),
  seeds: seeds.map((lines) => lines.join('\n')),
  dictionary: [
    '$SESSION',
    '$BLOCK',
    '$ACCESS',
    '$REFRESH',
    '$DEVICE',
    '$CODE',
    'ada',
    PASSWORD,
    '\n',
    'web',
    'rotating',
    '"Username":',
    ...seeds.flat().map((line) => `\n${line}`),
  ],
  limit: 1000,
  async run(input) {
    const pool = newPool()
    const seen: Seen = {}
    for (const line of textOf(input).split('\n').slice(0, 10)) await send(pool, line, seen)
    must(JSON.stringify(pool.snapshot()).length < 2_000_000, 'one conversation filled the memory')
  },
}

const timestamp: Target = {
  name: 'timestamp-reader',
  files: ['packages/user-pool-emulator/src/timestamp.ts'],
  seeds: ['Thu Jan 1 00:05:09 UTC 2026', 'Sat Nov 21 23:59:59 GMT 2026', 'Fri Feb 29 0:0:0 Z 2024'],
  dictionary: ['Jan', 'Dec', 'Sun', 'UTC', ' 00:00:00 ', '9999', '0000'],
  limit: 20,
  run(input) {
    const text = textOf(input)
    const refused = (error: unknown) =>
      error instanceof ServiceError && /^(InvalidParameter|NotAuthorized)Exception$/.test(error.name)
    const taken = attempt(() => checkTimestamp(text, NOW, null) ?? true, refused)
    if (taken) must(/^[A-Z][a-z]{2} [A-Z][a-z]{2} [1-9]\d? \d\d:\d\d:\d\d UTC \d{4}$/.test(text), `${text} was taken`)
  },
}

export const requestTargets: readonly Target[] = [requests, timestamp]
