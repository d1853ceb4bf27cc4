import type { AbortSignalLike } from '../api.js'
import type { AppClient } from '../app-client.js'
import type { DeviceInfo } from '../step.js'

/** A storage of device records: three async functions. A value is written and removed as a whole. */
export interface DeviceStorage {
  /**
   * Read a value.
   *
   * @param key - A text of this library's making.
   * @returns The value, or null or undefined if there is none.
   */
  get(key: string): Promise<string | null | undefined>
  /**
   * Write a value over what was there.
   *
   * @param key - A text of this library's making.
   * @param value - What `get` is to give back.
   * @returns When it is written; what it resolves to is ignored.
   */
  set(key: string, value: string): Promise<unknown>
  /**
   * Remove a value, if there is one.
   *
   * @param key - A text of this library's making.
   * @returns When it is removed; what it resolves to is ignored.
   */
  remove(key: string): Promise<unknown>
}

/** A {@link DeviceStorage} behind the code that uses it, so that apps without devices do not bundle that code. */
export interface DeviceStore {
  /** @internal */
  readonly tracking: DeviceTracking
}

/** The proof of a known device: three values that make sense only together. */
export interface DeviceCredentials {
  /** `<region>_<uuid>`, the service's name of the device. */
  readonly deviceKey: string
  /** The service's name of the device's group. */
  readonly deviceGroupKey: string
  /** Made here when the device was confirmed. A secret. */
  readonly devicePassword: string
}

/** The two names that the service gives to a new device. */
export type DeviceKeys = Pick<DeviceCredentials, 'deviceKey' | 'deviceGroupKey'>

/** @internal A device that a sign-in has brought, and what to confirm it with. */
export interface NewDevice extends DeviceKeys {
  readonly accessToken: string
  readonly deviceName?: string | undefined
  readonly signal?: AbortSignalLike | undefined
}

/** @internal What a sign-in asks of the devices. */
export interface DeviceTracking {
  find(client: AppClient, username: string): Promise<DeviceCredentials | undefined>
  forget(client: AppClient, username: string, deviceKey: string): Promise<void>
  /** Write the record of a device that was confirmed elsewhere. */
  keep(client: AppClient, names: { username: string; alias: string }, record: DeviceCredentials): Promise<void>
  confirm(client: AppClient, names: { username: string; alias: string }, device: NewDevice): Promise<DeviceInfo>
}
