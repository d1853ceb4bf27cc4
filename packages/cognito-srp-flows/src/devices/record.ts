import type { AppClient } from '../app-client.js'
import { FlowError } from '../errors.js'
import { isFields, isText, optional, parse, required } from '../replies.js'
import type { DeviceCredentials, DeviceStorage, DeviceTracking } from './types.js'

/** Under the real user name stands the record; under an alias, the real user name. Both as JSON. */
const keyOf = (client: AppClient, username: string) => `cognito-srp-flows/${client.userPoolId}/${username}`

/** Read a record, or the name it is kept under, or neither. What cannot be read as a whole record counts as none. */
async function read(storage: DeviceStorage, key: string): Promise<{ record?: DeviceCredentials; username?: string }> {
  const value = await storage.get(key)
  if (!isText(value)) return {}
  try {
    const from = parse(value, key, isFields)
    const username = optional(from, 'username', isText)
    if (username) return { username }
    return {
      record: {
        deviceKey: required(from, 'deviceKey', isText),
        deviceGroupKey: required(from, 'deviceGroupKey', isText),
        devicePassword: required(from, 'devicePassword', isText),
      },
    }
  } catch (error) {
    if (error instanceof FlowError) return {}
    throw error
  }
}

/**
 * Keep device records in a storage.
 *
 * `find` goes by the real name, by an alias this device signed in with, or by either in other letters. In a pool that
 * tells upper from lower case those may be another user's: the service then does not know the device of this one, and
 * `forget`, which goes by the exact name, leaves the other's record alone.
 */
export function deviceRecords(storage: DeviceStorage): Omit<DeviceTracking, 'confirm'> {
  const follow = async (client: AppClient, name: string) => {
    const { record, username } = await read(storage, keyOf(client, name))
    return username ? (await read(storage, keyOf(client, username))).record : record
  }
  return {
    async find(client, name) {
      const lower = name.toLowerCase()
      return (await follow(client, name)) || (lower === name ? undefined : follow(client, lower))
    },
    // As one value; then, under the other names that may be typed, where to find it.
    async keep(client, { username, alias }, { deviceKey, deviceGroupKey, devicePassword }) {
      await storage.set(keyOf(client, username), JSON.stringify({ deviceKey, deviceGroupKey, devicePassword }))
      for (const other of new Set([alias, alias.toLowerCase(), username.toLowerCase()])) {
        // Another user's record of his own, in a pool that tells upper from lower case, is not written over.
        const taken = other !== alias && (await read(storage, keyOf(client, other))).record
        if (other !== username && !taken) await storage.set(keyOf(client, other), JSON.stringify({ username }))
      }
    },
    // Another one, confirmed meanwhile in another window, stays.
    async forget(client, name, deviceKey) {
      const { username = name } = await read(storage, keyOf(client, name))
      // One step from an alias and no further: two names that were made to point at each other would have no end.
      const { record } = await read(storage, keyOf(client, username))
      if (record?.deviceKey === deviceKey) await storage.remove(keyOf(client, username))
    },
  }
}
