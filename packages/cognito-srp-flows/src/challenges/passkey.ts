import { base64urlOf, fromBase64url } from '../base64url.js'
import { text } from '../errors.js'
import { type Fields, isFields, isList, isText, optional, parse, required } from '../replies.js'
import type { PasskeyAnswer, PasskeyRequest, PasskeyStep } from '../step.js'
import type { ChallengeContext, Challenges, DraftOf } from './challenge.js'

const OPTIONS = 'CREDENTIAL_REQUEST_OPTIONS'

/** Ask for a passkey: the service and the browser talk in JSON and in bytes; the step stands between them. */
function ask({ state: { parameters } }: ChallengeContext): DraftOf<PasskeyStep> {
  const requestJson = required(parameters, OPTIONS, isText)
  return {
    kind: 'passkey',
    request: readRequest(requestJson),
    requestJson,
    answer: ([credential]) => ({ responses: { CREDENTIAL: serialise(credential) } }),
  }
}

/** Handle WEB_AUTHN. */
export const passkeys: Challenges = { WEB_AUTHN: { ask } }

/** PublicKeyCredentialRequestOptionsJSON (WebAuthn Level 3, section 5.9) with its base64url texts as bytes. */
function readRequest(json: string): PasskeyRequest {
  const options = parse(json, OPTIONS, isFields)
  const bytes = (from: Fields, name: string) => fromBase64url(required(from, name, isText), name).buffer
  const allowed = optional(options, 'allowCredentials', isList)?.map((one) => ({ ...one, id: bytes(one, 'id') }))
  return {
    ...options,
    challenge: bytes(options, 'challenge'),
    ...(allowed && { allowCredentials: allowed }),
  } as PasskeyRequest
}

/**
 * AuthenticationResponseJSON (WebAuthn Level 3, section 5.1) of what the browser, or a library, returned.
 * Every field is read by name: in browsers they are getters of the prototype, which a spread would miss.
 */
function serialise(credential: PasskeyAnswer): string {
  if (typeof credential === 'string') return text(credential, 'credential')
  const given = credential as Fields & { getClientExtensionResults?: () => unknown }
  const { id, rawId, type, response, authenticatorAttachment, clientExtensionResults } = given ?? {}
  if (!isFields(response)) throw wrong()
  const { authenticatorData, clientDataJSON, signature, userHandle } = response
  return JSON.stringify({
    id,
    rawId: textOf(rawId),
    type,
    response: {
      authenticatorData: textOf(authenticatorData),
      clientDataJSON: textOf(clientDataJSON),
      signature: textOf(signature),
      userHandle: userHandle ? textOf(userHandle) : undefined,
    },
    authenticatorAttachment: authenticatorAttachment ?? undefined,
    clientExtensionResults: given.getClientExtensionResults?.() ?? clientExtensionResults ?? {},
  })
}

const wrong = () => new TypeError('credential: expected a PublicKeyCredential, or its JSON')

/** Base64url of an ArrayBuffer (of this realm or another), of a view of one, or as it was given. */
function textOf(value: unknown): string {
  const text = base64urlOf(value)
  if (text === undefined) throw wrong()
  return text
}
