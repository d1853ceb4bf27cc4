import { invalidParameter, ServiceError } from '../config/errors.js'
import type { Json } from '../config/json.js'
import { confirmDevice, describeDevice, forgetDevice, getDevice } from '../credentials/devices.js'
import { verifyAccessToken } from '../credentials/tokens.js'
import type { Pool } from '../model/pool.js'
import type { User } from '../model/state.js'
import { getUser } from '../model/users.js'
import { Input } from './input.js'
import { type Call, type Operations, open, signed } from './operation.js'
import { page } from './page.js'
import { getPool } from './pools.js'

type Owner = (call: Call) => Promise<{ pool: Pool; user: User }>

const byToken: Owner = ({ host, input }) => verifyAccessToken(host, input.string('AccessToken'))

const byAdmin: Owner = async ({ host, input }) => {
  const pool = getPool(host, input.string('UserPoolId'))
  return { pool, user: getUser(pool, input.string('Username')) }
}

async function confirm(call: Call): Promise<Json> {
  const { pool, user } = await byToken(call)
  const key = call.input.string('DeviceKey')
  const { assumptions } = pool.settings
  if (pool.settings.deviceTracking.mode === 'off') throw invalidParameter(assumptions.deviceTrackingOff)
  const device = getDevice(user, key)
  if (device.status !== 'unconfirmed') {
    throw new ServiceError('DeviceKeyExistsException', assumptions.deviceConfirmedTwice)
  }
  const config = call.input.optionalStructure('DeviceSecretVerifierConfig') ?? new Input({})
  const given = {
    salt: config.string('Salt'),
    verifier: config.string('PasswordVerifier'),
    name: call.input.optionalString('DeviceName'),
  }
  return { ...confirmDevice(pool, device, given) }
}

const updateStatus =
  (owner: Owner) =>
  async (call: Call): Promise<Json> => {
    const { pool, user } = await owner(call)
    const device = getDevice(user, call.input.string('DeviceKey'))
    const status = call.input.optionalString('DeviceRememberedStatus')
    if (status === undefined) return {}
    if (status !== 'remembered' && status !== 'not_remembered') {
      throw invalidParameter(
        `1 validation error detected: Value '${status}' at 'deviceRememberedStatus' failed to satisfy constraint: Member must satisfy enum value set: [not_remembered, remembered]`,
      )
    }
    if (device.status === 'unconfirmed') throw invalidParameter('The device is not confirmed.')
    device.status = status
    device.modifiedAt = pool.host.now()
    return {}
  }

const get =
  (owner: Owner) =>
  async (call: Call): Promise<Json> => {
    const { pool, user } = await owner(call)
    return { Device: describeDevice(pool, user, getDevice(user, call.input.string('DeviceKey'))) }
  }

const forget =
  (owner: Owner) =>
  async (call: Call): Promise<Json> => {
    const { user } = await owner(call)
    forgetDevice(user, call.input.string('DeviceKey'))
    return {}
  }

const list =
  (owner: Owner) =>
  async (call: Call): Promise<Json> => {
    const { pool, user } = await owner(call)
    const confirmed = user.devices.filter(({ status }) => status !== 'unconfirmed')
    const { items, next } = page(
      { all: confirmed, scope: `devices ${user.sub}`, keyOf: ({ key }) => key },
      call.input.number('Limit'),
      call.input.optionalString('PaginationToken'),
    )
    return { Devices: items.map((device) => describeDevice(pool, user, device)), PaginationToken: next }
  }

/** Remembered devices, by their owner and by an administrator. */
export const deviceOperations: Operations = {
  ConfirmDevice: open(confirm),
  UpdateDeviceStatus: open(updateStatus(byToken)),
  GetDevice: open(get(byToken)),
  ForgetDevice: open(forget(byToken)),
  ListDevices: open(list(byToken)),
  AdminUpdateDeviceStatus: signed(updateStatus(byAdmin)),
  AdminGetDevice: signed(get(byAdmin)),
  AdminForgetDevice: signed(forget(byAdmin)),
  AdminListDevices: signed(list(byAdmin)),
}
