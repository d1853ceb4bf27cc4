import { type Clock, type Engine, parseUserPoolId, type RandomSource } from '@srp6a/srp/cognito'
import type { CognitoApi } from './api.js'
import type { DeviceStore } from './devices/types.js'
import { own, text, textIfAny } from './errors.js'

/** One app client of one user pool, and how to reach it. A plain object; nothing in it is changed. */
export interface AppClient {
  /** The way to the service: `fetchApi`, `sdkApi` or `adminSdkApi`. */
  readonly api: CognitoApi
  /** `us-east-1_AbCdEfGhI` */
  readonly userPoolId: string
  readonly clientId: string
  /** Only for clients that have one; never ship it to a browser. */
  readonly clientSecret?: string | undefined
  /** Turns device tracking on: `memoryDeviceStore()`, `webStorageDeviceStore(localStorage)` or `deviceStore({ … })`. */
  readonly devices?: DeviceStore | undefined
  /** The clock that dates signatures; the system's if left out. */
  readonly now?: Clock | undefined
  /** The arithmetic, e.g. `wasmEngine`, `nodeEngine` or `jsbiEngine`; BigInt if left out. */
  readonly engine?: Engine
  /** Secure random bytes where `crypto.getRandomValues` is missing. */
  readonly random?: RandomSource
}

/**
 * Read a caller's app client: once, so that what is checked is what is used. A client that lacks what every call needs
 * is a TypeError, an invalid user pool id a RangeError.
 */
export function readClient(given: AppClient): AppClient {
  const client = own(given, 'client')
  const { api, userPoolId, clientId, clientSecret, devices, now } = client
  const { region } = parseUserPoolId(text(userPoolId, 'userPoolId'))
  text(clientId, 'client.clientId')
  textIfAny(clientSecret, 'client.clientSecret')
  // A function has a `call` too.
  if (typeof api !== 'object' || typeof api?.call !== 'function')
    throw new TypeError('client.api: expected sdkApi(), fetchApi()…')
  const reached: unknown = api.region
  // An emulator's region may have any name, and a transport of the caller's own none.
  if (isRegion(reached) && isRegion(region) && region !== reached)
    throw new RangeError(`client.userPoolId: expected a user pool of ${reached.slice(0, 40)}, the region of client.api`)
  if (now !== undefined && !(now instanceof Date) && typeof now !== 'function')
    throw new TypeError('client.now: expected a Date or a function')
  if (devices !== undefined && !devices?.tracking) throw new TypeError('client.devices: expected deviceStore()')
  return client
}

/** Tell whether a text has the form of a region's name, e.g. `us-east-1`. */
export const isRegion = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(value)
