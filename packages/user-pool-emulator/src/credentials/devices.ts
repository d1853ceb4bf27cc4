import { fromBase64, identifier, toShortHex, toUuid } from '../config/encoding.js'
import { invalidParameter, noSuchDevice } from '../config/errors.js'
import type { Pool } from '../model/pool.js'
import type { Device, User } from '../model/state.js'

const DEVICE_KEY = /^[\w-]+_[0-9a-f-]+$/
const UNCONFIRMED_MS = 86_400_000

/** A key for a device the pool has not seen: kept as unconfirmed until ConfirmDevice, a day at most. */
export function issueDevice(pool: Pool, user: User): Device {
  const { random } = pool.host
  const now = pool.host.now()
  const device: Device = {
    key: `${pool.region}_${toUuid(random(16))}`,
    groupKey: `-${identifier(random, 8)}`,
    name: '',
    status: 'unconfirmed',
    salt: '',
    verifier: '',
    createdAt: now,
    modifiedAt: now,
    authenticatedAt: now,
    waitingSession: undefined,
  }
  user.devices = user.devices.filter(
    ({ status, createdAt }) => status !== 'unconfirmed' || now - createdAt < UNCONFIRMED_MS,
  )
  user.devices.push(device)
  return device
}

/** @throws ServiceError "Invalid device key given." or "Device does not exist." */
export function getDevice(user: User, key: string): Device {
  if (!DEVICE_KEY.test(key)) throw invalidParameter('Invalid device key given.')
  const device = user.devices.find((known) => known.key === key)
  if (device === undefined) throw noSuchDevice()
  return device
}

/**
 * Return the device of a sign-in: one that is remembered, in a pool that tracks devices. A confirmed one that is not
 * remembered "is treated as if it was never used during the user authentication flow".
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html
 * @throws ServiceError "Invalid device key given." or "Device does not exist."
 */
export function knownDevice(pool: Pool, user: User, key: string | undefined): Device | undefined {
  const { deviceTracking, assumptions } = pool.settings
  if (key === undefined) return undefined
  if (deviceTracking.mode === 'off' && assumptions.deviceKeyIgnoredWithoutTracking) return undefined
  const device = getDevice(user, key)
  if (device.status === 'unconfirmed' && !assumptions.unconfirmedDeviceExists) throw noSuchDevice()
  return device.status === 'not_remembered' ? undefined : device
}

/** base64 of a number as Java's BigInteger.toByteArray() writes it: a set top bit would make it negative. */
function positiveHex(base64: string, what: string): string {
  const bytes = fromBase64(base64)
  if (bytes === undefined || bytes.length === 0) throw invalidParameter(`Invalid ${what} given.`)
  if ((bytes[0] ?? 0) >= 0x80) throw invalidParameter(`negative value passed for ${what}`)
  if (bytes.length > 385) throw invalidParameter(`Invalid ${what} given.`)
  return toShortHex(bytes)
}

/** Keeps a device's verifier. Like the service it does not check it: a wrong one shows at the next sign-in. */
export function confirmDevice(
  pool: Pool,
  device: Device,
  given: { readonly salt: string; readonly verifier: string; readonly name: string | undefined },
): { UserConfirmationNecessary: boolean } {
  const salt = positiveHex(given.salt, 'salt')
  const verifier = positiveHex(given.verifier, 'password verifier')
  const always = pool.settings.deviceTracking.mode === 'always'
  device.salt = salt
  device.verifier = verifier
  device.name = given.name ?? device.name
  device.status = always ? 'remembered' : 'not_remembered'
  device.modifiedAt = pool.host.now()
  return { UserConfirmationNecessary: !always }
}

const seconds = (milliseconds: number): number => milliseconds / 1000

/** DeviceType of the service model. */
export function describeDevice(pool: Pool, user: User, device: Device): object {
  return {
    DeviceKey: device.key,
    DeviceAttributes: [
      { Name: 'device_status', Value: 'valid' },
      { Name: 'device_name', Value: device.name },
      {
        Name: 'dev:device_arn',
        Value: `arn:aws:cognito-idp:${pool.region}:000000000000:owner/${user.sub}/device/${device.key}`,
      },
      { Name: 'dev:device_owner', Value: user.sub },
      { Name: 'dev:device_remembered_status', Value: device.status === 'remembered' ? 'remembered' : 'not_remembered' },
      { Name: 'last_ip_used', Value: '127.0.0.1' },
    ],
    DeviceCreateDate: seconds(device.createdAt),
    DeviceLastModifiedDate: seconds(device.modifiedAt),
    DeviceLastAuthenticatedDate: seconds(device.authenticatedAt),
  }
}

/** @throws ServiceError "Invalid device key given." or "Device does not exist." */
export function forgetDevice(user: User, key: string): void {
  const device = getDevice(user, key)
  user.devices = user.devices.filter((known) => known !== device)
}
