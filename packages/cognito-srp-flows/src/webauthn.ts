// The JSON forms of WebAuthn (Level 3, section 5.1), which the service and libraries speak, and the bytes of browsers.
import { base64urlOf, fromBase64url } from './base64url.js'
import { type Fields, isFields, isList, isText, optional, required } from './replies.js'

/** Read a field that holds base64url as bytes. */
export const bytesOf = (from: Fields, name: string): ArrayBuffer =>
  fromBase64url(required(from, name, isText), name).buffer

/** Return the options of a request with its challenge, and the ids of the credentials in one list, as bytes. */
export function optionsWithBytes(options: Fields, list: string): Fields {
  const credentials = optional(options, list, isList)?.map((one) => ({ ...one, id: bytesOf(one, 'id') }))
  return { ...options, challenge: bytesOf(options, 'challenge'), ...(credentials && { [list]: credentials }) }
}

/** Throw the TypeError for an invalid credential of a caller. */
export const wrongCredential = (): never => {
  throw new TypeError('credential: expected a PublicKeyCredential, or its JSON')
}

/** Return base64url of an ArrayBuffer (of this realm or another), of a view of one, or a text as it was given. */
export const textOf = (value: unknown): string => base64urlOf(value) ?? wrongCredential()

/**
 * Return the JSON form of a credential that the browser, or a library, made. Every field is read by name: in browsers
 * they are getters of the prototype, which a spread would miss.
 */
export function credentialJson(credential: unknown, responseJson: (response: Fields) => Fields): Fields {
  const given = (credential ?? {}) as Fields
  const { id, rawId, type, response, authenticatorAttachment, getClientExtensionResults: results } = given
  if (!isFields(response)) return wrongCredential()
  return {
    id,
    rawId: textOf(rawId),
    type,
    response: responseJson(response),
    authenticatorAttachment: authenticatorAttachment ?? undefined,
    clientExtensionResults: typeof results === 'function' ? results.call(given) : (given.clientExtensionResults ?? {}),
  }
}
