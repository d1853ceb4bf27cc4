import { USER_STATUSES, type UserStatus } from '../config/options.js'
import { runTrigger } from '../config/triggers.js'
import { addUser } from '../credentials/new-user.js'
import { findUser } from '../model/users.js'
import { type AuthContext, parameter } from './auth-context.js'

const isStatus = (value: unknown): value is UserStatus => (USER_STATUSES as readonly unknown[]).includes(value)

/**
 * UserMigration_Authentication: a trigger may bring an unknown user over from elsewhere, with the password that was just
 * typed. Only flows that carry the password can do that, so SRP never gets here.
 */
export async function migrateUser(context: AuthContext, password: string): Promise<void> {
  const { host, pool, client, clientMetadata } = context
  const userName = parameter(context, 'USERNAME')
  if (host.triggers.userMigration === undefined || findUser(pool, userName) !== undefined) return
  const event = await runTrigger(host.triggers, 'userMigration', {
    version: '1',
    triggerSource: 'UserMigration_Authentication',
    region: pool.region,
    userPoolId: pool.id,
    userName,
    callerContext: { awsSdkVersion: 'emulator', clientId: client.clientId },
    request: { password, validationData: clientMetadata, clientMetadata },
    response: {},
  })
  const { userAttributes, finalUserStatus } = event?.response ?? {}
  if (typeof userAttributes !== 'object' || userAttributes === null) return
  const { username = userName, ...attributes } = userAttributes as Record<string, string>
  addUser(pool, { username, password, attributes, status: isStatus(finalUserStatus) ? finalUserStatus : 'CONFIRMED' })
}
