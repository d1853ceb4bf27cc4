// Remembered devices, and the refresh tokens that belong to them.
import { createDeviceVerifier, startCognitoClient } from '@srp6a/srp/cognito'
import { NotPossible, type Probe, probesOf } from '../probe.js'
import { type AuthReply, next, PASSWORD, type Scene, seen } from '../scene.js'
import { devices, devicesOnPrompt, plain } from './needs.js'

interface Device {
  readonly name: string
  readonly deviceKey: string
  readonly deviceGroupKey: string
  readonly devicePassword: string
  readonly accessToken: string
  readonly refreshToken: string
}

async function newDevice(scene: Scene): Promise<Omit<Device, 'devicePassword'>> {
  const name = await scene.user()
  const { AuthenticationResult: tokens } = await scene.signIn(name)
  const metadata = tokens?.NewDeviceMetadata
  if (!tokens || !metadata) throw new NotPossible('the sign-in gave no NewDeviceMetadata')
  return {
    name,
    deviceKey: metadata.DeviceKey,
    deviceGroupKey: metadata.DeviceGroupKey,
    accessToken: tokens.AccessToken,
    refreshToken: tokens.RefreshToken ?? '',
  }
}

const confirmation = (device: Omit<Device, 'devicePassword'>) => {
  const { devicePassword, Salt, PasswordVerifier } = createDeviceVerifier(device)
  const input = {
    AccessToken: device.accessToken,
    DeviceKey: device.deviceKey,
    DeviceName: 'probe',
    DeviceSecretVerifierConfig: { Salt, PasswordVerifier },
  }
  return { devicePassword, input }
}

async function confirmedDevice(scene: Scene): Promise<Device & { readonly asksUser: boolean }> {
  const device = await newDevice(scene)
  const { devicePassword, input } = confirmation(device)
  const reply = await scene.call('ConfirmDevice', input)
  return { ...device, devicePassword, asksUser: reply.UserConfirmationNecessary === true }
}

const refreshed = (
  scene: Scene,
  { refreshToken }: { refreshToken: string },
  more: Readonly<Record<string, string>> = {},
) =>
  scene.refusal('InitiateAuth', {
    ClientId: scene.clientId,
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    AuthParameters: { REFRESH_TOKEN: refreshToken, ...more },
  })

/** Answer DEVICE_SRP_AUTH, and say what came. */
async function beginDevice(scene: Scene, device: Device, reply: AuthReply): Promise<AuthReply> {
  if (reply.ChallengeName !== 'DEVICE_SRP_AUTH') throw new NotPossible(`the sign-in gave ${next(reply)}`)
  const answer = { USERNAME: device.name, DEVICE_KEY: device.deviceKey, SRP_A: startCognitoClient().srpA }
  return scene.respond('DEVICE_SRP_AUTH', answer, reply.Session)
}

const KNOWLEDGE_CENTRE = 'AWS knowledge centre, cognito-invalid-refresh-token-error; amplify-android issue 2506'

