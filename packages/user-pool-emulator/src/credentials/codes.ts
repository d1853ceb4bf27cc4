import { digits, sameText } from '../config/encoding.js'
import { codeExpired, codeMismatch, invalidParameter, ServiceError } from '../config/errors.js'
import { callTrigger, eventAttributes } from '../model/call-trigger.js'
import type { Pool } from '../model/pool.js'
import type { User } from '../model/state.js'

export type Medium = 'EMAIL' | 'SMS'

/** `a***@e***` and `+*******0100`, as the service blurs an address in its replies. */
export function blur(medium: Medium, to: string): string {
  if (medium === 'SMS') return `+*******${to.slice(-4)}`
  const [name = '', domain = ''] = to.split('@')
  return `${name.charAt(0)}***@${domain.charAt(0)}***`
}

/** CodeDeliveryDetailsType of the service. */
export interface Delivery {
  readonly Destination: string
  readonly DeliveryMedium: Medium
  readonly AttributeName: 'email' | 'phone_number'
}

/** The reason why a message is sent: for the outbox, and for the CustomMessage trigger. */
export interface Occasion {
  /** `sign-in`, `sign-up`, `forgot-password`, `attribute`, `invitation` */
  readonly purpose: string
  /** CustomMessage_SignUp… */
  readonly source: string
  readonly clientId: string
  readonly clientMetadata?: Readonly<Record<string, string>>
}

// The placeholders that the trigger puts into its text, and that the code and the name replace.
// https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html
const CODE = '{####}'
const NAME = '{username}'

const asText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** Put a message into the outbox, in the words of the CustomMessage trigger where there is one. */
export async function send(
  pool: Pool,
  user: User,
  message: { readonly medium: Medium; readonly to: string; readonly code: string },
  { purpose, source, clientId, clientMetadata }: Occasion,
): Promise<Delivery> {
  const { medium, to, code } = message
  const words = await callTrigger(pool, 'customMessage', {
    source,
    clientId,
    userName: user.username,
    request: {
      userAttributes: eventAttributes(user),
      codeParameter: CODE,
      usernameParameter: purpose === 'invitation' ? NAME : null,
      linkParameter: '{##Click Here##}',
      ...(clientMetadata === undefined ? {} : { clientMetadata }),
    },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  })
  const fill = (text: string | undefined): string | undefined =>
    text?.replaceAll(CODE, code).replaceAll(NAME, user.username)
  const text = fill(asText(medium === 'SMS' ? words?.smsMessage : words?.emailMessage))
  const subject = medium === 'SMS' ? undefined : fill(asText(words?.emailSubject))
  pool.host.outbox.deliver({
    medium,
    to,
    purpose,
    code,
    username: user.username,
    sentAt: pool.host.now(),
    ...(text === undefined ? {} : { text }),
    ...(subject === undefined ? {} : { subject }),
  })
  return {
    Destination: blur(medium, to),
    DeliveryMedium: medium,
    AttributeName: medium === 'SMS' ? 'phone_number' : 'email',
  }
}

/** Return where this user gets codes; undefined when there is no such address. */
export const addressOf = (user: User, medium: Medium): string | undefined =>
  user.attributes[medium === 'SMS' ? 'phone_number' : 'email']

/** Draw a code and send it; the caller keeps it. */
export async function sendCode(
  pool: Pool,
  user: User,
  medium: Medium,
  occasion: Occasion,
  length = 6,
): Promise<{ code: string; delivery: Delivery }> {
  const to = addressOf(user, medium)
  if (to === undefined) throw invalidParameter(`The user has no ${medium === 'SMS' ? 'phone number' : 'email address'}`)
  const code = digits(pool.host.random, length)
  return { code, delivery: await send(pool, user, { medium, to, code }, occasion) }
}

const DAY = 86_400_000
const HOUR = 3_600_000
const LIFETIMES: Readonly<Record<string, number>> = { 'sign-up': DAY, 'forgot-password': HOUR, attribute: DAY }

/** Send a code outside of a sign-in and keep it with the user; a new one replaces the old. */
export async function sendKeptCode(
  pool: Pool,
  user: User,
  medium: Medium,
  occasion: Occasion,
  key: string = occasion.purpose,
): Promise<Delivery> {
  const { code, delivery } = await sendCode(pool, user, medium, occasion)
  user.codes[key] = { code, expiresAt: pool.host.now() + (LIFETIMES[occasion.purpose] ?? HOUR), tries: 0 }
  return delivery
}

/** Check a kept code without using it up. After too many wrong answers the right one is refused too. */
export function checkCode(pool: Pool, user: User, key: string, given: string): void {
  const kept = user.codes[key]
  if (kept === undefined || kept.expiresAt <= pool.host.now()) throw codeExpired()
  if (kept.tries >= pool.settings.assumptions.codeTries) {
    throw new ServiceError('LimitExceededException', 'Attempt limit exceeded, please try after some time.')
  }
  if (sameText(kept.code, given)) return
  kept.tries++
  throw codeMismatch()
}

/** Check a kept code and use it up. A wrong one leaves it valid. */
export function redeemCode(pool: Pool, user: User, key: string, given: string): void {
  checkCode(pool, user, key, given)
  delete user.codes[key]
}

/** Return EMAIL if the user has an address, else SMS; undefined when neither is there. */
export function mediumFor(user: User): Medium | undefined {
  if (user.attributes.email !== undefined) return 'EMAIL'
  return user.attributes.phone_number === undefined ? undefined : 'SMS'
}
