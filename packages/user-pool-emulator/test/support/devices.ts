import { createDeviceVerifier, startCognitoClient } from '@srp6a/srp/cognito'
import { expect } from 'vitest'
import { CLIENT_ID, type Running } from './pool.js'
import { srpSignIn } from './sign-in.js'
import { type Reply, refusal } from './wire.js'

export interface Known {
  readonly deviceKey: string
  readonly deviceGroupKey: string
  readonly devicePassword: string
}

export const NO_DEVICE = refusal('ResourceNotFoundException', 'Device does not exist.')

/** Signs in without a device and confirms the one that the pool offers. */
export async function newDevice(
  running: Running,
  reply?: Reply,
): Promise<{ device: Known; tokens: Record<string, string>; confirmed: Reply }> {
  const tokens = (reply ?? (await srpSignIn(running))).body.AuthenticationResult
  const { DeviceKey, DeviceGroupKey } = tokens.NewDeviceMetadata
  const { devicePassword, ...DeviceSecretVerifierConfig } = createDeviceVerifier({
    deviceGroupKey: DeviceGroupKey,
    deviceKey: DeviceKey,
  })
  const confirmed = await running.call('ConfirmDevice', {
    AccessToken: tokens.AccessToken,
    DeviceKey,
    DeviceName: 'test',
    DeviceSecretVerifierConfig,
  })
  return { device: { deviceKey: DeviceKey, deviceGroupKey: DeviceGroupKey, devicePassword }, tokens, confirmed }
}

/** DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER, with whatever is bent in the second answer. */
export async function proveDevice(
  running: Running,
  device: Known,
  {
    Session,
    bend = {},
    withSession = true,
  }: { Session: string | undefined; bend?: Record<string, string>; withSession?: boolean },
): Promise<Reply> {
  const srp = startCognitoClient()
  const common = { USERNAME: 'alice', DEVICE_KEY: device.deviceKey }
  const first = await running.call('RespondToAuthChallenge', {
    ClientId: CLIENT_ID,
    ChallengeName: 'DEVICE_SRP_AUTH',
    ChallengeResponses: { ...common, SRP_A: srp.srpA },
    ...(withSession ? { Session } : {}),
  })
  if (first.status !== 200) return first
  expect(first.body.ChallengeName).toBe('DEVICE_PASSWORD_VERIFIER')
  const parameters = first.body.ChallengeParameters
  expect(parameters).toMatchObject({ DEVICE_KEY: device.deviceKey, USERNAME: 'alice' })
  const claim = srp.answerDevice({ ...device, challenge: parameters, now: running.clock.now })
  return running.call('RespondToAuthChallenge', {
    ClientId: CLIENT_ID,
    ChallengeName: 'DEVICE_PASSWORD_VERIFIER',
    ChallengeResponses: {
      ...common,
      ...claim,
      ...bend,
    },
    ...(withSession ? { Session: first.body.Session } : {}),
  })
}
