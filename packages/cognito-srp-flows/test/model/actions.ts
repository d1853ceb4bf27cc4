import fc from 'fast-check'
import { TROUBLES, type Trouble } from './wire.js'

/** The way that a user is set up. */
export interface UserSettings {
  readonly sms: boolean
  readonly email: boolean
  readonly totp: boolean
  /** has an e-mail address and a phone number */
  readonly addresses: boolean
  readonly mustChange: boolean
}

/** The way that a pool is set up, and whether this client keeps devices. */
export interface Settings {
  readonly mfa: 'OFF' | 'OPTIONAL' | 'ON'
  readonly methods: readonly ('SOFTWARE_TOKEN_MFA' | 'SMS_MFA' | 'EMAIL_OTP')[]
  readonly deviceTracking: 'off' | 'opt-in' | 'always'
  readonly skipsMfa: boolean
  readonly allowTotpReuse: boolean
  readonly secret: boolean
  readonly rotation: boolean
  readonly legacy: boolean
  readonly store: boolean
  readonly ada: UserSettings
  readonly bob: UserSettings
}

const user: fc.Arbitrary<UserSettings> = fc.record({
  sms: fc.boolean(),
  email: fc.boolean(),
  totp: fc.boolean(),
  addresses: fc.nat(3).map((n) => n > 0),
  mustChange: fc.nat(3).map((n) => n === 0),
})

export const settings: fc.Arbitrary<Settings> = fc.record({
  mfa: fc.constantFrom('OPTIONAL', 'OFF', 'ON'),
  methods: fc.subarray(['SOFTWARE_TOKEN_MFA', 'SMS_MFA', 'EMAIL_OTP'] as const, { minLength: 1 }),
  deviceTracking: fc.constantFrom('always', 'off', 'opt-in'),
  skipsMfa: fc.boolean(),
  allowTotpReuse: fc.boolean(),
  secret: fc.boolean(),
  rotation: fc.boolean(),
  legacy: fc.boolean(),
  store: fc.nat(4).map((n) => n > 0),
  ada: user,
  bob: user,
})

export const NAMES = ['ada', 'ada@example.com', 'bob', 'nobody'] as const
/** A name as a user types it. */
export type Name = (typeof NAMES)[number]
export type Slot = 0 | 1
type Abort = 'before' | 'during' | undefined

/** An action of a user in one of two conversations over the same device store. */
export type Deed =
  | {
      readonly does: 'sign in'
      readonly slot: Slot
      readonly name: Name
      readonly right: boolean
      readonly flow: 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH' | 'USER_AUTH'
      readonly preferred: 'PASSWORD_SRP' | 'PASSWORD' | 'EMAIL_OTP' | undefined
      readonly abort: Abort
    }
  | {
      readonly does: 'answer'
      readonly slot: Slot
      readonly how: 'right' | 'wrong' | 'too late' | 'empty'
      readonly choice: number
      readonly abort: Abort
    }
  | { readonly does: 'save' | 'resume' | 'use twice' | 'refresh' | 'forget device'; readonly slot: Slot }
  | { readonly does: 'remember device'; readonly slot: Slot; readonly yes: boolean }

/** A deed, two at once, or what happens to the world around them. */
export type Action =
  | Deed
  | { readonly does: 'both'; readonly deeds: readonly [Deed, Deed] }
  | { readonly does: 'wait'; readonly seconds: number }
  | { readonly does: 'trouble'; readonly kinds: readonly Trouble[] }
  | { readonly does: 'fault'; readonly kind: 'throttle' | 'server-error' | 'device-wiped' | 'session-expired' }
  | { readonly does: 'fail a write' }

const slot = fc.constantFrom<Slot>(0, 1)
const abort = fc.oneof(
  { weight: 12, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom<Abort>('before', 'during') },
)
const mostly = fc.nat(4).map((n) => n > 0)

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('sign in' as const),
      slot,
      name: fc.constantFrom('ada', 'ada', 'ada@example.com', 'ada@example.com', 'ada', 'bob', 'bob', 'nobody'),
      right: mostly,
      flow: fc.constantFrom('USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'USER_AUTH'),
      preferred: fc.constantFrom('PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', undefined),
      abort,
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      does: fc.constant('answer' as const),
      slot,
      how: fc.constantFrom('right', 'right', 'right', 'wrong', 'too late', 'empty'),
      choice: fc.nat(3),
      abort,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constantFrom('save', 'resume', 'save', 'resume', 'use twice', 'refresh', 'forget device'),
      slot,
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('remember device' as const), slot, yes: mostly }) },
)

export const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 25, arbitrary: deed },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('both' as const), deeds: fc.tuple(deed, deed) }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('wait' as const), seconds: fc.constantFrom(30, 200, 1000, 90_000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('trouble' as const),
      kinds: fc.array(fc.constantFrom(...TROUBLES), { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('fault' as const),
      kind: fc.constantFrom('throttle', 'server-error', 'device-wiped', 'session-expired'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('fail a write' as const) }) },
)
