import { startCognitoClient } from '@srp6a/srp/cognito'
import { FlowError } from '../errors.js'
import { deviceInfo, isException, isText, readNewDevice, required } from '../replies.js'
import type { ChallengeContext, Challenges, DeviceSupport, Outcome } from './challenge.js'
import { unasked, verifierParameters } from './password.js'

/** Begin a handshake of the device's own. Once in a sign-in, so that a service that keeps asking comes to an end. */
async function begin({ client, state, secrets, findDevice }: ChallengeContext): Promise<Outcome | undefined> {
  if (secrets.device) return undefined
  const device = await findDevice()
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
  const claim = srp.answerDevice({ ...device, challenge: verifierParameters(state), now: client.now })
  return { responses: { DEVICE_KEY: device.deviceKey, ...claim }, secrets: { device } }
}

const find: DeviceSupport['find'] = async ({ client, device, deviceRefused }, username) =>
  deviceRefused ? undefined : (device ?? (await client.devices?.tracking.find(client, username)))

/**
 * Forget a device that the service refused. An answer to a DEVICE_… challenge would mean nothing without it; any other
 * request may go out once more. A refusal that says nothing of the device (a disabled user, too many attempts, a wrong
 * client secret) leaves it alone.
 */
const refused: DeviceSupport['refused'] = async (conversation, state, error) => {
  const { client } = conversation
  const { deviceKey = '', username } = state
  const proving = state.challenge.startsWith('DEVICE_')
  const gone = isException(error, 'ResourceNotFoundException', /^Device does not exist\b/)
  const unproven = proving && isException(error, 'NotAuthorizedException', /^Incorrect username or password\b/)
  const unreadable = !proving && isException(error, 'InvalidParameterException', /device key/i)
  if (!gone && !unproven && !unreadable) throw error
  conversation.deviceRefused = true
  state.deviceKey = undefined
  if (!unreadable) await client.devices?.tracking.forget(client, username, deviceKey)
  if (proving) throw new FlowError('device-lost', 'the device was refused: start again with signIn', error)
}

const settle: DeviceSupport['settle'] = async (conversation, state, result, username, { signal }) => {
  const { client } = conversation
  const { deviceKey, deviceName, alias = state.username } = state
  const device = readNewDevice(result)
  if (device) {
    const given = { ...device, accessToken: required(result, 'AccessToken', isText), deviceName, signal }
    const confirmed = await client.devices?.tracking.confirm(client, { username, alias }, given)
    return confirmed ?? { ...device, status: 'new' }
  }
  if (!deviceKey) return undefined
  const known = await find(conversation, username)
  return deviceInfo(known?.deviceKey === deviceKey ? known : { deviceKey }, 'known')
}

/** Handle DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER: the proof of a remembered device. With them a sign-in knows of devices. */
export const deviceProofs: Challenges = {
  DEVICE_SRP_AUTH: { react: begin, devices: { find, refused, settle } },
  DEVICE_PASSWORD_VERIFIER: { react: prove },
}
