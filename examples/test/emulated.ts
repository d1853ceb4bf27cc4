import type { AppClient } from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import { createUserPool, type Server, serve, type UserPool, type UserPoolOptions } from 'cognito-user-pool-emulator'
import { afterAll } from 'vitest'

export const POOL_ID = 'us-east-1_AbCdEfGhI'
export const CLIENT_ID = '1example23456789'
export const PASSWORD = 'Correct-Horse-7-Battery'

/** Ada signs in with her password, Grace also with a code by SMS, Mary chooses a new password first. */
export const USERS = [
  { username: 'ada', password: PASSWORD, attributes: { email: 'ada@example.com', name: 'Ada' } },
  {
    username: 'grace',
    password: PASSWORD,
    attributes: { email: 'grace@example.com', phone_number: '+15555550123' },
    mfa: { sms: true },
  },
  { username: 'mary', password: PASSWORD, status: 'FORCE_CHANGE_PASSWORD', attributes: { email: 'mary@example.com' } },
] as const

export interface Emulated {
  readonly emulator: UserPool
  readonly server: Server
  readonly client: AppClient
  /** The newest code that went out. */
  code(): string
}

export async function emulated(options: Partial<UserPoolOptions> = {}): Promise<Emulated> {
  const clients = [{ clientId: CLIENT_ID }]
  const emulator = createUserPool({ id: POOL_ID, clients, mfa: 'OPTIONAL', users: USERS, ...options })
  const server = await serve(emulator)
  afterAll(() => server.close())
  const client = { api: fetchApi({ endpoint: server.url }), userPoolId: POOL_ID, clientId: CLIENT_ID }
  return { emulator, server, client, code: () => emulator.outbox.last()?.code ?? '' }
}
