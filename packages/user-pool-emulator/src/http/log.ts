import type { Json } from '../config/json.js'
import type { Message } from '../model/outbox.js'

/** One request and how it ended. Secrets are the reader's to hide: nothing is taken out here. */
export interface Exchanged {
  readonly operation: string
  readonly request: Json
  /** the HTTP status; 0 when the connection was dropped */
  readonly status: number
  readonly reply: Json
  readonly milliseconds: number
}

// One line for each request that a person can follow a sign-in by, without a secret in it.

type Fields = { readonly [name: string]: unknown }

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? printable(value) : undefined

/**
 * Return someone else's input as one may print it: no line ends, no escape sequences, no characters that turn the direction
 * of the text or that no one sees, and not too much of it.
 */
function printable(value: string): string {
  const clean = value.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')
  return clean.length > 60 ? `${clean.slice(0, 57)}...` : clean
}

/** Sum up a request: flow or challenge, user, client, device. */
function subject(request: Fields): string {
  const parameters = fields(request.AuthParameters ?? request.ChallengeResponses)
  const answer = request.ChallengeName === 'SELECT_CHALLENGE' || request.ChallengeName === 'SELECT_MFA_TYPE'
  const parts = [
    text(request.AuthFlow) ?? text(request.ChallengeName),
    answer ? text(parameters.ANSWER) : text(parameters.PREFERRED_CHALLENGE),
    text(parameters.USERNAME) ?? text(request.Username),
    text(request.ClientId) && `(${text(request.ClientId)})`,
    (text(parameters.DEVICE_KEY) ?? text(request.DeviceKey)) && 'with device',
  ]
  return parts.filter((part) => part !== undefined && part !== '').join(' ')
}

/** Sum up a reply: a challenge, tokens, or nothing worth a word. */
function result(reply: Fields): string {
  const challenge = text(reply.ChallengeName)
  if (challenge !== undefined) {
    const choices = Array.isArray(reply.AvailableChallenges) ? `: ${reply.AvailableChallenges.join(', ')}` : ''
    return `${challenge}${choices}`
  }
  const tokens = fields(reply.AuthenticationResult)
  if (tokens.AccessToken === undefined) return 'ok'
  return tokens.NewDeviceMetadata === undefined ? 'tokens' : 'tokens and a new device'
}

/** One line for one request and its outcome. */
export function describeExchange({ operation, request, status, reply, milliseconds }: Exchanged, at: Date): string {
  const what = [printable(operation), subject(request)].filter((part) => part !== '').join(' ')
  const outcome =
    status === 200
      ? `-> ${result(reply)}`
      : `!! ${status === 0 ? '' : `${text(reply.__type) ?? status}: `}${text(reply.message) ?? ''}`
  return `${at.toISOString().slice(11, 19)} ${what} ${outcome} (${milliseconds.toFixed(0)} ms)`
}

/** One line for one message that would have been sent; the code is what one reads the log for. */
export function describeMessage({ medium, to, purpose, code, sentAt }: Message): string {
  const time = new Date(sentAt).toISOString().slice(11, 19)
  return `${time} ${medium} to ${printable(to)} (${purpose}): ${printable(code)}`
}
