import { toUuid } from '../config/encoding.js'
import { ServiceError } from '../config/errors.js'
import type { UserOptions } from '../config/options.js'
import { checkAliases } from '../model/attributes.js'
import type { Pool } from '../model/pool.js'
import type { User } from '../model/state.js'
import { insertUser } from '../model/users.js'
import { setPasswordLater, temporaryPasswordMs } from './passwords.js'

function withVerified(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const result = { ...attributes }
  for (const alias of ['email', 'phone_number']) {
    if (result[alias] !== undefined) result[`${alias}_verified`] ??= 'true'
  }
  return result
}

/** Return a seed's MFA settings as a user has them. */
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

/** Tell whether an attribute is a sign-in name from the start: a verified address, or one that is the username. */
const counts = (pool: Pool, attributes: Readonly<Record<string, string>>, alias: string): boolean =>
  alias === 'preferred_username' ||
  pool.settings.usernameAttributes.includes(alias) ||
  attributes[`${alias}_verified`] === 'true'

/**
 * Add a user.
 * @throws ServiceError UsernameExistsException or AliasExistsException when the name, sub or an address is taken
 */
export function addUser(pool: Pool, options: UserOptions): User {
  const now = pool.host.now()
  const sub = options.sub ?? toUuid(pool.host.random(16))
  const username = options.username ?? sub
  if (pool.index.named(username) !== undefined || pool.index.withSub(sub) !== undefined) {
    throw new ServiceError('UsernameExistsException', 'User already exists')
  }
  const attributes = withVerified(options.attributes ?? {})
  checkAliases(
    pool,
    Object.fromEntries(Object.entries(attributes).filter(([alias]) => counts(pool, attributes, alias))),
  )
  const user: User = {
    username,
    sub,
    attributes,
    enabled: options.enabled ?? true,
    status: options.status ?? 'CONFIRMED',
    salt: options.salt ?? '',
    verifier: options.verifier ?? '',
    credentialVersion: 0,
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
  if (options.password !== undefined) setPasswordLater(pool, user, options.password, options.salt)
  insertUser(pool, user)
  return user
}
