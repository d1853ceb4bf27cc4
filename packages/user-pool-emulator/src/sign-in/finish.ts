import type { Assumptions } from '../config/assumptions.js'
import { issueDevice } from '../credentials/devices.js'
import { createGrant, issueTokens } from '../credentials/tokens.js'
import { callTrigger, eventAttributes } from '../model/call-trigger.js'
import type { Pool } from '../model/pool.js'
import type { Attempt, User } from '../model/state.js'
import { type AuthContext, metadataForTriggers, type Reply, userOf } from './auth-context.js'

// Device tracking belongs to USER_SRP_AUTH and USER_AUTH; of the others the reports differ.
const RULES: Readonly<Record<string, keyof Assumptions>> = {
  USER_PASSWORD_AUTH: 'newDeviceAfterUserPassword',
  CUSTOM_AUTH: 'newDeviceAfterCustomAuth',
  ADMIN_USER_PASSWORD_AUTH: 'newDeviceAfterAdminPassword',
  ADMIN_NO_SRP_AUTH: 'newDeviceAfterAdminPassword',
}

function givesNewDevice(pool: Pool, user: User, attempt: Attempt): boolean {
  const { assumptions } = pool.settings
  const sent = user.devices.find(({ key }) => key === attempt.deviceKey)
  if (sent?.status === 'not_remembered' && !assumptions.notRememberedDeviceGetsNewKey) return false
  const rule = RULES[attempt.flow]
  const when = rule === undefined ? 'always' : assumptions[rule]
  return when === 'always' || (when === 'after-mfa' && attempt.mfaPassed)
}

interface DeviceOfGrant {
  readonly deviceKey: string | undefined
  readonly withoutDevice: boolean
  readonly metadata: { readonly DeviceKey: string; readonly DeviceGroupKey: string } | undefined
}

/** Return the device that the tokens belong to: the one that proved itself, or a new one. */
function deviceOf(pool: Pool, user: User, attempt: Attempt): DeviceOfGrant {
  const none = { deviceKey: undefined, withoutDevice: false, metadata: undefined }
  if (pool.settings.deviceTracking.mode === 'off') return none
  if (attempt.deviceVerified) return { ...none, deviceKey: attempt.deviceKey }
  if (givesNewDevice(pool, user, attempt)) {
    const { key, groupKey } = issueDevice(pool, user)
    return { ...none, deviceKey: key, metadata: { DeviceKey: key, DeviceGroupKey: groupKey } }
  }
  const sent = user.devices.find(({ key }) => key === attempt.deviceKey)
  return sent === undefined ? { ...none, withoutDevice: true } : { ...none, deviceKey: sent.key }
}

// https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
function tokenSource(attempt: Attempt): string {
  if (attempt.newPassword) return 'TokenGeneration_NewPasswordChallenge'
  return attempt.deviceVerified ? 'TokenGeneration_AuthenticateDevice' : 'TokenGeneration_Authentication'
}

/** Every factor is passed: return tokens, and a device key when the pool tracks devices and this sign-in had none. */
export async function finish(context: AuthContext, attempt: Attempt): Promise<Reply> {
  const { pool, client, origin } = context
  const user = userOf(context, attempt)
  const { metadata, ...device } = deviceOf(pool, user, attempt)
  const { grant, refreshToken } = createGrant(pool, client, user, {
    ...device,
    methods: attempt.methods ?? [],
    steppedUp: attempt.target !== undefined,
    authTime: attempt.authTime ?? pool.host.now(),
  })
  const { clientMetadata } = metadataForTriggers(context)
  const tokens = await issueTokens({ pool, client, user, grant, origin, source: tokenSource(attempt), clientMetadata })
  await callTrigger(pool, 'postAuthentication', {
    source: 'PostAuthentication_Authentication',
    clientId: client.clientId,
    userName: user.username,
    request: {
      userAttributes: eventAttributes(user),
      newDeviceUsed: metadata !== undefined,
      ...metadataForTriggers(context),
    },
  })
  return {
    ChallengeParameters: {},
    AuthenticationResult: { ...tokens, RefreshToken: refreshToken, NewDeviceMetadata: metadata },
  }
}
