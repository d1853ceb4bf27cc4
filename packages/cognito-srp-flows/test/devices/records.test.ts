import {
  deviceStore,
  forgetDevice,
  listDevices,
  removeStoredDevice,
  signIn,
  storedDevice,
  webStorageDeviceStore,
} from 'cognito-srp-flows'
import { webStorage } from 'srp6a-tools/testing/web-storage.js'
import { describe, expect, it } from 'vitest'
import { clientWith, expectSignedIn, scripted, TOKENS } from '../scripted.js'
import { DEVICE, KEY, newDevice, plain, remembered, visibleStore } from './support.js'

describe('records', () => {
  it.each([
    '{',
    '[]',
    'null',
    '{}',
    '{"deviceKey":"k","deviceGroupKey":"g"}',
    '{"deviceKey":"k","deviceGroupKey":"g","devicePassword":5}',
  ])('that are not whole count as none: %s', async (value) => {
    const service = scripted(TOKENS)
    const { devices, records } = visibleStore()
    records.set(KEY('a@b.c'), value)
    expectSignedIn(await signIn(clientWith(service.api, { devices }), plain))
    expect(service.requests[0]?.input.AuthParameters).not.toHaveProperty('DEVICE_KEY')
  })

  it('an alias that leads nowhere counts as none', async () => {
    const service = scripted(TOKENS)
    const { devices, records } = visibleStore()
    records.set(KEY('a@b.c'), JSON.stringify({ username: 'a@b.c' }))
    expectSignedIn(await signIn(clientWith(service.api, { devices }), plain))
  })

  it('names that lead to each other have an end, no matter who wrote them', async () => {
    const { devices, records } = visibleStore()
    records.set(KEY('a@b.c'), JSON.stringify({ username: 'b@b.c' }))
    records.set(KEY('b@b.c'), JSON.stringify({ username: 'a@b.c' }))
    const get = records.get.bind(records)
    let reads = 0
    records.get = (key) => {
      if (++reads > 10) throw new Error('it goes round and round')
      return get(key)
    }
    const accessToken = `.${Buffer.from('{"username":"a@b.c"}').toString('base64url')}.`
    await forgetDevice(clientWith(scripted({}).api, { devices }), { accessToken, deviceKey: 'k' })
    expect([...records.keys()]).toHaveLength(2)
  })

  it('live in Web Storage', async () => {
    const storage = webStorage()
    const service = scripted(newDevice, {}, {})
    const client = clientWith(service.api, { devices: webStorageDeviceStore(storage) })
    const { tokens } = expectSignedIn(await signIn(client, plain))
    expect([...storage.values.keys()]).toEqual([KEY('älice'), KEY('a@b.c')])
    await forgetDevice(client, { accessToken: tokens.accessToken, deviceKey: DEVICE.DeviceKey })
    expect(storage.values.has(KEY('älice'))).toBe(false)
  })

  it.each([{}, { get() {}, set() {} }, undefined])('a store needs its three functions: %j', (storage) => {
    expect(() => deviceStore(storage as never)).toThrow(/^storage\.(get|remove): expected a function/)
  })
})

describe('the store, asked by hand', () => {
  it('finds the device by either name, prints no password, and signs in by it elsewhere', async () => {
    const { client } = await remembered()
    for (const username of ['älice', 'a@b.c']) {
      const device = await storedDevice(client, { username })
      expect(device).toMatchObject({ deviceKey: DEVICE.DeviceKey, deviceGroupKey: DEVICE.DeviceGroupKey })
      expect(device?.devicePassword).toMatch(/^.{56}$/)
      expect(JSON.stringify(device)).not.toContain(device?.devicePassword)
    }
    const device = await storedDevice(client, { username: 'älice' })
    const elsewhere = scripted(TOKENS)
    expectSignedIn(await signIn(clientWith(elsewhere.api), { ...plain, device }))
    expect(elsewhere.requests[0]?.input).toMatchObject({ AuthParameters: { DEVICE_KEY: DEVICE.DeviceKey } })
  })

  it('removes the record of this device and of no other, and asks the service for nothing', async () => {
    const { client, requests } = await remembered()
    const username = 'a@b.c'
    await removeStoredDevice(client, { username, deviceKey: 'another' })
    expect(await storedDevice(client, { username })).toMatchObject({ deviceKey: DEVICE.DeviceKey })
    await removeStoredDevice(client, { username, deviceKey: DEVICE.DeviceKey })
    expect(await storedDevice(client, { username })).toBeUndefined()
    expect(requests).toEqual([])
  })

  it('has nothing where there is no store', async () => {
    const client = clientWith(scripted().api)
    expect(await storedDevice(client, { username: 'ada' })).toBeUndefined()
    await removeStoredDevice(client, { username: 'ada', deviceKey: 'k' })
  })
})

describe('listDevices', () => {
  const device = (n: number) => ({ DeviceKey: `key ${n}`, DeviceAttributes: [{ Name: 'device_name', Value: `d${n}` }] })

  it('reads all pages, and dates as the SDK and as the wire give them', async () => {
    const service = scripted(
      { Devices: [{ ...device(1), DeviceCreateDate: 1767225600 }], PaginationToken: 'next' },
      { Devices: [{ ...device(2), DeviceLastAuthenticatedDate: new Date('2026-01-02') }] },
    )
    expect(await listDevices(clientWith(service.api), { accessToken: 'token' })).toEqual([
      { deviceKey: 'key 1', attributes: { device_name: 'd1' }, created: new Date('2026-01-01') },
      { deviceKey: 'key 2', attributes: { device_name: 'd2' }, lastAuthenticated: new Date('2026-01-02') },
    ])
    expect(service.requests.map(({ input }) => input)).toEqual([
      { AccessToken: 'token', Limit: 60 },
      { AccessToken: 'token', Limit: 60, PaginationToken: 'next' },
    ])
  })

  it('ends when a page comes twice', async () => {
    const page = { Devices: [], PaginationToken: 'again' }
    const service = scripted(page, page)
    expect(await listDevices(clientWith(service.api), { accessToken: 'token' })).toEqual([])
  })

  it.each([
    [{ Devices: 'x' }, 'Devices has the wrong type'],
    [{ Devices: [{}] }, 'DeviceKey is missing'],
    [{ Devices: [{ DeviceKey: 'k', DeviceCreateDate: 'x' }] }, 'DeviceCreateDate has the wrong type'],
  ])('names what is wrong with %j', async (reply, message) => {
    const failed = listDevices(clientWith(scripted(reply).api), { accessToken: 'token' })
    await expect(failed).rejects.toMatchObject({ code: 'bad-reply', message })
  })
})
