import { startCognitoClient } from '@srp6a/srp/cognito'
import type { DeviceCredentials } from '../devices/types.js'
import { FlowError, object, ownValue, text } from '../errors.js'
import { deviceInfo, isException, isText, readNewDevice, required } from '../replies.js'
import type { ChallengeContext, Challenges, DeviceSupport, Outcome } from './challenge.js'
import { readVerifier, unasked } from './password.js'

/** Begin a handshake of the device's own. Once in a sign-in, so that a service that keeps asking comes to an end. */
async function begin(context: ChallengeContext): Promise<Outcome | undefined> {
  const { client, state, secrets } = context
  if (secrets.device) return undefined
  const device = await find(context)
  // Resumed where this device is not, or cleared meanwhile.
  if (!device && (client.devices || state.deviceKey))
    throw new FlowError('device-lost', 'no record of this device: start again with signIn')
  if (!device) return undefined
  const srp = startCognitoClient(client)
  return { responses: { DEVICE_KEY: device.deviceKey, SRP_A: srp.srpA }, secrets: { srp, device } }
}

async function prove({ client, state, secrets }: ChallengeContext): Promise<Outcome | undefined> {
  const { srp, device } = secrets
  if (!device) return undefined
  if (!srp) throw unasked(state)
  const claim = srp.answerDevice({ ...device, challenge: readVerifier(state), now: client.now })
  return { responses: { DEVICE_KEY: device.deviceKey, ...claim }, secrets: { device } }
}

function read(given: DeviceCredentials | undefined): DeviceCredentials | undefined {
  if (given === undefined) return undefined
  object(given, 'device')
  // Not a copy of what is enumerable: the password of a device that a step gave is not.
  const field = (name: keyof DeviceCredentials) => text(ownValue(given, name), `device.${name}`)
  return {
    deviceKey: field('deviceKey'),
    deviceGroupKey: field('deviceGroupKey'),
    devicePassword: field('devicePassword'),
  }
}

/** Find the device that a sign-in goes on with, if there is one; `username` where it is not that of the state. */
const find = async ({ client, device, state }: ChallengeContext, username = state.username) =>
  state.deviceRefused ? undefined : (device ?? (await client.devices?.tracking.find(client, username)))

const name: DeviceSupport['name'] = async (context) => {
  context.state.deviceKey ??= (await find(context))?.deviceKey
}

const send: DeviceSupport['send'] = async (context, request) => {
  try {
    return await request()
  } catch (error) {
    if (!context.state.deviceKey) throw error
    await refused(context, error)
    return request()
  }
}

/**
 * Forget a device that the service refused. An answer to a DEVICE_… challenge would mean nothing without it; any other
 * request may go out once more. A refusal that says nothing of the device (a disabled user, too many attempts, a wrong
 * client secret) leaves it alone.
 */
async function refused({ client, state }: ChallengeContext, error: unknown): Promise<void> {
  const { deviceKey = '', username } = state
  const proving = state.challenge.startsWith('DEVICE_')
  const gone = isException(error, 'ResourceNotFoundException', /^Device does not exist\b/)
  const unproven = proving && isException(error, 'NotAuthorizedException', /^Incorrect username or password\b/)
  const unreadable = !proving && isException(error, 'InvalidParameterException', /device key/i)
  if (!gone && !unproven && !unreadable) throw error
  state.deviceRefused = true
  state.deviceKey = undefined
  if (!unreadable) await client.devices?.tracking.forget(client, username, deviceKey)
  if (proving) throw new FlowError('device-lost', 'the device was refused: start again with signIn', error)
}

const settle: DeviceSupport['settle'] = async (context, result, username) => {
  const { client, state, options } = context
  const { deviceKey, deviceName, alias = state.username } = state
  const device = readNewDevice(result)
  if (device) {
    const accessToken = required(result, 'AccessToken', isText)
    const given = { ...device, accessToken, deviceName, signal: options.signal }
    const confirmed = await client.devices?.tracking.confirm(client, { username, alias }, given)
    return confirmed ?? { ...device, status: 'new' }
  }
  if (!deviceKey) return undefined
  const known = await find(context, username)
  return deviceInfo(known?.deviceKey === deviceKey ? known : { deviceKey }, 'known')
}

/** Handle DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER: the proof of a remembered device. With them a sign-in knows of devices. */
export const deviceProofs: Challenges = {
  DEVICE_SRP_AUTH: { react: begin, devices: { read, name, send, settle } },
  DEVICE_PASSWORD_VERIFIER: { react: prove },
}
