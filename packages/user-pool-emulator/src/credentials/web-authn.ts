import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { base64url } from 'jose'
import { toBase64Url, utf8 } from '../config/encoding.js'
import { notAuthorized, ServiceError } from '../config/errors.js'
import type { Pool } from '../model/pool.js'
import type { Passkey, User } from '../model/state.js'

const newChallenge = (pool: Pool): Uint8Array<ArrayBuffer> => Uint8Array.from(pool.host.random(32))

/** The origin a browser claims in its answer; checked against the pool's own rule below. */
function claimedOrigin(response: { response?: { clientDataJSON?: unknown } }): string {
  try {
    const text = new TextDecoder().decode(base64url.decode(String(response.response?.clientDataJSON)))
    const { origin }: { origin?: unknown } = JSON.parse(text)
    return typeof origin === 'string' ? origin : ''
  } catch {
    return ''
  }
}

/** The origins that may answer: those of the settings, or any on the relying party's domain. */
function expectedOrigins(pool: Pool, claimed: string): string[] {
  const { origins, relyingPartyId } = pool.settings.webAuthn
  if (origins.length > 0) return [...origins]
  const host = URL.canParse(claimed) ? new URL(claimed).hostname : ''
  return host === relyingPartyId || host.endsWith(`.${relyingPartyId}`) ? [claimed] : []
}

const transportsOf = (passkey: Passkey): { id: string; transports: string[] } => ({
  id: passkey.id,
  transports: [...passkey.transports],
})

/** PublicKeyCredentialRequestOptions as JSON, and the challenge in it. */
export async function requestOptions(pool: Pool, user: User): Promise<{ options: object; challenge: string }> {
  const { relyingPartyId, userVerification } = pool.settings.webAuthn
  const options = await generateAuthenticationOptions({
    rpID: relyingPartyId,
    challenge: newChallenge(pool),
    allowCredentials: user.passkeys.map(transportsOf),
    userVerification,
    timeout: 180_000,
  })
  return { options, challenge: options.challenge }
}

/** Check an assertion against the user's passkeys; its counter must have grown. Undefined for a wrong one. */
export async function verifyAssertion(
  pool: Pool,
  user: User,
  challenge: string,
  credential: object,
): Promise<{ userVerified: boolean } | undefined> {
  const response = credential as AuthenticationResponseJSON
  const passkey = user.passkeys.find(({ id }) => id === response.id)
  if (passkey === undefined) return undefined
  const { relyingPartyId, userVerification } = pool.settings.webAuthn
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: expectedOrigins(pool, claimedOrigin(response)),
      expectedRPID: relyingPartyId,
      requireUserVerification: userVerification === 'required',
      credential: {
        id: passkey.id,
        publicKey: Uint8Array.from(base64url.decode(passkey.publicKey)),
        counter: passkey.counter,
      },
    })
    if (!verified) return undefined
    passkey.counter = authenticationInfo.newCounter
    return { userVerified: authenticationInfo.userVerified }
  } catch {
    // The library throws with what was wrong; the service tells no one.
    return undefined
  }
}

/** PublicKeyCredentialCreationOptions as JSON; the challenge stays with the user until it is answered. */
export async function creationOptions(pool: Pool, user: User): Promise<object> {
  const { relyingPartyId, userVerification } = pool.settings.webAuthn
  const options = await generateRegistrationOptions({
    rpName: relyingPartyId,
    rpID: relyingPartyId,
    userName: user.attributes.email ?? user.username,
    userDisplayName: user.attributes.name ?? user.username,
    userID: Uint8Array.from(utf8(user.sub)),
    challenge: newChallenge(pool),
    attestationType: 'none',
    excludeCredentials: user.passkeys.map(transportsOf),
    authenticatorSelection: { residentKey: 'required', userVerification },
  })
  user.pendingPasskey = options.challenge
  return options
}

/** Registers the passkey of an answer to `creationOptions`. */
export async function registerPasskey(pool: Pool, user: User, credential: object): Promise<void> {
  const challenge = user.pendingPasskey
  if (challenge === undefined) {
    throw new ServiceError('WebAuthnChallengeNotFoundException', 'No registration is under way')
  }
  const response = credential as RegistrationResponseJSON
  const origins = expectedOrigins(pool, claimedOrigin(response))
  if (!origins.includes(claimedOrigin(response))) {
    throw new ServiceError('WebAuthnOriginNotAllowedException', 'The origin of the credential is not allowed')
  }
  const { relyingPartyId, userVerification } = pool.settings.webAuthn
  const result = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origins,
    expectedRPID: relyingPartyId,
    requireUserVerification: userVerification === 'required',
  }).catch(() => undefined)
  if (result === undefined || !result.verified) throw notAuthorized('The passkey could not be verified')
  const { id, publicKey, counter, transports = [] } = result.registrationInfo.credential
  user.pendingPasskey = undefined
  user.passkeys.push({
    id,
    publicKey: toBase64Url(publicKey),
    counter,
    transports,
    name: 'Passkey',
    attachment: response.authenticatorAttachment ?? 'platform',
    createdAt: pool.host.now(),
  })
}
