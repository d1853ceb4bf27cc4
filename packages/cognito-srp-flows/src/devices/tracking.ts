import { confirm } from './confirm.js'
import { deviceRecords } from './record.js'
import type { DeviceCredentials, DeviceStorage, DeviceTracking } from './types.js'

/** Track devices over a storage. */
export function trackDevices(storage: DeviceStorage): DeviceTracking {
  const records = deviceRecords(storage)
  return {
    ...records,
    // At once. That this fails is reported, and does not fail the sign-in.
    async confirm(client, names, device) {
      try {
        // Whatever cannot be read in the reply fails before anything is written.
        const info = await confirm(client, device)
        await records.keep(client, names, info as DeviceCredentials)
        return info
      } catch (error) {
        const { deviceKey, deviceGroupKey } = device
        return { deviceKey, deviceGroupKey, status: 'failed', error }
      }
    },
  }
}
