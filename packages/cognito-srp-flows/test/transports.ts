import { generateKeyPairSync } from 'node:crypto'
import { CognitoIdentityProvider, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import type { AppClient, CognitoApi } from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import { adminSdkApi, sdkApi } from 'cognito-srp-flows/sdk'
import { createUserPool, type Server, serve, type UserPool, type UserPoolOptions } from 'cognito-user-pool-emulator'
import { closeAfterFile } from 'srp6a-tools/testing/closing.js'
import { describe } from 'vitest'

export const POOL_ID = 'us-east-1_AbCdEfGhI'
export const CLIENT_ID = '1example23456789'

export type Transport = 'sdkApi' | 'sdkApi of the aggregated client' | 'adminSdkApi' | 'fetchApi'
export const TRANSPORTS: readonly Transport[] = ['sdkApi', 'sdkApi of the aggregated client', 'adminSdkApi', 'fetchApi']

/** One key for all pools of a test file: making one takes a moment. */
export const SIGNING_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })

/** Runs a suite once for every way to the service; `but` names those that cannot play it. */
export function overTransports(
  name: string,
  suite: (transport: Transport) => void,
  but: readonly Transport[] = [],
): void {
  describe.each(TRANSPORTS.filter((transport) => !but.includes(transport)))(`${name} over %s`, suite)
}

/** Only AdminInitiateAuth takes the ADMIN_… flows, and it does not take USER_PASSWORD_AUTH. */
export const plainPasswordFlow = (transport: Transport) =>
  transport === 'adminSdkApi' ? 'ADMIN_USER_PASSWORD_AUTH' : 'USER_PASSWORD_AUTH'

export function apiOf(transport: Transport, endpoint: string, attempts = 3): CognitoApi {
  if (transport === 'fetchApi') return fetchApi({ endpoint, attempts })
  const configuration = {
    endpoint,
    region: 'us-east-1',
    maxAttempts: attempts,
    // Only the admin calls are signed.
    ...(transport === 'adminSdkApi' && { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }),
  }
  const aggregated = transport === 'sdkApi of the aggregated client'
  const sdk = aggregated ? new CognitoIdentityProvider(configuration) : new CognitoIdentityProviderClient(configuration)
  closeAfterFile(() => sdk.destroy())
  return transport === 'adminSdkApi' ? adminSdkApi(sdk, POOL_ID) : sdkApi(sdk)
}

export interface Started {
  readonly emulator: UserPool
  readonly server: Server
  readonly client: AppClient
}

/** An emulated user pool behind loopback HTTP; the caller closes it. */
export async function emulated(options: Partial<UserPoolOptions> = {}) {
  const clients = [{ clientId: CLIENT_ID }]
  const emulator = createUserPool({ id: POOL_ID, clients, signingKey: SIGNING_KEY, ...options })
  const server = await serve(emulator)
  return { emulator, server, url: server.url, close: () => server.close() }
}

/** Start an emulated pool for one test, with an app client of it. */
export async function start(
  transport: Transport,
  options: Partial<UserPoolOptions> = {},
  more: Partial<AppClient> = {},
  attempts?: number,
): Promise<Started> {
  const registered = { clientId: CLIENT_ID, ...(more.clientSecret && { clientSecret: more.clientSecret }) }
  const { emulator, server } = await emulated({ clients: [registered], ...options })
  closeAfterFile(() => server.close())
  const client = { api: apiOf(transport, server.url, attempts), userPoolId: POOL_ID, clientId: CLIENT_ID, ...more }
  return { emulator, server, client }
}

export const ALICE = {
  username: '3f2a1b0c-alice',
  password: 'Correct-horse-7',
  attributes: { email: 'alice@example.com', phone_number: '+15555550123' },
}
