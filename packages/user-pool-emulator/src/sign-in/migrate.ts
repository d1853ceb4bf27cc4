import { USER_STATUSES, type UserStatus } from '../config/options.js'
import { addUser } from '../credentials/new-user.js'
import { callTrigger, hasTrigger } from '../model/call-trigger.js'
import type { Pool } from '../model/pool.js'
import type { User } from '../model/state.js'
import { findUser } from '../model/users.js'

const isStatus = (value: unknown): value is UserStatus => (USER_STATUSES as readonly unknown[]).includes(value)

/** The user to be brought over, and the operation that asks for it. */
export interface Migration {
  /** UserMigration_Authentication, or UserMigration_ForgotPassword without a password */
  readonly source: string
  readonly clientId: string
  readonly userName: string
  readonly password?: string
  readonly clientMetadata: Readonly<Record<string, string>>
}

/**
 * Let the UserMigration trigger bring an unknown user over from elsewhere: with the password that was just typed, which SRP
 * never carries, or when the password was forgotten (localstack #3867).
 */
export async function migrateUser(pool: Pool, migration: Migration): Promise<User | undefined> {
  const { source, clientId, userName, password, clientMetadata } = migration
  if (!hasTrigger(pool, 'userMigration') || findUser(pool, userName) !== undefined) return undefined
  const response = await callTrigger(pool, 'userMigration', {
    source,
    clientId,
    userName,
    // A sign-in's metadata is validation data; clientMetadata is that of ForgotPassword (developer guide, migrate user).
    request: password === undefined ? { password: '', clientMetadata } : { password, validationData: clientMetadata },
  })
  const { userAttributes, finalUserStatus } = response ?? {}
  if (typeof userAttributes !== 'object' || userAttributes === null) return undefined
  const { username = userName, ...attributes } = userAttributes as Record<string, string>
  const status = isStatus(finalUserStatus) ? finalUserStatus : password === undefined ? 'RESET_REQUIRED' : 'CONFIRMED'
  return addUser(pool, { username, attributes, status, ...(password === undefined ? {} : { password }) })
}
