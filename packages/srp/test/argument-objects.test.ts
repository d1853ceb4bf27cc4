// Arguments that must be objects: other values are refused by the argument's name in the documentation.
import {
  decoyRecord,
  defineGroup,
  defineSuite,
  enroll,
  openState,
  sealState,
  startClient,
  startServer,
} from '@srp6a/srp'
import { cognitoVerifier, createDeviceVerifier, startCognitoClient, startCognitoServer } from '@srp6a/srp/cognito'
import { appleGsaPassword } from '@srp6a/srp/suites'
import { createDeviceVerifierWithPassword, startClientWithKey } from '@srp6a/srp/testing'
import { expect, it } from 'vitest'
import { complaint, complaintOf } from './support/codes.js'
import { begun, password, record, suite, username } from './support/tiny.js'

const cognitoRecord = { scope: 'a', userId: 'b', salt: '1', verifier: '5' }
const device = { deviceGroupKey: 'g', deviceKey: 'k' }
const modulus = '9'.repeat(128)
const bytes = new Uint8Array(32)

const CALLS: readonly (readonly [name: string, call: (wrong: never) => unknown])[] = [
  ['options', (wrong) => startClient(suite, wrong)],
  ['options', (wrong) => startClientWithKey(suite, bytes, wrong)],
  ['challenge', (wrong) => begun().client.answer(wrong)],
  ['record', (wrong) => startServer(suite, wrong)],
  ['options', (wrong) => startServer(suite, record, wrong)],
  ['answer', (wrong) => begun().server.verify(wrong)],
  ['credentials', (wrong) => enroll(suite, wrong)],
  ['options', (wrong) => enroll(suite, { username, password }, wrong)],
  ['values', (wrong) => decoyRecord(suite, wrong)],
  ['definition', (wrong) => defineSuite(wrong)],
  ['values', (wrong) => defineGroup(wrong)],
  ['options', (wrong) => defineGroup({ name: 'n', modulus, generator: 2 }, wrong)],
  ['values', (wrong) => appleGsaPassword(wrong)],
  ['options', (wrong) => startCognitoClient(wrong)],
  ['values', (wrong) => startCognitoClient().answerUser(wrong)],
  ['values', (wrong) => startCognitoClient().answerDevice(wrong)],
  ['challenge', (wrong) => startCognitoClient().answerDevice({ ...device, devicePassword: 'p', challenge: wrong })],
  ['values', (wrong) => cognitoVerifier(wrong)],
  ['record', (wrong) => startCognitoServer(wrong)],
  ['options', (wrong) => startCognitoServer(cognitoRecord, wrong)],
  ['answer', (wrong) => startCognitoServer(cognitoRecord).verify(wrong)],
  ['device', (wrong) => createDeviceVerifier(wrong)],
  ['device', (wrong) => createDeviceVerifierWithPassword(wrong)],
  ['options', (wrong) => createDeviceVerifier(device, wrong)],
]

it.each(CALLS)('%s: case %#', (name, call) => {
  for (const wrong of [null, 1, 'text', true])
    expect(complaint(() => call(wrong as never))).toBe(`TypeError: ${name}: expected an object`)
})

it('options of the sealing', async () => {
  for (const wrong of [null, 1] as never[]) {
    for (const sealing of [sealState(bytes, bytes, wrong), openState(bytes, bytes, wrong)]) {
      expect(complaintOf(await sealing.catch((error: unknown) => error))).toBe('TypeError: options: expected an object')
    }
  }
})
