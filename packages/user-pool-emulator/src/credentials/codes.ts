import { assumptions } from '../config/assumptions.js'
import { digits, sameText } from '../config/encoding.js'
import { codeExpired, codeMismatch, invalidParameter } from '../config/errors.js'
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

/** Puts a message into the outbox. */
export function send(
  pool: Pool,
  user: { readonly username: string },
  message: { readonly medium: Medium; readonly to: string; readonly purpose: string; readonly code: string },
): Delivery {
  const { medium, to } = message
  pool.host.outbox.deliver({ ...message, username: user.username, sentAt: pool.host.now() })
  return {
    Destination: blur(medium, to),
    DeliveryMedium: medium,
    AttributeName: medium === 'SMS' ? 'phone_number' : 'email',
  }
}

/** Where this user gets codes; undefined when there is no such address. */
export const addressOf = (user: User, medium: Medium): string | undefined =>
  user.attributes[medium === 'SMS' ? 'phone_number' : 'email']

/** Draws a code and sends it; the caller keeps it. */
export function sendCode(
  pool: Pool,
  user: User,
  medium: Medium,
  purpose: string,
): { code: string; delivery: Delivery } {
  const to = addressOf(user, medium)
  if (to === undefined) throw invalidParameter(`The user has no ${medium === 'SMS' ? 'phone number' : 'email address'}`)
  const code = digits(pool.host.random, assumptions.codeDigits)
  return { code, delivery: send(pool, user, { medium, to, purpose, code }) }
}

const DAY = 86_400_000
const HOUR = 3_600_000
const LIFETIMES: Readonly<Record<string, number>> = { 'sign-up': DAY, 'forgot-password': HOUR, attribute: DAY }

/** Sends a code outside of a sign-in and keeps it with the user; a new one replaces the old. */
export function sendKeptCode(pool: Pool, user: User, medium: Medium, purpose: string, key: string = purpose): Delivery {
  const { code, delivery } = sendCode(pool, user, medium, purpose)
  user.codes[key] = { code, expiresAt: pool.host.now() + (LIFETIMES[purpose] ?? HOUR) }
  return delivery
}

/** Checks a kept code without using it up. */
export function checkCode(pool: Pool, user: User, key: string, given: string): void {
  const kept = user.codes[key]
  if (kept === undefined || kept.expiresAt <= pool.host.now()) throw codeExpired()
  if (!sameText(kept.code, given)) throw codeMismatch()
}

/** Checks a kept code and uses it up. A wrong one leaves it valid. */
export function redeemCode(pool: Pool, user: User, key: string, given: string): void {
  checkCode(pool, user, key, given)
  delete user.codes[key]
}

/** E-mail if the user has an address, else SMS; undefined when neither is there. */
export function mediumFor(user: User): Medium | undefined {
  if (user.attributes.email !== undefined) return 'EMAIL'
  return user.attributes.phone_number === undefined ? undefined : 'SMS'
}
