import { invalidParameter, invalidSession, ServiceError } from '../config/errors.js'
import type { Json } from '../config/json.js'
import type { MfaMethod } from '../config/options.js'
import { verifyAccessToken } from '../credentials/tokens.js'
import { checkTotpSetup, newTotpSecret } from '../credentials/totp.js'
import { findClient } from '../model/clients.js'
import type { Host, Pool } from '../model/pool.js'
import type { Session, User } from '../model/state.js'
import { getUser } from '../model/users.js'
import { knownUser } from '../sign-in/auth-context.js'
import { checkSession, closeSession, countWrongAnswer, openSession } from '../sign-in/session.js'
import { Input } from './input.js'
import { type Call, type Operation, type Operations, open, signed } from './operation.js'
import { getPool } from './pools.js'

function findSetup(host: Host, id: string): { pool: Pool; session: Session; user: User } {
  for (const pool of host.pools.values()) {
    const session = pool.sessions.get(id)
    if (session === undefined) continue
    const user = knownUser(pool, checkSession(pool, session, 'MFA_SETUP').attempt)
    if (user !== undefined) return { pool, session, user }
  }
  throw invalidSession()
}

/** Give the challenge a new Session; the old one is used up. */
function renew(pool: Pool, session: Session, data: Session['data']): string {
  const { client } = findClient(pool.host, session.attempt.clientId)
  return openSession({ pool, client }, session.challenge, closeSession(session), data)
}

async function associate({ host, input }: Call): Promise<Json> {
  const id = input.optionalString('Session')
  if (id !== undefined) {
    const { pool, session } = findSetup(host, id)
    if (!pool.settings.mfa.methods.includes('SOFTWARE_TOKEN_MFA')) throw notEnabled()
    const totpSecret = newTotpSecret(pool)
    return { SecretCode: totpSecret, Session: renew(pool, session, { totpSecret }) }
  }
  const { pool, user } = await verifyAccessToken(host, input.string('AccessToken'))
  if (!pool.settings.mfa.methods.includes('SOFTWARE_TOKEN_MFA')) throw notEnabled()
  user.pendingTotp = newTotpSecret(pool)
  return { SecretCode: user.pendingTotp }
}

const notEnabled = (): ServiceError =>
  new ServiceError('SoftwareTokenMFANotFoundException', 'Software Token MFA has not been enabled by the userPool')

async function verify({ host, input }: Call): Promise<Json> {
  const code = input.string('UserCode')
  const name = input.optionalString('FriendlyDeviceName') ?? ''
  const id = input.optionalString('Session')
  if (id !== undefined) {
    const { pool, session, user } = findSetup(host, id)
    const { totpSecret } = session.data
    if (totpSecret === undefined) throw invalidSession()
    checkSetupCode(pool, session, totpSecret, code)
    // "Marks the user's software token MFA status as verified" there and then (service model): a sign-in that starts over is
    // asked for its code, whether MFA_SETUP was answered or not, as in Amazon's example scenarios in Python and Java.
    user.totp = { secret: totpSecret, name, lastStep: -1 }
    return { Status: 'SUCCESS', Session: renew(pool, session, { verified: 'true' }) }
  }
  const { pool, user } = await verifyAccessToken(host, input.string('AccessToken'))
  if (user.pendingTotp === undefined) {
    throw new ServiceError('SoftwareTokenMFANotFoundException', 'Software Token MFA has not been associated')
  }
  checkTotpSetup(pool, user.pendingTotp, code)
  user.totp = { secret: user.pendingTotp, name, lastStep: -1 }
  user.pendingTotp = undefined
  return { Status: 'SUCCESS' }
}

function checkSetupCode(pool: Pool, session: Session, secret: string, code: string): void {
  try {
    checkTotpSetup(pool, secret, code)
  } catch (error) {
    countWrongAnswer(pool, session)
    throw error
  }
}

const SETTINGS: readonly (readonly [string, MfaMethod])[] = [
  ['SMSMfaSettings', 'SMS_MFA'],
  ['SoftwareTokenMfaSettings', 'SOFTWARE_TOKEN_MFA'],
  ['EmailMfaSettings', 'EMAIL_OTP'],
]

function checkPossible(user: User, method: MfaMethod): void {
  if (method === 'SOFTWARE_TOKEN_MFA' && user.totp === undefined) {
    throw invalidParameter('User has not verified software token mfa')
  }
  const attribute = method === 'SMS_MFA' ? 'phone_number' : 'email'
  if (method !== 'SOFTWARE_TOKEN_MFA' && user.attributes[`${attribute}_verified`] !== 'true') {
    throw invalidParameter(`User does not have a verified ${attribute}`)
  }
}

/** Switches methods on and off; nothing changes when one of them is not possible. */
function applyPreferences(pool: Pool, user: User, input: Input): void {
  const active = new Set(user.mfa)
  let preferred = user.preferredMfa
  let newlyPreferred = 0
  for (const [name, method] of SETTINGS) {
    const settings = input.optionalStructure(name)
    if (settings === undefined) continue
    const enabled = settings.boolean('Enabled') ?? false
    const isPreferred = settings.boolean('PreferredMfa') ?? false
    if (enabled) {
      if (!pool.settings.mfa.methods.includes(method))
        throw invalidParameter(`${method} is not enabled by the user pool`)
      checkPossible(user, method)
      active.add(method)
    } else {
      if (isPreferred) throw invalidParameter('An MFA method that is not enabled cannot be preferred')
      active.delete(method)
    }
    if (isPreferred) {
      newlyPreferred++
      preferred = method
    } else if (preferred === method) preferred = undefined
  }
  if (newlyPreferred > 1) throw invalidParameter('Only one MFA method can be preferred')
  user.mfa = [...active]
  user.preferredMfa = preferred
}

/** The older calls, for SMS alone. */
function applySettings(pool: Pool, user: User, input: Input): void {
  const sms = (input.list('MFAOptions') ?? []).some(
    (option) => new Input(option).optionalString('DeliveryMedium') === 'SMS',
  )
  applyPreferences(pool, user, new Input({ SMSMfaSettings: { Enabled: sms } }))
}

type Apply = (pool: Pool, user: User, input: Input) => void

const bySelf = (apply: Apply): Operation =>
  open(async ({ host, input }) => {
    const { pool, user } = await verifyAccessToken(host, input.string('AccessToken'))
    apply(pool, user, input)
    return {}
  })

const byAdmin = (apply: Apply): Operation =>
  signed(({ host, input }) => {
    const pool = getPool(host, input.string('UserPoolId'))
    apply(pool, getUser(pool, input.string('Username')), input)
    return {}
  })

/** Setting up and choosing MFA. */
export const mfaOperations: Operations = {
  AssociateSoftwareToken: open(associate),
  VerifySoftwareToken: open(verify),
  SetUserMFAPreference: bySelf(applyPreferences),
  AdminSetUserMFAPreference: byAdmin(applyPreferences),
  SetUserSettings: bySelf(applySettings),
  AdminSetUserSettings: byAdmin(applySettings),
}
