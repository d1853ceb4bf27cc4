import type { AppClient } from '../app-client.js'
import { claimsOf } from '../claims.js'
import { FlowError, type FlowErrorCode, own, text, textIfAny } from '../errors.js'
import { isNumber, isText } from '../replies.js'
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

/** @internal A record out of fresh tokens that were `asked` for at a time since 1970; both times in seconds. */
export function newRecord(
  tokens: Tokens,
  asked: number,
  skew: number | undefined,
  deviceKey?: string | undefined,
): SessionRecord {
  const { iat, exp, username, device_key } = claimsOf(tokens.accessToken)
  const issued = isNumber(iat) ? iat : asked
  const ends = [exp, claimsOf(tokens.idToken).exp, issued + tokens.expiresIn].filter(isNumber)
  return {
    username: isText(username) ? username : '',
    deviceKey: deviceKey ?? (isText(device_key) ? device_key : undefined),
    expires: Math.min(...ends) * 1000,
    skew: skew ?? issued - asked,
    // The session goes on with them after a caller had them.
    tokens: Object.freeze(tokens),
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
  const tokens = own(given, name)
  for (const field of ['accessToken', 'idToken', 'tokenType'] as const) text(tokens[field], `${name}.${field}`)
  textIfAny(tokens.refreshToken, `${name}.refreshToken`)
  seconds(tokens.expiresIn ?? Number.NaN, `${name}.expiresIn`, 0)
  return { ...tokens }
}

/** @internal A record out of its text, or a FlowError: `bad-session`, or `wrong-pool` for another app client's. */
export function readRecord({ userPoolId, clientId }: AppClient, json: unknown): SessionRecord {
  let code: FlowErrorCode = 'bad-session'
  try {
    const read = own(JSON.parse(json as string) as SessionRecord & AppClient & { v: unknown }, 'record')
    const { v, username, deviceKey, expires, skew } = read
    textIfAny(deviceKey, 'deviceKey')
    const tokens = readTokens(read.tokens, 'tokens')
    if (v === 1 && isText(username) && isNumber(expires) && isNumber(skew)) {
      if (read.userPoolId === userPoolId && read.clientId === clientId)
        return { ...read, tokens: Object.freeze(tokens) }
      code = 'wrong-pool'
    }
  } catch {
    // Without a cause: the parser's message quotes the text, which holds tokens.
  }
  throw new FlowError(code, 'the session is damaged, or of another version or app client')
}
