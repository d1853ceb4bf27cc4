import { type AppClient, readClient } from '../app-client.js'
import { own, text } from '../errors.js'
import { hide } from '../replies.js'
import type { DeviceCredentials } from './types.js'

/** The user whose record in the device store is meant. */
export interface StoredDeviceRequest {
  /** The real user name, or an alias that signed in here before. */
  readonly username: string
}

/**
 * Look up the device that the next sign-in of a user would prove, in the device store of the client. The service is not
 * asked.
 *
 * @param client - The app client, with `devices`.
 * @param request - The user.
 * @returns The device, its password not enumerable, so that no logger prints it; undefined if there is none, or no store.
 * @throws TypeError or RangeError naming a wrong argument, and what the storage throws.
 * @example
 * const device = await storedDevice(client, { username })
 */
export async function storedDevice(
  client: AppClient,
  request: StoredDeviceRequest,
): Promise<DeviceCredentials | undefined> {
  const known = readClient(client)
  const { username } = own(request, 'request')
  const found = await known.devices?.tracking.find(known, text(username, 'username'))
  return found && hide({ ...found }, 'devicePassword')
}

/**
 * Remove the record of a device from the device store of the client. The service is not told: `forgetDevice` does both.
 *
 * @param client - The app client, with `devices`.
 * @param request - The user, and the device: the record of another device, confirmed meanwhile, stays.
 * @returns When the record is removed.
 * @throws TypeError or RangeError naming a wrong argument, and what the storage throws.
 * @example
 * await removeStoredDevice(client, { username, deviceKey })
 */
export async function removeStoredDevice(
  client: AppClient,
  request: StoredDeviceRequest & { readonly deviceKey: string },
): Promise<void> {
  const known = readClient(client)
  const { username, deviceKey } = own(request, 'request')
  await known.devices?.tracking.forget(known, text(username, 'username'), text(deviceKey, 'deviceKey'))
}
