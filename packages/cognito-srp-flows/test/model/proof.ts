import { SrpError } from '@srp6a/srp/cognito'
import { FlowError, type SignedIn } from 'cognito-srp-flows'
import { expect } from 'vitest'
import type { Name, Settings, UserSettings } from './actions.js'
import { PASSWORDS, TOTP_SECRET, type World } from './world.js'

/** Proofs of a conversation so far: only those that were right when they were given, and were followed by a step. */
export interface Proof {
  readonly username: 'ada' | 'bob' | undefined
  readonly first: boolean
  readonly second: boolean
}

/** The model's knowledge of a user. Where an answer was lost, both that it counted and that it did not are possible. */
export interface ModelUser {
  readonly settings: UserSettings
  passwords: string[]
  mayHaveChanged: boolean
  /** of the authenticator app; the last is the one the user looks at */
  readonly totpSecrets: string[]
}

export interface Model {
  readonly users: Readonly<Record<'ada' | 'bob', ModelUser>>
  /** keys of devices that may stand in for the second factor */
  readonly mayBeRemembered: Set<string>
  /** keys of devices that someone may have told the pool not to remember */
  readonly mayBeOrdinary: Set<string>
  /** how many requests said so, or the contrary, and how many of them have ended */
  tellings: number
  told: number
}

const newUser = (username: 'ada' | 'bob', settings: UserSettings): ModelUser => ({
  settings,
  passwords: [PASSWORDS[username]],
  mayHaveChanged: false,
  totpSecrets: settings.totp ? [TOTP_SECRET] : [],
})

export const newModel = ({ ada, bob }: Settings): Model => ({
  users: { ada: newUser('ada', ada), bob: newUser('bob', bob) },
  mayBeRemembered: new Set(),
  mayBeOrdinary: new Set(),
  tellings: 0,
  told: 0,
})

/** The user whom a typed name means. */
export function realName(name: Name, { ada }: Settings): Proof['username'] {
  if (name === 'ada' || name === 'bob') return name
  return name === 'ada@example.com' && ada.addresses ? 'ada' : undefined
}

/** True if this user must give a second factor, by the rules of the pool. */
export function needsSecond({ mfa, methods }: Settings, { sms, email, totp, addresses }: UserSettings): boolean {
  if (mfa !== 'OPTIONAL') return mfa === 'ON'
  const active = { SMS_MFA: sms && addresses, EMAIL_OTP: email && addresses, SOFTWARE_TOKEN_MFA: totp }
  return methods.some((method) => active[method])
}

/** No one is signed in without a first factor, a password of one's own, and a second factor or a remembered device. */
export function checkProof({ settings }: World, model: Model, proof: Proof, { device }: SignedIn): string {
  const { username, first, second } = proof
  if (username === undefined) throw new Error('an unknown user was signed in')
  const user = model.users[username]
  expect(first, `${username} was signed in without a first factor`).toBe(true)
  expect(!user.settings.mustChange || user.mayHaveChanged, 'the temporary password was enough').toBe(true)
  const isRemembered = device?.status === 'known' && settings.skipsMfa && model.mayBeRemembered.has(device.deviceKey)
  const isEnough = second || isRemembered || !needsSecond(settings, user.settings)
  expect(isEnough, `${username} was signed in without a second factor`).toBe(true)
  return username
}

/** The reason with which a signal of the user is aborted. */
export const ABORTED = new Error('the user left')

/** Every end that is no step is an error someone can switch on; `mistake` if the deed itself was one. */
export function checkTyped(error: unknown, mistake: boolean): void {
  if (error === ABORTED || error instanceof FlowError || error instanceof SrpError) return
  if (mistake && (error instanceof TypeError || error instanceof RangeError)) return
  const isService =
    error instanceof Error && '$fault' in error && error.name !== '' && !/^Internal.*itself/.test(error.message)
  if (!isService) throw error
  expect(error.message).not.toMatch(/The emulator itself failed/)
}
