// Common parts of the tests of other people's libraries: a pool, its codes, and a page of the limits of each library.
import { createUserPool, type Server, serve, type UserPool, type UserPoolOptions } from 'cognito-user-pool-emulator'
import { TOTP } from 'otpauth'
import { closeAfterFile } from 'srp6a-tools/testing/closing.js'

export const POOL_ID = 'us-east-1_Libraries'
export const CLIENT_ID = 'web'
export const PASSWORD = 'Correct-Horse-1'
export const NEXT = 'Another-Horse-2'
export const TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
export const ADA = {
  username: 'ada',
  password: PASSWORD,
  attributes: { email: 'ada@example.com', phone_number: '+15550100' },
} as const

export async function started(options: Partial<UserPoolOptions> = {}): Promise<{ pool: UserPool; server: Server }> {
  const pool = createUserPool({ id: POOL_ID, clients: [{ clientId: CLIENT_ID }], users: [ADA], ...options })
  const server = await serve(pool)
  closeAfterFile(() => server.close())
  return { pool, server }
}

export const lastCode = ({ outbox }: UserPool): string => outbox.last('ada')?.code ?? ''
export const totp = (): string => new TOTP({ secret: TOTP_SECRET }).generate()

/** Print what a library has no code for, so that no one takes a missing test for an oversight. */
export function cannot(library: string, what: Readonly<Record<string, string>>): void {
  for (const [flow, why] of Object.entries(what)) console.log(`${library} cannot: ${flow} (${why})`)
}
