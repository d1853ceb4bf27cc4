import { startCognitoClient } from '@srp6a/srp/cognito'
import { FlowError } from '../errors.js'
import type { ChallengeContext, Challenges, Outcome } from './challenge.js'
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

/** Handle DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER: the proof of a remembered device. */
export const deviceProofs: Challenges = {
  DEVICE_SRP_AUTH: { react: begin },
  DEVICE_PASSWORD_VERIFIER: { react: prove },
}
