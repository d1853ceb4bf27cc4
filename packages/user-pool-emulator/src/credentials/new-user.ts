import { toUuid } from '../config/encoding.js'
import { ServiceError } from '../config/errors.js'
import type { UserOptions } from '../config/options.js'
import type { Pool } from '../model/pool.js'
import type { User } from '../model/state.js'
import { foldName } from '../model/users.js'
import { setPassword, temporaryPasswordMs } from './passwords.js'

function withVerified(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const result = { ...attributes }
  for (const alias of ['email', 'phone_number']) {
    if (result[alias] !== undefined) result[`${alias}_verified`] ??= 'true'
  }
  return result
}

/** A seed's MFA settings as a user has them. */
export const mfaOf = (options: UserOptions['mfa'] = {}): Pick<User, 'mfa' | 'preferredMfa' | 'totp'> => ({
  mfa: [
    ...(options.totpSecret === undefined ? [] : (['SOFTWARE_TOKEN_MFA'] as const)),
    ...(options.sms ? (['SMS_MFA'] as const) : []),
    ...(options.email ? (['EMAIL_OTP'] as const) : []),
  ],
  preferredMfa: options.preferred,
  totp:
    options.totpSecret === undefined
      ? undefined
      : { secret: options.totpSecret, name: options.totpName ?? '', lastStep: -1 },
})

/**
 * Adds a user.
 * @throws ServiceError UsernameExistsException when the name or sub is taken
 */
export function addUser(pool: Pool, options: UserOptions): User {
  const now = pool.host.now()
  const sub = options.sub ?? toUuid(pool.host.random(16))
  const username = options.username ?? sub
  const taken = [...pool.users.values()].some(
    (other) => foldName(pool, other.username) === foldName(pool, username) || other.sub === sub,
  )
  if (taken) throw new ServiceError('UsernameExistsException', 'User already exists')
  const user: User = {
    username,
    sub,
    attributes: withVerified(options.attributes ?? {}),
    enabled: options.enabled ?? true,
    status: options.status ?? 'CONFIRMED',
    salt: options.salt ?? '',
    verifier: options.verifier ?? '',
    temporaryPasswordUntil: options.status === 'FORCE_CHANGE_PASSWORD' ? now + temporaryPasswordMs(pool) : undefined,
    groups: options.groups ?? [],
    createdAt: now,
    modifiedAt: now,
    ...mfaOf(options.mfa),
    pendingTotp: undefined,
    passkeys: [],
    pendingPasskey: undefined,
    devices: [],
    codes: {},
  }
  if (options.password !== undefined) setPassword(pool, user, options.password, options.salt)
  pool.users.set(username, user)
  return user
}
