import { fromBase64url, toBase64url } from '../base64url.js'
import { FlowError } from '../errors.js'
import type { Turn } from '../pool.js'
import { type Fields, isFields, isText, parse, required } from '../replies.js'
import type { PasskeyAnswer, PasskeyRequest, PasskeyStep } from '../step.js'

/** WEB_AUTHN: the service and the browser talk in JSON and in bytes; the step stands between them. */
export function passkey(turn: Turn): PasskeyStep {
  const requestJson = required(turn.state.parameters, 'CREDENTIAL_REQUEST_OPTIONS', isText)
  return turn.step<PasskeyStep>({
    kind: 'passkey',
    request: readRequest(requestJson),
    requestJson,
    answer: async (credential, options = {}) => turn.respond({ CREDENTIAL: serialise(credential) }, options),
  })
}

/** PublicKeyCredentialRequestOptionsJSON (WebAuthn Level 3, section 5.9) with its base64url texts as bytes. */
function readRequest(json: string): PasskeyRequest {
  const name = 'CREDENTIAL_REQUEST_OPTIONS'
  const options = parse(json, name, isFields)
  const bytes = (from: Fields, field: string) => {
    const value = fromBase64url(required(from, field, isText))
    if (!value) throw new FlowError('bad-reply', `${name}.${field} is not base64url`)
    return value
  }
  const isList = (value: unknown): value is Fields[] => Array.isArray(value) && value.every(isFields)
  const { allowCredentials } = options
  if (allowCredentials !== undefined && !isList(allowCredentials)) {
    throw new FlowError('bad-reply', `${name}.allowCredentials has the wrong type`)
  }
  return {
    ...options,
    challenge: bytes(options, 'challenge'),
    ...(allowCredentials && { allowCredentials: allowCredentials.map((one) => ({ ...one, id: bytes(one, 'id') })) }),
  } as PasskeyRequest
}

/** AuthenticationResponseJSON (WebAuthn Level 3, section 5.1) of what the browser, or a library, returned. */
function serialise(credential: PasskeyAnswer): string {
  if (isText(credential)) return credential
  const given = credential as Fields & { getClientExtensionResults?: () => unknown }
  if (!isFields(given?.response)) throw new TypeError('credential: expected a PublicKeyCredential')
  const { response } = given
  // Every field is read by name: in browsers they are getters of the prototype, which a spread would miss.
  return JSON.stringify({
    id: given.id,
    rawId: textOf(given.rawId),
    type: given.type,
    response: {
      authenticatorData: textOf(response.authenticatorData),
      clientDataJSON: textOf(response.clientDataJSON),
      signature: textOf(response.signature),
      userHandle: response.userHandle ? textOf(response.userHandle) : undefined,
    },
    authenticatorAttachment: given.authenticatorAttachment ?? undefined,
    clientExtensionResults: given.getClientExtensionResults?.() ?? given.clientExtensionResults ?? {},
  })
}

function textOf(value: unknown): string {
  if (isText(value)) return value
  if (ArrayBuffer.isView(value)) return toBase64url(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
  // Not instanceof: the buffer may come from another realm.
  if (Object.prototype.toString.call(value) !== '[object ArrayBuffer]') {
    throw new TypeError('credential: expected ArrayBuffers or base64url texts')
  }
  return toBase64url(new Uint8Array(value as ArrayBuffer))
}