export const rememberedDevices: readonly Probe[] = [
  ...probesOf(devices, [
    {
      id: 'device-group-key-form',
      says: 'DeviceGroupKey is a hyphen and eight characters, DeviceKey the region and a UUID.',
      source: 'recorded replies',
      expected: { group: true, key: true },
      async observe(scene) {
        const { deviceGroupKey, deviceKey } = await newDevice(scene)
        return {
          group: /^-[A-Za-z0-9]{8}$/.test(deviceGroupKey),
          key: /^[a-z]{2}(-[a-z]+)+-\d_[0-9a-f-]{36}$/.test(deviceKey),
        }
      },
    },
    {
      id: 'confirm-device-twice',
      says: 'A device that is confirmed cannot be confirmed again.',
      source: 'service model, DeviceKeyExistsException of ConfirmDevice; the text is not known',
      assumption: 'deviceConfirmedTwice',
      expected: 'DeviceKeyExistsException',
      async observe(scene) {
        const device = await newDevice(scene)
        const { input } = confirmation(device)
        await scene.call('ConfirmDevice', input)
        return (await scene.refusal('ConfirmDevice', input)).name
      },
    },
    {
      id: 'refresh-without-device-key',
      says: 'A refresh token of a sign-in that was given a new device does not work without its key.',
      source: KNOWLEDGE_CENTRE,
      expected: 'NotAuthorizedException: Invalid Refresh Token',
      observe: async (scene) => seen(await refreshed(scene, await confirmedDevice(scene))),
    },
    {
      id: 'refresh-with-device-key',
      says: 'It works with the key of the confirmed device.',
      source: KNOWLEDGE_CENTRE,
      expected: 'not refused',
      async observe(scene) {
        const device = await confirmedDevice(scene)
        return (await refreshed(scene, device, { DEVICE_KEY: device.deviceKey })).name
      },
    },
    {
      id: 'refresh-of-unconfirmed-device',
      says: 'It does not work with the key of a device that was never confirmed.',
      source: KNOWLEDGE_CENTRE,
      expected: 'NotAuthorizedException: Invalid Refresh Token',
      async observe(scene) {
        const device = await newDevice(scene)
        return seen(await refreshed(scene, device, { DEVICE_KEY: device.deviceKey }))
      },
    },
    {
      id: 'device-signs-in',
      says: 'A remembered device is asked for its proof after the password.',
      source: 'developer guide, device tracking',
      expected: 'DEVICE_PASSWORD_VERIFIER',
      async observe(scene) {
        const device = await confirmedDevice(scene)
        return next(await beginDevice(scene, device, await scene.signIn(device.name, { DEVICE_KEY: device.deviceKey })))
      },
    },
    {
      id: 'session-in-device-replies',
      says: 'The reply to DEVICE_SRP_AUTH carries a Session.',
      source: 'not known: an assumption',
      assumption: 'sessionInDeviceReplies',
      expected: true,
      async observe(scene) {
        const device = await confirmedDevice(scene)
        const reply = await beginDevice(
          scene,
          device,
          await scene.signIn(device.name, { DEVICE_KEY: device.deviceKey }),
        )
        return typeof reply.Session === 'string'
      },
    },
    {
      id: 'password-flow-gives-no-device',
      says: 'USER_PASSWORD_AUTH without a second factor gives no NewDeviceMetadata.',
      source: 'amplify-js issues 2087, 2705, 12220, 14909; aws-sdk-net-extensions-cognito issue 45: mixed',
      assumption: 'newDeviceAfterUserPassword',
      expected: false,
      async observe(scene) {
        const USERNAME = await scene.user()
        const { AuthenticationResult } = await scene.initiate('USER_PASSWORD_AUTH', { USERNAME, PASSWORD })
        return AuthenticationResult?.NewDeviceMetadata !== undefined
      },
    },
    {
      id: 'admin-flow-gives-no-device',
      says: 'ADMIN_USER_PASSWORD_AUTH without a second factor gives no NewDeviceMetadata.',
      source: 'developer guide, device tracking; Amazon’s Python example confirms a device after a second factor',
      assumption: 'newDeviceAfterAdminPassword',
      expected: false,
      async observe(scene) {
        const { AuthenticationResult } = (await scene.call('AdminInitiateAuth', {
          UserPoolId: scene.id,
          ClientId: scene.clientId,
          AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: await scene.user(), PASSWORD },
        })) as AuthReply
        return AuthenticationResult?.NewDeviceMetadata !== undefined
      },
    },
    {
      id: 'unconfirmed-device-signs-in',
      says: 'A device that was never confirmed does not exist for a sign-in.',
      source: 'not known: an assumption',
      assumption: 'unconfirmedDeviceExists',
      expected: 'ResourceNotFoundException',
      async observe(scene) {
        const device = await newDevice(scene)
        const { reply, responses } = await scene.beginSrp(device.name, { more: { DEVICE_KEY: device.deviceKey } })
        const refused = await scene.refusal('RespondToAuthChallenge', {
          ClientId: scene.clientId,
          ChallengeName: 'PASSWORD_VERIFIER',
          ChallengeResponses: { ...responses, DEVICE_KEY: device.deviceKey },
          ...(reply.Session && { Session: reply.Session }),
        })
        return refused.name
      },
    },
    {
      id: 'unknown-device-key',
      says: 'A device that does not exist is ResourceNotFoundException at PASSWORD_VERIFIER.',
      source: 'Amazon’s clients, which resend the answer without DEVICE_KEY then',
      expected: 'ResourceNotFoundException: Device does not exist.',
      async observe(scene) {
        const { region } = { region: scene.id.split('_')[0] }
        const { reply, responses } = await scene.beginSrp(await scene.user())
        return seen(
          await scene.refusal('RespondToAuthChallenge', {
            ClientId: scene.clientId,
            ChallengeName: 'PASSWORD_VERIFIER',
            ChallengeResponses: { ...responses, DEVICE_KEY: `${region}_00000000-0000-4000-8000-000000000000` },
            ...(reply.Session && { Session: reply.Session }),
          }),
        )
      },
    },
  ]),
  ...probesOf(devicesOnPrompt, [
    {
      id: 'device-not-remembered',
      says: 'A confirmed device that is not remembered signs in as if there were none.',
      source: 'developer guide, device tracking',
      expected: { asksUser: true, afterwards: 'tokens' },
      async observe(scene) {
        const device = await confirmedDevice(scene)
        const reply = await scene.signIn(device.name, { DEVICE_KEY: device.deviceKey })
        return { asksUser: device.asksUser, afterwards: next(reply) }
      },
    },
  ]),
  ...probesOf(devicesOnPrompt, [
    {
      id: 'device-not-remembered-new-key',
      says: 'A confirmed device that is not remembered is given another key at the next sign-in.',
      source: 'not known: an assumption',
      assumption: 'notRememberedDeviceGetsNewKey',
      expected: true,
      async observe(scene) {
        const device = await confirmedDevice(scene)
        const { AuthenticationResult } = await scene.signIn(device.name, { DEVICE_KEY: device.deviceKey })
        return AuthenticationResult?.NewDeviceMetadata !== undefined
      },
    },
  ]),
  ...probesOf(plain, [
    {
      id: 'device-key-without-tracking',
      says: 'A DEVICE_KEY in a pool that tracks no devices is taken as none.',
      source: 'not known: an assumption',
      assumption: 'deviceKeyIgnoredWithoutTracking',
      expected: 'tokens',
      async observe(scene) {
        const key = `${scene.id.split('_')[0]}_00000000-0000-4000-8000-000000000000`
        return next(await scene.signIn(await scene.user(), { DEVICE_KEY: key }))
      },
    },
    {
      id: 'confirm-device-without-tracking',
      says: 'ConfirmDevice in a pool that tracks no devices is refused.',
      source: 'not known: an assumption',
      assumption: 'deviceTrackingOff',
      expected: 'InvalidParameterException',
      async observe(scene) {
        const { AuthenticationResult: tokens } = await scene.signIn(await scene.user())
        const deviceKey = `${scene.id.split('_')[0]}_00000000-0000-4000-8000-000000000000`
        const device = { name: '', deviceKey, deviceGroupKey: '-AbCdEfGh', accessToken: tokens?.AccessToken ?? '' }
        return (await scene.refusal('ConfirmDevice', confirmation({ ...device, refreshToken: '' }).input)).name
      },
    },
  ]),
]
