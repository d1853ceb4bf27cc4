import { createDeviceVerifier, startCognitoClient } from '@srp6a/srp/cognito'
import type { AbortSignalLike } from '../api.js'
import type { AppClient, DeviceRecord, DeviceStorage, DeviceTracking, State, Turn } from '../app-client.js'
import { srpChallenge, withoutHandshake } from '../challenges/password.js'
import { FlowError } from '../errors.js'
import { type Fields, fields, isFields, isFlag, isName, isText, optional, required } from '../replies.js'
import type { DeviceOutcome, Step } from '../step.js'
import { findRecord, removeRecord, usernameOf, writeRecord } from './record.js'

/** What the flow asks of the devices, over a storage. */
export const trackDevices = (storage: DeviceStorage): DeviceTracking => ({
  find: (client, username) => findRecord(storage, client, username),
  forget: (client, username, deviceKey) => removeRecord(storage, client, username, deviceKey),
  keep: (client, names, record) => writeRecord(storage, client, names, record),
  answer: (turn) => prove(storage, turn),
  confirm: (client, state, result, signal) => confirm(storage, client, state, result, signal),
})

/**
 * DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER: a handshake of its own, with the record's password.
 * Each is answered once in a sign-in, so that a service that keeps asking comes to an end.
 */
async function prove(storage: DeviceStorage, turn: Turn): Promise<Step | undefined> {
  const { client, state, options } = turn
  let { srp, device } = turn.secrets
  if (state.challenge === 'DEVICE_PASSWORD_VERIFIER' && device) {
    const { deviceKey, deviceGroupKey, devicePassword } = device
    if (!srp) throw withoutHandshake(turn)
    const challenge = srpChallenge(turn)
    const claim = srp.answerDevice({ deviceGroupKey, deviceKey, devicePassword, challenge, now: client.now })
    return turn.respond({ DEVICE_KEY: deviceKey, ...claim }, options, { device })
  }
  if (state.challenge !== 'DEVICE_SRP_AUTH' || device) return undefined
  device = await findRecord(storage, client, state.username)
  // Resumed where this device is not, or cleared meanwhile.
  if (!device) throw new FlowError('device-lost', 'no record of this device: start again with signIn')
  srp = startCognitoClient(client)
  return turn.respond({ DEVICE_KEY: device.deviceKey, SRP_A: srp.srpA }, options, { srp, device })
}

/** A new device, confirmed at once. That this fails is reported, and does not fail the sign-in. */
async function confirm(
  storage: DeviceStorage,
  client: AppClient,
  state: State,
  result: Fields,
  signal?: AbortSignalLike,
): Promise<DeviceOutcome | undefined> {
  const metadata = optional(result, 'NewDeviceMetadata', isFields)
  if (!metadata) return undefined
  const deviceKey = required(metadata, 'DeviceKey', isName)
  const deviceGroupKey = required(metadata, 'DeviceGroupKey', isName)
  try {
    const accessToken = required(result, 'AccessToken', isText)
    const { devicePassword, ...verifier } = createDeviceVerifier({ deviceGroupKey, deviceKey }, client)
    const input = {
      AccessToken: accessToken,
      DeviceKey: deviceKey,
      DeviceSecretVerifierConfig: verifier,
    }
    const reply = fields(await client.api.call('ConfirmDevice', input, signal))
    // Read before anything is written: a reply that cannot be read leaves no record behind.
    const ask = optional(reply, 'UserConfirmationNecessary', isFlag)
    const record: DeviceRecord = { deviceKey, deviceGroupKey, devicePassword }
    // After USER_PASSWORD_AUTH with an alias only the token knows the real name.
    const username = usernameOf(accessToken) ?? state.username
    await writeRecord(storage, client, { username, alias: state.alias ?? state.username }, record)
    return { deviceKey, status: ask ? 'ask-user' : 'confirmed' }
  } catch (error) {
    return { deviceKey, status: 'failed', error }
  }
}
