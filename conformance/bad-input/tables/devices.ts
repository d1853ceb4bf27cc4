// cognito-srp-flows: devices and where they are stored.
import * as flows from 'cognito-srp-flows'
import { countingEngine } from '../engine.js'
import { ANYTHING, OBJECT, optional, peer, type Rule, SOME_TEXT } from '../rules.js'
import type { Table } from '../run.js'
import { ANY_REPLY, flag, local, simple, unread } from './call-rows.js'
import { ENGINE, RANDOM } from './handshake-rules.js'
import { client, functionOf, unnamedCall } from './pool-rules.js'
import { service, TEXT, TOKENS, verifier } from './service.js'

const token = { accessToken: 'a.b.c', deviceKey: 'k' }
/** It goes into a digest: the limit of a name. */
const SIGNED: Rule = { ...SOME_TEXT, refuses: TEXT.refuses }

const storage = () => {
  const map = new Map<string, string>()
  return {
    get: async (key: string) => map.get(key),
    set: async (key: string, value: string) => map.set(key, value),
    remove: async (key: string) => map.delete(key),
  }
}
const webStorage = () => ({ getItem: (): string | null => null, setItem: () => undefined, removeItem: () => undefined })
/** A sign-in that looks into the store, and writes to it. */
const signInWith = async (devices: flows.DeviceStore) => {
  const made = service({ RespondToAuthChallenge: TOKENS, InitiateAuth: verifier() }, { engine: countingEngine() })
  return flows.signIn({ ...made.client, devices }, { username: 'ada', password: 'p' })
}

export const DEVICES: Table = {
  rememberDevice: simple(
    flows.rememberDevice,
    {},
    { ...token, remember: true },
    {
      ...unnamedCall(client(unread)),
      'request.accessToken': TEXT,
      'request.deviceKey': TEXT,
      'request.remember': flag,
    },
  ),
  forgetDevice: simple(flows.forgetDevice, {}, token, {
    ...unnamedCall(client(unread)),
    'request.accessToken': TEXT,
    'request.deviceKey': TEXT,
  }),
  storedDevice: local(
    flows.storedDevice,
    {},
    { username: 'ada' },
    {
      ...unnamedCall(client(unread)),
      'request.username': TEXT,
    },
  ),
  removeStoredDevice: local(
    flows.removeStoredDevice,
    {},
    { username: 'ada', deviceKey: 'k' },
    {
      ...unnamedCall(client(unread)),
      'request.username': TEXT,
      'request.deviceKey': TEXT,
    },
  ),
  listDevices: simple(flows.listDevices, { Devices: [] }, token, {
    // A reply without devices is one of none.
    'client.api.call()': ANY_REPLY,
    'request.accessToken': TEXT,
  }),
  getDevice: simple(flows.getDevice, { Device: { DeviceKey: 'k' } }, token, {
    'request.accessToken': TEXT,
    'request.deviceKey': TEXT,
  }),
  confirmDevice: {
    ...simple(
      flows.confirmDevice,
      {},
      { ...token, deviceGroupKey: 'g' },
      {
        ...unnamedCall(
          client({
            'client.engine': ENGINE,
            'client.random': RANDOM,
            // It is asked for a password and for a salt, of different lengths.
            'client.random()': peer(
              () => false,
              () => ['bad-random'],
            ),
          }),
        ),
        'client.api.call()': ANY_REPLY,
        'request.accessToken': TEXT,
        'request.deviceKey': SIGNED,
        'request.deviceGroupKey': SIGNED,
        'request.deviceName': optional(TEXT),
      },
    ),
    // The verifier, which goes out before the service says anything.
    work: 1,
  },
  deviceStore: {
    params: ['storage'],
    args: () => [storage()],
    run: (given: never) => signInWith(flows.deviceStore(given)),
    rules: {
      storage: OBJECT,
      'storage.get': functionOf('get'),
      // A value that is not a record counts as absent.
      'storage.get()': ANYTHING,
      'storage.set': functionOf('set'),
      'storage.set()': ANYTHING,
      'storage.remove': functionOf('remove'),
      'storage.remove()': ANYTHING,
    },
  },
  webStorageDeviceStore: {
    params: ['storage'],
    args: () => [webStorage()],
    run: (given: never) => signInWith(flows.webStorageDeviceStore(given)),
    rules: {
      storage: OBJECT,
      'storage.getItem': functionOf('getItem'),
      'storage.getItem()': ANYTHING,
      'storage.setItem': functionOf('setItem'),
      'storage.removeItem': functionOf('removeItem'),
    },
  },
}
