import type { AbortSignalLike } from '../api.js'
import { type AppClient, checkAppClient } from '../app-client.js'
import { text } from '../errors.js'
import { type Fields, fields, isFlag, isList, isText, optional, required } from '../replies.js'
import { present } from '../requests.js'
import { usernameOf } from './record.js'

/** Which device is meant, and who says so. */
export interface DeviceRequest {
  /** Of the signed-in user. */
  readonly accessToken: string
  readonly deviceKey: string
  readonly signal?: AbortSignalLike | undefined
}

/** Marks a device as remembered, once the user agreed (`device.status` was `ask-user`), or as not remembered. */
export async function rememberDevice(
  client: AppClient,
  request: DeviceRequest & { readonly remember?: boolean },
): Promise<void> {
  checkAppClient(client, request)
  const { remember = true } = request
  if (!isFlag(remember)) throw new TypeError('remember: expected true or false')
  const DeviceRememberedStatus = !remember ? 'not_remembered' : 'remembered'
  await client.api.call('UpdateDeviceStatus', { ...named(request), DeviceRememberedStatus }, request.signal)
}

/** Makes the service forget a device, and forgets its record if it is this one. */
export async function forgetDevice(client: AppClient, request: DeviceRequest): Promise<void> {
  checkAppClient(client, request)
  await client.api.call('ForgetDevice', named(request), request.signal)
  const username = usernameOf(request.accessToken)
  if (username) await client.devices?.tracking.forget(client, username, request.deviceKey)
}

const named = ({ accessToken, deviceKey }: DeviceRequest) => ({
  AccessToken: text(accessToken, 'accessToken'),
  DeviceKey: text(deviceKey, 'deviceKey'),
})

/** Sixty devices each: far more than anybody has. */
const MOST_PAGES = 1000

/** A device as the service lists it. */
export interface Device {
  readonly deviceKey: string
  /** `device_name`, `last_ip_used`, `device_status`… */
  readonly attributes: Readonly<Record<string, string>>
  readonly created?: Date
  readonly lastModified?: Date
  readonly lastAuthenticated?: Date
}

/** All devices of the signed-in user, page by page until there are no more. */
export async function listDevices(
  client: AppClient,
  request: { readonly accessToken: string; readonly signal?: AbortSignalLike | undefined },
): Promise<Device[]> {
  checkAppClient(client, request)
  const devices: Device[] = []
  const seen = new Set<string>()
  let token: string | undefined
  do {
    const input = present({ AccessToken: text(request.accessToken, 'accessToken'), Limit: 60, PaginationToken: token })
    const page = fields(await client.api.call('ListDevices', input, request.signal))
    devices.push(...(optional(page, 'Devices', isList) ?? []).map(readDevice))
    token = optional(page, 'PaginationToken', isText)
    // A token that comes twice would never end, nor would one that is always another.
    if (token && (seen.has(token) || seen.size >= MOST_PAGES)) break
    if (token) seen.add(token)
  } while (token)
  return devices
}

function readDevice(from: Fields): Device {
  const attributes = (optional(from, 'DeviceAttributes', isList) ?? []).map((one): [string, string] => [
    required(one, 'Name', isText),
    optional(one, 'Value', isText) ?? '',
  ])
  return {
    deviceKey: required(from, 'DeviceKey', isText),
    attributes: Object.fromEntries(attributes),
    ...present({
      created: date(from, 'DeviceCreateDate'),
      lastModified: date(from, 'DeviceLastModifiedDate'),
      lastAuthenticated: date(from, 'DeviceLastAuthenticatedDate'),
    }),
  }
}

/** The SDK gives dates, the wire seconds since 1970. */
function date(from: Fields, name: string): Date | undefined {
  const is = (given: unknown): given is Date | number =>
    !Number.isNaN(
      (given instanceof Date ? given : new Date(typeof given === 'number' ? given * 1000 : Number.NaN)).getTime(),
    )
  const value = optional(from, name, is)
  return typeof value === 'number' ? new Date(value * 1000) : value
}
