import { cognitoVerifier } from '@srp6a/srp/cognito'
import { nodeEngine } from '@srp6a/srp/node'
import type { UserOptions, UserPoolOptions } from 'cognito-user-pool-emulator'

export const POOL_ID = 'us-east-1_Load00000'
export const CLIENT_ID = 'web'
export const TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

/** Kinds of users, by the sign-in that each does and so by its end. Every eighth user is of the same kind. */
export const KINDS = ['plain', 'plain', 'wrong password', 'unknown', 'sms', 'totp', 'new password', 'device'] as const
export type Kind = (typeof KINDS)[number]

export interface LoadUser {
  readonly username: string
  readonly kind: Kind
  readonly password: string
  readonly newPassword: string
}

export const userAt = (i: number): LoadUser => ({
  username: `user-${i}`,
  kind: KINDS[i % KINDS.length] ?? 'plain',
  password: `Correct-Horse-${i}`,
  newPassword: `Better-Horse-${i}`,
})

/** The way that the sign-in of a user must end, whatever happened on the way. */
export const expectedEnd = ({ kind }: LoadUser): string =>
  kind === 'wrong password' || kind === 'unknown'
    ? 'refused'
    : kind === 'device'
      ? 'signed in, device known'
      : 'signed in'

function seeded({ username, kind, password }: LoadUser, i: number): UserOptions {
  const salt = `1${i.toString(16)}`
  const scope = POOL_ID.slice(POOL_ID.indexOf('_') + 1)
  return {
    username,
    salt,
    verifier: cognitoVerifier({ scope, userId: username, password, salt }, { engine: nodeEngine }),
    attributes: { phone_number: `+1555${String(i).padStart(7, '0')}` },
    status: kind === 'new password' ? 'FORCE_CHANGE_PASSWORD' : 'CONFIRMED',
    ...(kind === 'sms' ? { mfa: { sms: true } } : kind === 'totp' ? { mfa: { totpSecret: TOTP_SECRET } } : {}),
  }
}

/** The pool of so many users; the verifiers are worked out beforehand. */
export const poolOptions = (count: number): UserPoolOptions => ({
  id: POOL_ID,
  clients: [{ clientId: CLIENT_ID, lifetimes: { session: 900 } }],
  users: Array.from({ length: count }, (_, i) => seeded(userAt(i), i)).filter((_, i) => userAt(i).kind !== 'unknown'),
  mfa: { mode: 'OPTIONAL', allowTotpReuse: true },
  deviceTracking: 'always',
  engine: nodeEngine,
})
