// Sign-ins left by the two libraries, as adopt.slow.test.ts recorded them; that test compares the recordings with what
// they write.
import { readFileSync } from 'node:fs'
import { memoryDeviceStore, storedDevice } from 'cognito-srp-flows'
import { adoptAmplify, adoptIdentityJs, createSession, memoryStorage } from 'cognito-srp-flows/session'
import { webStorage } from 'srp6a-tools/testing/web-storage.js'
import { describe, expect, it } from 'vitest'
import { exception } from '../scripted.js'
import { clientOf } from './support.js'

const CLIENT_ID = '1example23456789'
const USER = `CognitoIdentityServiceProvider.${CLIENT_ID}.3f2a1b0c-alice`

describe.each([
  ['amazon-cognito-identity-js', adoptIdentityJs],
  ['aws-amplify', adoptAmplify],
] as const)('%s', (library, adopt) => {
  const recorded: Record<string, string> = JSON.parse(
    readFileSync(new URL(`recorded/${library}.json`, import.meta.url), 'utf8'),
  )
  const { iat } = JSON.parse(
    Buffer.from(recorded[`${USER}.accessToken`]?.split('.')[1] ?? '', 'base64url').toString('utf8'),
  )

  function setUp(changed: Record<string, string | undefined> = {}) {
    const storage = webStorage(
      Object.entries({ ...recorded, ...changed }).filter((entry): entry is [string, string] => entry[1] !== undefined),
    )
    const calls: { operation: string; input: Record<string, unknown> }[] = []
    const api = {
      async call(operation: string, input: Record<string, unknown>): Promise<unknown> {
        calls.push({ operation, input })
        throw exception('NotAuthorizedException', 'Refresh Token has been revoked')
      },
    }
    const client = { ...clientOf(api, () => iat * 1000), clientId: CLIENT_ID, devices: memoryDeviceStore() }
    const session = createSession(client, { storage: memoryStorage(), locks: false, tabs: false })
    return { values: storage.values, storage, calls, client, session }
  }

  it('its user is signed in, without a request, and its device is known', async () => {
    const { session, storage, client, calls, values } = setUp()
    expect(await adopt(session, storage, { remove: true })).toBe(true)
    expect(await session.user()).toMatchObject({ username: '3f2a1b0c-alice', claims: { email: 'alice@example.com' } })
    expect(await session.tokens()).toMatchObject({
      accessToken: recorded[`${USER}.accessToken`],
      refreshToken: recorded[`${USER}.refreshToken`],
    })
    const device = await storedDevice(client, { username: '3f2a1b0c-alice' })
    expect(device?.deviceKey).toBe(recorded[`${USER}.deviceKey`])
    expect(device?.devicePassword).toBe(recorded[`${USER}.randomPasswordKey`])
    expect(calls).toEqual([])
    expect(values.size).toBe(0)
  })

  it('a refresh goes out with the token and the key of the device that it left', async () => {
    const { session, storage, calls } = setUp()
    await adopt(session, storage)
    expect(await session.tokens({ refresh: true })).toBeUndefined()
    const input = { RefreshToken: recorded[`${USER}.refreshToken`], DeviceKey: recorded[`${USER}.deviceKey`] }
    expect(calls).toMatchObject([{ operation: 'GetTokensFromRefreshToken', input }])
    // Refused, the same tokens are not taken again.
    expect(await adopt(session, storage)).toBe(false)
  })

  it('an access token that was cut off is refreshed, or no one is signed in', async () => {
    const cut = { [`${USER}.accessToken`]: recorded[`${USER}.accessToken`]?.slice(0, 60) }
    const { session, storage, calls } = setUp(cut)
    expect(await adopt(session, storage)).toBe(true)
    expect(await session.tokens()).toBeUndefined()
    expect(calls.map(({ operation }) => operation)).toEqual(['GetTokensFromRefreshToken'])
    const without = setUp({ ...cut, [`${USER}.refreshToken`]: undefined })
    expect(await adopt(without.session, without.storage)).toBe(false)
    expect(await without.session.user()).toBeUndefined()
  })

  it('half a device is no device, and without tokens no one is signed in', async () => {
    const { session, storage, client } = setUp({
      [`${USER}.randomPasswordKey`]: undefined,
      [`${USER}.accessToken`]: undefined,
    })
    expect(await adopt(session, storage)).toBe(false)
    expect(await session.user()).toBeUndefined()
    expect(await storedDevice(client, { username: '3f2a1b0c-alice' })).toBeUndefined()
  })
})
