import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { secretHash, startCognitoClient } from '@srp6a/srp/cognito'
import {
  createUserPool,
  type Server,
  serve,
  type UserOptions,
  type UserPool,
  type UserPoolOptions,
} from 'cognito-user-pool-emulator'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { closeAfterFile } from 'srp6a-tools/testing/closing.js'
import { withComparedReplies } from './replies.js'

export const POOL_ID = 'us-east-1_Emulator0'
export const CLIENT_ID = 'web'
export const SECRET_CLIENT = { clientId: 'backend', clientSecret: '0a1secret2of3the4backend5' }
export const PASSWORD = 'Correct-Horse-1'

// One key for a whole test file: making one takes a moment.
let key: Promise<JWK> | undefined
export function testKey(): Promise<JWK> {
  key ??= generateKeyPair('RS256', { extractable: true }).then(({ privateKey }) => exportJWK(privateKey))
  return key
}

export interface Running {
  readonly pool: UserPool
  readonly server: Server
  readonly sdk: CognitoIdentityProviderClient
  readonly clock: { now: Date }
  call(operation: string, body: unknown, headers?: Record<string, string>): Promise<Reply>
}

export interface Reply {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: replies are looked into freely by the tests
  readonly body: any
}

export async function post(
  url: string,
  operation: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
}

/** A pool on a free port of 127.0.0.1 with one user, alice, and a clock that stands still. */
export async function start(options: Partial<UserPoolOptions> = {}): Promise<Running> {
  const clock = { now: new Date('2026-03-05T10:20:30Z') }
  const pool = createUserPool({
    clients: [{ clientId: CLIENT_ID }, SECRET_CLIENT],
    users: [{ username: 'alice', password: PASSWORD, attributes: { email: 'alice@example.com' } }],
    signingKey: await testKey(),
    clock: () => clock.now,
    ...options,
  })
  const server = await serve(withComparedReplies(pool))
  const sdk = new CognitoIdentityProviderClient({
    region: 'us-east-1',
    endpoint: server.url,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  })
  closeAfterFile(() => server.close())
  closeAfterFile(() => sdk.destroy())
  return { pool, server, sdk, clock, call: (operation, body, headers) => post(server.url, operation, body, headers) }
}

/** SigV4 is looked for, not verified. */
export const SIGNED: Record<string, string> = { authorization: 'AWS4-HMAC-SHA256 Credential=local' }

export const hashFor = (username: string): string => secretHash({ username, ...SECRET_CLIENT })

export interface SrpSignIn {
  readonly username: string
  readonly password: string
  readonly clientId?: string
  readonly deviceKey?: string
  /** signs as this user instead of USER_ID_FOR_SRP */
  readonly userId?: string
  readonly now?: Date
}

/** USER_SRP_AUTH up to the request that answers PASSWORD_VERIFIER, for tests that bend it before it is sent. */
export async function srpAnswer(
  { call, clock }: Running,
  { username, password, clientId = CLIENT_ID, deviceKey, userId, now }: SrpSignIn,
): Promise<{ ClientId: string; ChallengeName: string; ChallengeResponses: Record<string, string>; first: Reply }> {
  const srp = startCognitoClient()
  const device = deviceKey === undefined ? {} : { DEVICE_KEY: deviceKey }
  const secret = (name: string): Record<string, string> =>
    clientId === SECRET_CLIENT.clientId ? { SECRET_HASH: hashFor(name) } : {}
  const first = await call('InitiateAuth', {
    AuthFlow: 'USER_SRP_AUTH',
    ClientId: clientId,
    AuthParameters: { USERNAME: username, SRP_A: srp.srpA, ...device, ...secret(username) },
  })
  if (first.status !== 200) throw new Error(`InitiateAuth: ${JSON.stringify(first.body)}`)
  const { USER_ID_FOR_SRP } = first.body.ChallengeParameters
  const challenge = { ...first.body.ChallengeParameters, USER_ID_FOR_SRP: userId ?? USER_ID_FOR_SRP }
  const claim = srp.answerUser({ userPoolId: POOL_ID, password, challenge, now: now ?? clock.now })
  return {
    ClientId: clientId,
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeResponses: {
      USERNAME: USER_ID_FOR_SRP,
      ...claim,
      ...device,
      ...secret(USER_ID_FOR_SRP),
    },
    first,
  }
}

/** A whole USER_SRP_AUTH over the raw wire; the reply to PASSWORD_VERIFIER. */
export async function srpSignIn(running: Running, options: Partial<SrpSignIn> = {}): Promise<Reply> {
  const { first: _, ...answer } = await srpAnswer(running, { username: 'alice', password: PASSWORD, ...options })
  return running.call('RespondToAuthChallenge', answer)
}

/** USER_PASSWORD_AUTH over the raw wire. */
export const passwordSignIn = (
  { call }: Running,
  parameters: Record<string, string> = {},
  clientId: string = CLIENT_ID,
): Promise<Reply> =>
  call('InitiateAuth', {
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: clientId,
    AuthParameters: { USERNAME: 'alice', PASSWORD, ...parameters },
  })

export const alice = (more: Partial<UserOptions> = {}): UserOptions => ({
  username: 'alice',
  password: PASSWORD,
  attributes: { email: 'alice@example.com', phone_number: '+15550100' },
  ...more,
})

/** Return the error reply to expect. */
export const refusal = (name: string, message: string): object => ({
  status: 400,
  body: { __type: name, message },
})

/** A Session that was answered before. */
export const USED_SESSION: object = refusal(
  'NotAuthorizedException',
  'Invalid session for the user, session can only be used once.',
)

export const outcome = ({ status, body }: Reply): object => ({ status, body })
