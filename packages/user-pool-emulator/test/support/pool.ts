import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { secretHash } from '@srp6a/srp/cognito'
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
import { post, type Reply } from './wire.js'

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

export const alice = (more: Partial<UserOptions> = {}): UserOptions => ({
  username: 'alice',
  password: PASSWORD,
  attributes: { email: 'alice@example.com', phone_number: '+15550100' },
  ...more,
})
