import type { DeviceCredentials, DeviceKeys } from './devices/types.js'
import { FlowError, isFields, LONGEST, ownValue } from './errors.js'
import type { DeviceInfo, Tokens } from './step.js'

export { isFields } from './errors.js'

export type Fields = Record<string, unknown>

export const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST
/** A name or a key, which is signed with: 65,536 characters are the most that @srp6a/srp takes. */
export const isName = (value: unknown): value is string => isText(value) && value.length <= LONGEST / 2
export const isFlag = (value: unknown): value is boolean => typeof value === 'boolean'
export const isNumber = (value: unknown): value is number => Number.isFinite(value)
export const isList = (value: unknown): value is Fields[] => Array.isArray(value) && value.every(isFields)
export const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText)
export const isTextMap = (value: unknown): value is Record<string, string> =>
  isFields(value) && Object.values(value).every(isText)

/** Tell whether an error is an exception of the service, by its name and what its message says. */
export const isException = (error: unknown, name: string, message: RegExp = /(?:)/): boolean =>
  error instanceof Error && error.name === name && message.test(error.message)

/** Make the error for a reply that makes no sense. */
export const bad = (message: string): FlowError => new FlowError('bad-reply', message)

/** Read a field of its own, never one of the prototype; `null` counts as absent. A wrong type is a {@link FlowError}. */
export function optional<T>(source: Fields, name: string, is: (value: unknown) => value is T): T | undefined {
  const value = ownValue(source, name) ?? undefined
  if (value === undefined || is(value)) return value
  throw bad(`${name} has the wrong type`)
}

export function required<T>(source: Fields, name: string, is: (value: unknown) => value is T): T {
  const value = optional(source, name, is)
  if (value === undefined) throw bad(`${name} is missing`)
  return value
}

export function parse<T>(json: string, name: string, is: (value: unknown) => value is T): T {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    // Without a cause: a SyntaxError quotes what stands around the fault, which may be a secret.
    throw bad(`${name} is not JSON`)
  }
  if (is(value)) return value
  throw bad(`${name} has the wrong type`)
}

/** Read a challenge parameter that holds JSON text; `otherwise` is read where it is missing. */
export const parameter = <T>(from: Fields, name: string, is: (value: unknown) => value is T, otherwise?: string): T =>
  parse(otherwise ? (optional(from, name, isText) ?? otherwise) : required(from, name, isText), name, is)

/** Take a field out of what is enumerable, so that no logger prints the secret in it. */
export const hide = <T extends object>(value: T, field: keyof T): T =>
  Object.defineProperty(value, field, { enumerable: false })

/** Check that a reply is an object with fields of its own, whatever the transport gave. */
export function fields(reply: unknown): Fields {
  if (!isFields(reply)) throw bad('the reply is not an object')
  return reply
}

/** The alphabet of bearer tokens: RFC 6750, section 2.1. In a header or a cookie they cannot be taken for anything else. */
const isToken = (value: unknown): value is string => isText(value) && /^[\w.~+/-]+=*$/.test(value)

/** Read the tokens of an AuthenticationResult; `refreshToken` stands in where the service gives no new one. */
export function readTokens(result: Fields, refreshToken?: string): Tokens {
  const refreshed = optional(result, 'RefreshToken', isToken) ?? refreshToken
  return {
    accessToken: required(result, 'AccessToken', isToken),
    idToken: required(result, 'IdToken', isToken),
    ...(refreshed && { refreshToken: refreshed }),
    tokenType: optional(result, 'TokenType', isToken) ?? 'Bearer',
    expiresIn: required(result, 'ExpiresIn', isNumber),
  }
}

/** Read the two names of a new device, if the service gave the sign-in one. */
export function readNewDevice(result: Fields): DeviceKeys | undefined {
  const device = optional(result, 'NewDeviceMetadata', isFields)
  return (
    device && {
      deviceKey: required(device, 'DeviceKey', isName),
      deviceGroupKey: required(device, 'DeviceGroupKey', isName),
    }
  )
}

/** Describe a device, its password where no logger prints it. */
export function deviceInfo(
  { devicePassword, ...keys }: Partial<DeviceCredentials> & { readonly deviceKey: string },
  status: DeviceInfo['status'],
): DeviceInfo {
  return devicePassword === undefined
    ? { ...keys, status }
    : hide({ ...keys, status, devicePassword }, 'devicePassword')
}
