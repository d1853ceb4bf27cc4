import type { AppClient } from '../app-client.js'
import { own, text } from '../errors.js'
import { type Fields, isFields, isList, isText, isTexts, optional, required } from '../replies.js'
import { bytesOf, credentialJson, optionsWithBytes, textOf, wrongCredential } from '../webauthn.js'
import { dateOf } from './fields.js'
import { type CallOptions, type SignedInRequest, signedInCall } from './request.js'

/** The options of `navigator.credentials.create({ publicKey })`. */
export interface PasskeyCreation {
  readonly challenge: ArrayBuffer
  readonly rp: { readonly name: string; readonly id?: string }
  readonly user: { readonly id: ArrayBuffer; readonly name: string; readonly displayName: string }
  readonly pubKeyCredParams: { readonly type: 'public-key'; readonly alg: number }[]
  readonly excludeCredentials?: { readonly id: ArrayBuffer; readonly type: 'public-key'; readonly transports?: never }[]
  /** Milliseconds. */
  readonly timeout?: number
  readonly authenticatorSelection?: object
  readonly attestation?: never
}

/** A passkey that is being registered. */
export interface PasskeyRegistration {
  /** For `navigator.credentials.create({ publicKey: registration.request })`. */
  readonly request: PasskeyCreation
  /** The JSON form of WebAuthn, for libraries that take it. */
  readonly requestJson: string
  /**
   * Send the new passkey to the service (CompleteWebAuthnRegistration).
   *
   * @param credential - What `navigator.credentials.create` gave, or its JSON form as an object or a text.
   * @param options - `signal`: an AbortSignal that ends the request.
   */
  answer(credential: object | string, options?: CallOptions): Promise<void>
}

/**
 * Begin to register a passkey for the user who is signed in (StartWebAuthnRegistration).
 *
 * @param client - The app client: `{ api, userPoolId, clientId, clientSecret? }`.
 * @param request - `{ accessToken }`: a JWT.
 * @returns What the browser needs to make a passkey, and the way to send it.
 * @throws TypeError that names a wrong argument; of the service: NotAuthorizedException, WebAuthnNotEnabledException,
 * WebAuthnConfigurationMissingException. `answer` throws WebAuthnChallengeNotFoundException, WebAuthnRelyingPartyMismatchException,
 * WebAuthnOriginNotAllowedException, WebAuthnCredentialNotSupportedException, LimitExceededException.
 * @example
 * const passkey = await registerPasskey(client, { accessToken })
 * await passkey.answer(await navigator.credentials.create({ publicKey: passkey.request }))
 */
export async function registerPasskey(client: AppClient, request: SignedInRequest): Promise<PasskeyRegistration> {
  const { send } = signedInCall(client, request)
  const options = required(await send('StartWebAuthnRegistration'), 'CredentialCreationOptions', isFields)
  return {
    request: readCreation(options),
    requestJson: JSON.stringify(options),
    async answer(credential, answerOptions = {}) {
      const given = own(answerOptions, 'options')
      await send('CompleteWebAuthnRegistration', { Credential: creationJson(credential) }, given)
    },
  }
}

/** PublicKeyCredentialCreationOptionsJSON (WebAuthn Level 3, section 5.1.8) with its base64url texts as bytes. */
function readCreation(options: Fields): PasskeyCreation {
  const user = required(options, 'user', isFields)
  const request = { ...optionsWithBytes(options, 'excludeCredentials'), user: { ...user, id: bytesOf(user, 'id') } }
  return request as unknown as PasskeyCreation
}

/** Return RegistrationResponseJSON (WebAuthn Level 3, section 5.1) as an object. */
function creationJson(credential: object | string): object {
  let given: unknown = credential
  if (typeof credential === 'string') {
    try {
      given = JSON.parse(credential)
    } catch {
      wrongCredential()
    }
  }
  return credentialJson(given, (response) => ({
    clientDataJSON: textOf(response.clientDataJSON),
    attestationObject: textOf(response.attestationObject),
    transports: typeof response.getTransports === 'function' ? response.getTransports() : (response.transports ?? []),
  }))
}

/** A registered passkey. */
export interface Passkey {
  readonly credentialId: string
  readonly name: string
  readonly relyingPartyId: string
  readonly transports: readonly string[]
  readonly created?: Date
}

/** Pages of twenty: far more than any user has. */
const MOST_PAGES = 100

/**
 * List the passkeys of the user who is signed in (ListWebAuthnCredentials).
 *
 * @param client - The app client: `{ api, userPoolId, clientId, clientSecret? }`.
 * @param request - `{ accessToken }`: a JWT.
 * @returns All passkeys.
 * @throws TypeError that names a wrong argument; of the service: NotAuthorizedException.
 */
export async function listPasskeys(client: AppClient, request: SignedInRequest): Promise<Passkey[]> {
  const { send } = signedInCall(client, request)
  const passkeys: Passkey[] = []
  let NextToken: string | undefined
  for (let page = 0; page < MOST_PAGES && (page === 0 || NextToken); page++) {
    const reply = await send('ListWebAuthnCredentials', { MaxResults: 20, NextToken })
    for (const one of optional(reply, 'Credentials', isList) ?? []) {
      const created = dateOf(one, 'CreatedAt')
      passkeys.push({
        credentialId: required(one, 'CredentialId', isText),
        name: optional(one, 'FriendlyCredentialName', isText) ?? '',
        relyingPartyId: optional(one, 'RelyingPartyId', isText) ?? '',
        transports: optional(one, 'AuthenticatorTransports', isTexts) ?? [],
        ...(created && { created }),
      })
    }
    NextToken = optional(reply, 'NextToken', isText)
  }
  return passkeys
}

/** The passkey to delete. */
export interface DeletePasskeyRequest extends SignedInRequest {
  /** As `listPasskeys` gives it. */
  readonly credentialId: string
}

/**
 * Delete a passkey of the user who is signed in (DeleteWebAuthnCredential).
 *
 * @param client - The app client: `{ api, userPoolId, clientId, clientSecret? }`.
 * @param request - `{ accessToken, credentialId }`: a JWT, and the id of the passkey (base64url, as `listPasskeys` gives it).
 * @throws TypeError that names a wrong argument; of the service: NotAuthorizedException, ResourceNotFoundException.
 */
export async function deletePasskey(client: AppClient, request: DeletePasskeyRequest): Promise<void> {
  const { given, send } = signedInCall(client, request)
  await send('DeleteWebAuthnCredential', { CredentialId: text(given.credentialId, 'credentialId') })
}
