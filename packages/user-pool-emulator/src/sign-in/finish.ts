import { issueDevice } from '../devices.js'
import type { Attempt, Device } from '../state.js'
import { createGrant, issueTokens } from '../tokens.js'
import { runTrigger } from '../triggers.js'
import { type Reply, type Turn, userOf } from './turn.js'

/** Every factor is passed: tokens, and a device key when the pool tracks devices and this sign-in had none. */
export async function finish(turn: Turn, attempt: Attempt): Promise<Reply> {
  const { pool, client } = turn
  const user = userOf(turn, attempt)
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
    origin: turn.origin,
    source: 'TokenGeneration_Authentication',
    clientMetadata: turn.clientMetadata,
  })
  await runTrigger(turn.host.triggers, 'postAuthentication', {
    version: '1',
    triggerSource: 'PostAuthentication_Authentication',
    region: pool.region,
    userPoolId: pool.id,
    userName: user.username,
    callerContext: { awsSdkVersion: 'emulator', clientId: client.clientId },
    request: {
      userAttributes: { sub: user.sub, ...user.attributes },
      newDeviceUsed: device !== undefined,
      clientMetadata: turn.clientMetadata,
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
