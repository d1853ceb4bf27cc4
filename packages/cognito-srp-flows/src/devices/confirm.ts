import { createDeviceVerifier } from '@srp6a/srp/cognito'
import type { AbortSignalLike } from '../api.js'
import { type AppClient, readClient } from '../app-client.js'
import { own, text, textIfAny } from '../errors.js'
import { deviceInfo, fields, isFlag, optional } from '../replies.js'
import { present } from '../requests.js'
import type { DeviceInfo } from '../step.js'
import type { DeviceKeys, NewDevice } from './types.js'

/** The new device to confirm: the names that a signed-in step with the status `new` gave. */
export interface ConfirmDeviceRequest extends DeviceKeys {
  /** Of the signed-in user. */
  readonly accessToken: string
  /** The name of the device in the service's lists. */
  readonly deviceName?: string | undefined
  /** Ends the request. */
  readonly signal?: AbortSignalLike | undefined
}

/**
 * Confirm a new device where there is no device store: make its password, and give the service the verifier of it.
 *
 * @param client - The app client of the sign-in.
 * @param request - The keys of the new device, and the user's access token.
 * @returns The device with its `devicePassword`: keep the three values as a whole, for `device` of the next `signIn`.
 * The status is `ask-user` where the pool wants the user's consent: then call `rememberDevice`.
 * @throws The exceptions of the service, untouched.
 * @throws TypeError or RangeError naming a wrong argument.
 * @example
 * if (step.device?.status === 'new') {
 *   const { deviceKey, deviceGroupKey, devicePassword } = await confirmDevice(client, { ...step.device, accessToken })
 * }
 */
export async function confirmDevice(client: AppClient, request: ConfirmDeviceRequest): Promise<DeviceInfo> {
  const given = own(request, 'request')
  return confirm(readClient(client), {
    accessToken: text(given.accessToken, 'accessToken'),
    deviceKey: text(given.deviceKey, 'deviceKey'),
    deviceGroupKey: text(given.deviceGroupKey, 'deviceGroupKey'),
    deviceName: textIfAny(given.deviceName, 'deviceName'),
    signal: given.signal,
  })
}

/** Confirm a device whose arguments were checked. */
export async function confirm(client: AppClient, device: NewDevice): Promise<DeviceInfo> {
  const { accessToken, deviceKey, deviceGroupKey, deviceName, signal } = device
  const { devicePassword, ...DeviceSecretVerifierConfig } = createDeviceVerifier({ deviceGroupKey, deviceKey }, client)
  const input = {
    AccessToken: accessToken,
    DeviceKey: deviceKey,
    DeviceName: deviceName,
    DeviceSecretVerifierConfig,
  }
  const reply = fields(await client.api.call('ConfirmDevice', present<unknown>(input), signal))
  const ask = optional(reply, 'UserConfirmationNecessary', isFlag)
  return deviceInfo({ deviceKey, deviceGroupKey, devicePassword }, ask ? 'ask-user' : 'confirmed')
}
