import type { AppClient } from '../app-client.js'
import { claimsOf, usernameOf } from '../claims.js'
import { FlowError, own, text, textIfAny } from '../errors.js'
import { isNumber, isText } from '../replies.js'
import { present } from '../requests.js'
import type { Tokens } from '../step.js'

/** @internal One signed-in user, as it is written. */
export interface SessionRecord {
  readonly username: string
  readonly deviceKey?: string | undefined
  /** Milliseconds since 1970, by the service's clock: when the first of the two tokens ends. */
  readonly expires: number
  /** Seconds that the service's clock is ahead of this one. */
  readonly skew: number
  readonly tokens: Tokens
}

/** @internal The key of an app client's record. Key chains take letters, digits, `.`, `-` and `_`. */
export const recordKey = ({ userPoolId, clientId }: AppClient): string =>
  `cognito-srp-flows.session.${userPoolId}.${clientId}`

/** @internal A record out of fresh tokens; `now` in milliseconds, `skew` in seconds. */
export function newRecord(
  tokens: Tokens,
  now: number,
  skew: number | undefined,
  deviceKey?: string | undefined,
): SessionRecord {
  const { iat, exp, device_key } = claimsOf(tokens.accessToken)
  const issued = isNumber(iat) ? iat * 1000 : now
  const ends = [exp, claimsOf(tokens.idToken).exp, issued / 1000 + tokens.expiresIn].filter(isNumber)
  return {
    username: usernameOf(tokens.accessToken) ?? '',
    deviceKey: deviceKey ?? (isText(device_key) ? device_key : undefined),
    expires: Math.min(...ends) * 1000,
    skew: skew ?? (issued - now) / 1000,
    tokens,
  }
}

/** @internal */
export const writeRecord = ({ userPoolId, clientId }: AppClient, record: SessionRecord): string =>
  JSON.stringify({ v: 1, userPoolId, clientId, ...record })

/** @internal Check a time in seconds that may be left out. */
export function seconds(value: unknown, name: string, least: number): void {
  if (value !== undefined && !(isNumber(value) && value >= least)) {
    throw new RangeError(`${name}: expected a number of seconds`)
  }
}

/** @internal Check and copy the tokens of a step or of a record. */
export function readTokens(given: Tokens, name: string): Tokens {
  const { accessToken, idToken, refreshToken, tokenType, expiresIn } = own(given, name)
  text(accessToken, `${name}.accessToken`)
  text(idToken, `${name}.idToken`)
  textIfAny(refreshToken, `${name}.refreshToken`)
  text(tokenType, `${name}.tokenType`)
  seconds(expiresIn ?? Number.NaN, `${name}.expiresIn`, 0)
  return present<unknown>({ accessToken, idToken, refreshToken, tokenType, expiresIn }) as unknown as Tokens
}

/** @internal A record out of its text, or a FlowError: `bad-session`, or `wrong-pool` for another app client's. */
export function readRecord({ userPoolId, clientId }: AppClient, json: unknown): SessionRecord {
  let record: SessionRecord & Partial<AppClient & { v: unknown }>
  try {
    const read = own(JSON.parse(json as string), 'record')
    const { v, username, deviceKey, expires, skew } = read
    textIfAny(deviceKey, 'deviceKey')
    if (v !== 1 || !isText(username) || ![expires, skew].every(isNumber)) throw read
    record = { ...read, tokens: readTokens(read.tokens, 'tokens') }
  } catch {
    // Without a cause: the parser's message quotes the text, which holds tokens.
    throw new FlowError('bad-session', 'the session is damaged or of another version')
  }
  if (record.userPoolId !== userPoolId || record.clientId !== clientId) {
    throw new FlowError('wrong-pool', 'the session is of another user pool or app client')
  }
  return record
}
