// Requirements of probes on a pool, named once so that probes with the same ones share a pool.
import type { PoolNeeds } from '../probe.js'

const ALL_FLOWS = [
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
]

const password = { client: { ExplicitAuthFlows: ALL_FLOWS, PreventUserExistenceErrors: 'ENABLED' } }

/** Passwords alone. */
export const plain: PoolNeeds = password

/** Passwords alone, for a client that tells whether a user exists. */
export const telling: PoolNeeds = { client: { ...password.client, PreventUserExistenceErrors: 'LEGACY' } }

/** A pool that remembers the last two passwords of each user. */
export const passwordHistory: PoolNeeds = {
  ...password,
  create: { Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 2 } } },
}

/** A second factor for everybody: an authenticator app. */
export const totpForAll: PoolNeeds = {
  ...password,
  mfa: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
}

/** Devices that are remembered without asking. */
export const devices: PoolNeeds = {
  ...password,
  create: { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false } },
}

/** Devices that are remembered when the user agrees. */
export const devicesOnPrompt: PoolNeeds = {
  ...password,
  create: { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true } },
}

/** The choice of the first factor. */
export const choice: PoolNeeds = {
  create: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] } } },
  client: { ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'], PreventUserExistenceErrors: 'ENABLED' },
}

/** Refresh tokens that are good for one use. */
export const rotation: PoolNeeds = {
  client: {
    ExplicitAuthFlows: ALL_FLOWS.filter((flow) => flow !== 'ALLOW_REFRESH_TOKEN_AUTH'),
    PreventUserExistenceErrors: 'ENABLED',
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
  },
}

/** People sign up with their e-mail address. */
export const byEmail: PoolNeeds = { ...password, create: { UsernameAttributes: ['email'] } }
