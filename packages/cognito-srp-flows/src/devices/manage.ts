import type { AbortSignalLike } from '../api.js'
import { type AppClient, readClient } from '../app-client.js'
import { usernameOf } from '../claims.js'
import { own, text } from '../errors.js'
import { type Fields, fields, isFields, isFlag, isList, isText, optional, required } from '../replies.js'
import { present } from '../requests.js'

/** The device, and the access token of its user. */
export interface DeviceRequest {
  /** Of the signed-in user. */
  readonly accessToken: string
  /** `<region>_<uuid>` */
  readonly deviceKey: string
  /** Ends the request. */
  readonly signal?: AbortSignalLike | undefined
}

/** Read who is meant, and what ends the request. */
function readRequest(request: DeviceRequest) {
  const { accessToken, deviceKey, signal } = own(request, 'request')
  const input = { AccessToken: text(accessToken, 'accessToken'), DeviceKey: text(deviceKey, 'deviceKey') }
  return { input, signal }
}

/**
 * Mark a device as remembered, once the user agreed (`device.status` was `ask-user`), or as not remembered.
 *
 * @param client - The app client of the sign-in.
 * @param request - The device; `remember: false` takes the mark away.
 * @returns When the service has marked it.
 * @throws The exceptions of the service, untouched; TypeError or RangeError naming a wrong argument.
 * @example
 * if (step.device?.status === 'ask-user') await rememberDevice(client, { accessToken, deviceKey: step.device.deviceKey })
 */
export async function rememberDevice(
  client: AppClient,
  request: DeviceRequest & { readonly remember?: boolean },
): Promise<void> {
  const { api } = readClient(client)
  const given = own(request, 'request')
  const { remember = true } = given
  if (!isFlag(remember)) throw new TypeError('remember: expected true or false')
  const { input, signal } = readRequest(given)
  const DeviceRememberedStatus = remember ? 'remembered' : 'not_remembered'
  await api.call('UpdateDeviceStatus', { ...input, DeviceRememberedStatus }, signal)
}

/**
 * Make the service forget a device, and remove its record if it is this one.
 *
 * @param client - The app client of the sign-in.
 * @param request - The device.
 * @returns When both have forgotten it.
 * @throws The exceptions of the service, untouched; TypeError or RangeError naming a wrong argument.
 * @example
 * await forgetDevice(client, { accessToken, deviceKey })
 */
export async function forgetDevice(client: AppClient, request: DeviceRequest): Promise<void> {
  const known = readClient(client)
  const { input, signal } = readRequest(request)
  await known.api.call('ForgetDevice', input, signal)
  const username = usernameOf(input.AccessToken)
  if (username) await known.devices?.tracking.forget(known, username, input.DeviceKey)
}

/**
 * Look up one device of the signed-in user.
 *
 * @param client - The app client of the sign-in.
 * @param request - The device.
 * @returns What the service knows of the device.
 * @throws The exceptions of the service, untouched, e.g. `ResourceNotFoundException`; FlowError `bad-reply`; TypeError or
 * RangeError naming a wrong argument.
 * @example
 * const { attributes } = await getDevice(client, { accessToken, deviceKey })
 */
export async function getDevice(client: AppClient, request: DeviceRequest): Promise<Device> {
  const { api } = readClient(client)
  const { input, signal } = readRequest(request)
  return readDevice(required(fields(await api.call('GetDevice', input, signal)), 'Device', isFields))
}

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

/**
 * List all devices of the signed-in user, page by page until there are no more.
 *
 * @param client - The app client of the sign-in.
 * @param request - The user's access token.
 * @returns The devices, in the service's order.
 * @throws The exceptions of the service, untouched; FlowError `bad-reply`; TypeError or RangeError naming a wrong argument.
 * @example
 * for (const { attributes } of await listDevices(client, { accessToken })) console.log(attributes.device_name)
 */
export async function listDevices(
  client: AppClient,
  request: { readonly accessToken: string; readonly signal?: AbortSignalLike | undefined },
): Promise<Device[]> {
  const { api } = readClient(client)
  const { accessToken, signal } = own(request, 'request')
  const AccessToken = text(accessToken, 'accessToken')
  const devices: Device[] = []
  const seen = new Set<string>()
  let token: string | undefined
  do {
    const input = present({ AccessToken, Limit: 60, PaginationToken: token })
    const page = fields(await api.call('ListDevices', input, signal))
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
