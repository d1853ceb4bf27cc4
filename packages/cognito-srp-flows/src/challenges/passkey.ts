import { text } from '../errors.js'
import { type Fields, isFields, isText, parse, required } from '../replies.js'
import type { PasskeyAnswer, PasskeyRequest, PasskeyStep } from '../step.js'
import { credentialJson, optionsWithBytes, textOf } from '../webauthn.js'
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
const readRequest = (json: string): PasskeyRequest =>
  optionsWithBytes(parse(json, OPTIONS, isFields), 'allowCredentials') as unknown as PasskeyRequest

/** AuthenticationResponseJSON (WebAuthn Level 3, section 5.1) of what the browser, or a library, returned. */
function serialise(credential: PasskeyAnswer): string {
  if (typeof credential === 'string') return text(credential, 'credential')
  const response = ({ authenticatorData, clientDataJSON, signature, userHandle }: Fields) => ({
    authenticatorData: textOf(authenticatorData),
    clientDataJSON: textOf(clientDataJSON),
    signature: textOf(signature),
    userHandle: userHandle ? textOf(userHandle) : undefined,
  })
  return JSON.stringify(credentialJson(credential, response))
}
