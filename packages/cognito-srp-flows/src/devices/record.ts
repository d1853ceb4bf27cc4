import type { AppClient, DeviceRecord, DeviceStorage } from '../app-client.js'
import { claimsOf } from '../claims.js'
import { FlowError } from '../errors.js'
import { isFields, isText, optional, parse, required } from '../replies.js'

/** Under the real user name stands the record; under an alias, the real user name. Both as JSON. */
const keyOf = (client: AppClient, username: string) => `cognito-srp-flows/${client.userPoolId}/${username}`

/** A record, or the name it is kept under, or neither. What cannot be read as a whole record counts as none. */
async function read(storage: DeviceStorage, key: string): Promise<{ record?: DeviceRecord; username?: string }> {
  const value = await storage.get(key)
  if (!isText(value)) return {}
  try {
    const from = parse(value, key, isFields)
    const username = optional(from, 'username', isText)
    if (username) return { username }
    for (const name of ['deviceKey', 'deviceGroupKey', 'devicePassword']) required(from, name, isText)
    return { record: from as unknown as DeviceRecord }
  } catch (error) {
    if (error instanceof FlowError) return {}
    throw error
  }
}

/** The device record of a user, by the real name or by an alias this device signed in with. */
export async function findRecord(
  storage: DeviceStorage,
  client: AppClient,
  name: string,
): Promise<DeviceRecord | undefined> {
  const { record, username } = await read(storage, keyOf(client, name))
  return username ? (await read(storage, keyOf(client, username))).record : record
}

/** Writes the record as one value, then, if the user typed another name, where to find it. */
export async function writeRecord(
  storage: DeviceStorage,
  client: AppClient,
  names: { username: string; alias?: string | undefined },
  record: DeviceRecord,
): Promise<void> {
  const { username, alias } = names
  await storage.set(keyOf(client, username), JSON.stringify(record))
  if (alias && alias !== username) await storage.set(keyOf(client, alias), JSON.stringify({ username }))
}

/** Removes the record of this device; another one, confirmed meanwhile in another window, stays. */
export async function removeRecord(
  storage: DeviceStorage,
  client: AppClient,
  name: string,
  deviceKey: string,
): Promise<void> {
  const { username = name } = await read(storage, keyOf(client, name))
  // One step from an alias and no further: two names that were made to point at each other would have no end.
  const { record } = await read(storage, keyOf(client, username))
  if (record?.deviceKey === deviceKey) await storage.remove(keyOf(client, username))
}

/** The user that an access token is for: its `username` claim, read and not verified. */
export function usernameOf(accessToken: string): string | undefined {
  const { username } = claimsOf(accessToken)
  return isText(username) ? username : undefined
}
