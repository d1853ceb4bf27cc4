import { confirm } from './confirm.js'
import { findRecord, removeRecord, writeRecord } from './record.js'
import type { DeviceCredentials, DeviceStorage, DeviceTracking } from './types.js'

/** Track devices over a storage. */
export const trackDevices = (storage: DeviceStorage): DeviceTracking => ({
  find: (client, username) => findRecord(storage, client, username),
  forget: (client, username, deviceKey) => removeRecord(storage, client, username, deviceKey),
  keep: (client, names, record) => writeRecord(storage, client, names, record),
  // At once. That this fails is reported, and does not fail the sign-in.
  async confirm(client, names, device) {
    try {
      // Whatever cannot be read in the reply fails before anything is written.
      const info = await confirm(client, device)
      await writeRecord(storage, client, names, info as DeviceCredentials)
      return info
    } catch (error) {
      const { deviceKey, deviceGroupKey } = device
      return { deviceKey, deviceGroupKey, status: 'failed', error }
    }
  },
})
