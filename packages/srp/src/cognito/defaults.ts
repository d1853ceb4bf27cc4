// The functions that take an engine, with native BigInt where the caller names none.
import type { SrpOptions } from '../suite.js'
import { withDefaultEngine } from '../with-default-engine.js'
import { type CognitoClient, startCognitoClient as startCognitoClientOn } from './client.js'
import { createDeviceVerifier as createDeviceVerifierOn, type DeviceKeys, type DeviceVerifier } from './device.js'
import {
  type CognitoRecord,
  type CognitoServer,
  checkSrpA as checkSrpAOn,
  cognitoVerifier as cognitoVerifierOn,
  resumeCognitoServer as resumeCognitoServerOn,
  startCognitoServer as startCognitoServerOn,
} from './server.js'

/**
 * Begin a sign-in: send `srpA` as SRP_A, then answer the challenge.
 *
 * @param options the settings below; each may be left out
 * @param options.engine the arithmetic; native BigInt if left out
 * @param options.random the source of the private key; `crypto.getRandomValues` if left out
 * @returns the client's half, which answers one challenge
 * @throws TypeError for an option that is wrong
 * @throws SrpError `no-random`, `bad-random`
 * @example
 * const { srpA, answerUser } = startCognitoClient()
 * // InitiateAuth { AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME: username, SRP_A: srpA } }
 * const claim = answerUser({ userPoolId, password, challenge: reply.ChallengeParameters })
 * // RespondToAuthChallenge { ChallengeResponses: { USERNAME: reply.ChallengeParameters.USER_ID_FOR_SRP, ...claim } }
 */
export function startCognitoClient(options: SrpOptions = {}): CognitoClient {
  return startCognitoClientOn(withDefaultEngine(options))
}

/**
 * Compute `v = g^x mod N`, which a user pool stores instead of a password.
 *
 * @param values the identity, its password and its salt
 * @param values.scope the pool name for a user, the device group key for a device
 * @param values.userId the user's or the device's own id
 * @param values.password the password, or the device's
 * @param values.salt hex of any length and case
 * @param options the setting below, which may be left out
 * @param options.engine the arithmetic; native BigInt if left out
 * @returns the verifier in hex, for `startCognitoServer`
 * @throws TypeError, RangeError for an argument that is missing or wrong
 * @throws SrpError `invalid-encoding`, `too-large` for the salt
 * @example
 * const identity = { scope: 'AbCdEfGhI', userId: 'ada', salt: toHex(randomSalt) }
 * const record = { ...identity, verifier: cognitoVerifier({ ...identity, password }) }
 */
export function cognitoVerifier(
  values: { readonly scope: string; readonly userId: string; readonly password: string; readonly salt: string },
  options: SrpOptions = {},
): string {
  return cognitoVerifierOn(values, withDefaultEngine(options))
}

/**
 * Check SRP_A as a server must before it answers.
 *
 * @param srpA SRP_A of the first request: hex
 * @param options the setting below, which may be left out
 * @param options.engine the arithmetic; native BigInt if left out
 * @throws SrpError `invalid-encoding`; `too-large` if it is longer than N; `invalid-public-key` if it is 0 modulo N
 * @example
 * checkSrpA(request.AuthParameters.SRP_A) // throws, or says nothing
 */
export function checkSrpA(srpA: string, options: SrpOptions = {}): void {
  checkSrpAOn(srpA, withDefaultEngine(options))
}

/**
 * Begin a handshake as the service does.
 *
 * @param record the user's or the device's
 * @param options the settings below; each may be left out
 * @param options.engine the arithmetic; native BigInt if left out
 * @param options.random the source of the private key; `crypto.getRandomValues` if left out
 * @returns the server's half: SALT and SRP_B are ChallengeParameters
 * @throws SrpError `invalid-encoding`, `too-large`, `invalid-public-key` for the record; `no-random`, `bad-random`
 * @throws TypeError, RangeError for an argument that is missing or wrong
 * @example
 * const server = startCognitoServer(record)
 * // ChallengeParameters { SALT: server.SALT, SRP_B: server.SRP_B, SECRET_BLOCK, USER_ID_FOR_SRP }
 * server.verify({ SRP_A, ...ChallengeResponses }) // throws `wrong-proof`, or says nothing
 */
export function startCognitoServer(record: CognitoRecord, options: SrpOptions = {}): CognitoServer {
  return startCognitoServerOn(record, withDefaultEngine(options))
}

/**
 * Continue a handshake that `save` wrote.
 *
 * @param state the text that `save` returned
 * @param options the setting below, which may be left out
 * @param options.engine the arithmetic; native BigInt if left out
 * @returns the server's half as it was
 * @throws SrpError `invalid-state` if the text is damaged or of another version
 * @throws TypeError unless it is a text
 * @example
 * resumeCognitoServer(state).verify({ SRP_A, ...ChallengeResponses })
 */
export function resumeCognitoServer(state: string, options: SrpOptions = {}): CognitoServer {
  return resumeCognitoServerOn(state, withDefaultEngine(options))
}

/**
 * Create a new device's password, salt and verifier.
 *
 * @param device NewDeviceMetadata of the sign-in: DeviceGroupKey and DeviceKey
 * @param options the settings below; each may be left out
 * @param options.engine the arithmetic; native BigInt if left out
 * @param options.random the source of the password and the salt; `crypto.getRandomValues` if left out
 * @returns the password to be stored, and DeviceSecretVerifierConfig for ConfirmDevice
 * @throws TypeError, RangeError if a key is missing or wrong
 * @throws SrpError `no-random`, `bad-random`
 * @example
 * const { devicePassword, ...DeviceSecretVerifierConfig } = createDeviceVerifier({ deviceGroupKey, deviceKey })
 * // ConfirmDevice { AccessToken, DeviceKey: deviceKey, DeviceSecretVerifierConfig }, then store devicePassword
 */
export function createDeviceVerifier(device: DeviceKeys, options: SrpOptions = {}): DeviceVerifier {
  return createDeviceVerifierOn(device, withDefaultEngine(options))
}
