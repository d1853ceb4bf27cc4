import { assumptions } from '../assumptions.js'
import { confirmDevice, describeDevice, forgetDevice, getDevice } from '../devices.js'
import { invalidParameter } from '../errors.js'
import { Input, type Json } from '../input.js'
import type { Pool } from '../pool.js'
import type { User } from '../state.js'
import { verifyAccessToken } from '../tokens.js'
import { getUser } from '../users.js'
import { type Call, type Operations, open, signed } from './operation.js'
import { page } from './page.js'
import { getPool } from './pools.js'

type Owner = (call: Call) => Promise<{ pool: Pool; user: User }>

const byToken: Owner = ({ host, input }) => verifyAccessToken(host, input.text('AccessToken'))

const byAdmin: Owner = async ({ host, input }) => {
  const pool = getPool(host, input.text('UserPoolId'))
  return { pool, user: getUser(pool, input.text('Username')) }
}

async function confirm(call: Call): Promise<Json> {
  const { pool, user } = await byToken(call)
  const key = call.input.text('DeviceKey')
  if (pool.settings.deviceTracking.mode === 'off') throw invalidParameter(assumptions.deviceTrackingOff)
  const device = getDevice(user, key)
  if (device.status !== 'unconfirmed' && !assumptions.confirmTwice)
    throw invalidParameter('Device is already confirmed.')
  const config = call.input.optionalInput('DeviceSecretVerifierConfig') ?? new Input({})
  const given = {
    salt: config.text('Salt'),
    verifier: config.text('PasswordVerifier'),
    name: call.input.optionalText('DeviceName'),
  }
  return { ...confirmDevice(pool, device, given) }
}

const updateStatus =
  (owner: Owner) =>
  async (call: Call): Promise<Json> => {
    const { pool, user } = await owner(call)
    const device = getDevice(user, call.input.text('DeviceKey'))
    const status = call.input.optionalText('DeviceRememberedStatus')
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
    return { Device: describeDevice(pool, user, getDevice(user, call.input.text('DeviceKey'))) }
  }

const forget =
  (owner: Owner) =>
  async (call: Call): Promise<Json> => {
    const { user } = await owner(call)
    forgetDevice(user, call.input.text('DeviceKey'))
    return {}
  }

const list =
  (owner: Owner) =>
  async (call: Call): Promise<Json> => {
    const { pool, user } = await owner(call)
    const confirmed = user.devices.filter(({ status }) => status !== 'unconfirmed')
    const { items, next } = page(confirmed, call.input.number('Limit'), call.input.optionalText('PaginationToken'))
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
