import type { AppClient } from '../app-client.js'
import { claimsOf } from '../claims.js'
import { FlowError } from '../errors.js'
import { isFields, isNumber, isText, optional, parse, required } from '../replies.js'
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
  const { iat, exp, username, device_key } = claimsOf(tokens.accessToken)
  const issued = isNumber(iat) ? iat * 1000 : now
  const ends = [exp, claimsOf(tokens.idToken).exp, issued / 1000 + tokens.expiresIn].filter(isNumber)
  return {
    username: isText(username) ? username : '',
    deviceKey: deviceKey ?? (isText(device_key) ? device_key : undefined),
    expires: Math.min(...ends) * 1000,
    skew: skew ?? (issued - now) / 1000,
    tokens,
  }
}

/** @internal */
export const writeRecord = ({ userPoolId, clientId }: AppClient, record: SessionRecord): string =>
  JSON.stringify({ v: 1, userPoolId, clientId, ...record })

/** @internal A record out of its text, or a FlowError: `bad-session`, or `wrong-pool` for another app client's. */
export function readRecord({ userPoolId, clientId }: AppClient, text: unknown): SessionRecord {
  const bad = (reason: string) => new FlowError('bad-session', `the session: ${reason}`)
  try {
    if (typeof text !== 'string') throw bad('no text')
    const from = parse(text, 'the record', isFields)
    if (from.v !== 1) throw bad('another version')
    if (from.userPoolId !== userPoolId || from.clientId !== clientId) {
      throw new FlowError('wrong-pool', 'the session is of another user pool or app client')
    }
    const tokens = required(from, 'tokens', isFields)
    for (const name of ['accessToken', 'idToken', 'tokenType']) required(tokens, name, isText)
    required(from, 'username', isText)
    optional(from, 'deviceKey', isText)
    optional(tokens, 'refreshToken', isText)
    for (const name of ['expires', 'skew']) required(from, name, isNumber)
    required(tokens, 'expiresIn', isNumber)
    return from as unknown as SessionRecord
  } catch (error) {
    // Without its cause: the parser's message quotes the text, which holds tokens.
    throw error instanceof FlowError && error.code === 'bad-reply' ? bad(error.message) : error
  }
}
