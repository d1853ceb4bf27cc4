import { type DeviceStore, deviceStore, signIn } from 'cognito-srp-flows'
import { clientWith, expectSignedIn, scripted, TOKENS } from '../scripted.js'

export const DEVICE = { DeviceKey: 'us-east-1_11111111-2222', DeviceGroupKey: '-GrOuP1' }
export const KEY = (name: string) => `cognito-srp-flows/us-east-1_AbCdEfGhI/${name}`
export const plain = { username: 'a@b.c', password: 'p', flow: 'USER_PASSWORD_AUTH' } as const
export const accessToken = (username: string) =>
  `e30.${Buffer.from(JSON.stringify({ username })).toString('base64url')}.signature`
export const tokens = (more: object = {}) => ({
  AuthenticationResult: { ...TOKENS.AuthenticationResult, AccessToken: accessToken('älice'), ...more },
})
export const newDevice = tokens({ NewDeviceMetadata: DEVICE })

/** A store whose contents the test can see. */
export function visibleStore(): { devices: DeviceStore; records: Map<string, string> } {
  const records = new Map<string, string>()
  const devices = deviceStore({
    get: async (key) => records.get(key),
    set: async (key, value) => records.set(key, value),
    remove: async (key) => records.delete(key),
  })
  return { devices, records }
}

/** A device that signed in before, and what ConfirmDevice was told of it. */
export async function remembered() {
  const service = scripted(newDevice, {})
  const { devices, records } = visibleStore()
  const client = clientWith(service.api, { devices })
  const step = expectSignedIn(await signIn(client, plain))
  const confirmed = service.requests[1]?.input as Record<string, unknown>
  service.requests.length = 0
  return { ...service, client, records, step, confirmed }
}
