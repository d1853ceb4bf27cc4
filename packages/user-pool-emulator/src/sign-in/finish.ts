import { runTrigger } from '../config/triggers.js'
import { issueDevice } from '../credentials/devices.js'
import { createGrant, issueTokens } from '../credentials/tokens.js'
import type { Attempt, Device } from '../model/state.js'
import { type AuthContext, type Reply, userOf } from './auth-context.js'

/** Every factor is passed: tokens, and a device key when the pool tracks devices and this sign-in had none. */
export async function finish(context: AuthContext, attempt: Attempt): Promise<Reply> {
  const { pool, client } = context
  const user = userOf(context, attempt)
  let device: Device | undefined
  if (pool.settings.deviceTracking.mode !== 'off' && !attempt.deviceVerified) {
    device = issueDevice(pool, user)
  }
  const deviceKey = device?.key ?? (attempt.deviceVerified ? attempt.deviceKey : undefined)
  const { grant, refreshToken } = createGrant(pool, client, user, deviceKey)
  const tokens = await issueTokens({
    pool,
    client,
    user,
    grant,
    origin: context.origin,
    source: 'TokenGeneration_Authentication',
    clientMetadata: context.clientMetadata,
  })
  await runTrigger(context.host.triggers, 'postAuthentication', {
    version: '1',
    triggerSource: 'PostAuthentication_Authentication',
    region: pool.region,
    userPoolId: pool.id,
    userName: user.username,
    callerContext: { awsSdkVersion: 'emulator', clientId: client.clientId },
    request: {
      userAttributes: { sub: user.sub, ...user.attributes },
      newDeviceUsed: device !== undefined,
      clientMetadata: context.clientMetadata,
    },
    response: {},
  })
  return {
    ChallengeParameters: {},
    AuthenticationResult: {
      ...tokens,
      RefreshToken: refreshToken,
      NewDeviceMetadata: device && { DeviceKey: device.key, DeviceGroupKey: device.groupKey },
    },
  }
}
