import { identifier } from '../../config/encoding.js'
import { MFA_METHODS, type MfaMethod } from '../../config/options.js'
import { blur, type Medium, sendCode } from '../../credentials/codes.js'
import type { Pool } from '../../model/pool.js'
import type { Attempt, User } from '../../model/state.js'
import type { AuthContext, Reply } from '../auth-context.js'
import { openSession } from '../session.js'

const MEDIUM: Readonly<Record<string, Medium>> = { SMS_MFA: 'SMS', SMS_OTP: 'SMS', EMAIL_OTP: 'EMAIL' }
const MFA_CODE_DIGITS = 6

/** Send a code and ask for it. `purpose` tells an MFA code from one that is the first factor of USER_AUTH. */
export async function askSentCode(
  context: AuthContext,
  attempt: Attempt,
  user: User,
  challenge: 'SMS_MFA' | 'EMAIL_OTP' | 'SMS_OTP',
  purpose: 'mfa' | 'first',
): Promise<Reply> {
  const { firstFactorCodeDigits } = context.pool.settings.assumptions
  const { code, delivery } = await sendCode(
    context.pool,
    user,
    MEDIUM[challenge] ?? 'EMAIL',
    { purpose: 'sign-in', source: 'CustomMessage_Authentication', clientId: context.client.clientId },
    purpose === 'mfa' ? MFA_CODE_DIGITS : firstFactorCodeDigits,
  )
  return {
    ChallengeName: challenge,
    ChallengeParameters: {
      CODE_DELIVERY_DELIVERY_MEDIUM: delivery.DeliveryMedium,
      CODE_DELIVERY_DESTINATION: delivery.Destination,
      USER_ID_FOR_SRP: user.username,
    },
    Session: openSession(context, challenge, attempt, { code, purpose }),
  }
}

/** Say the same for a user that does not exist: no code goes out, and none will be right. */
export function pretendSentCode(context: AuthContext, attempt: Attempt): Reply {
  const address = attempt.typed.includes('@') ? attempt.typed : `${attempt.typed}@example.com`
  return {
    ChallengeName: 'EMAIL_OTP',
    ChallengeParameters: {
      CODE_DELIVERY_DELIVERY_MEDIUM: 'EMAIL',
      CODE_DELIVERY_DESTINATION: blur('EMAIL', address),
      USER_ID_FOR_SRP: attempt.username,
    },
    Session: openSession(context, 'EMAIL_OTP', attempt, {
      code: identifier(context.host.random, 32),
      purpose: 'first',
    }),
  }
}

/** Ask for the code of one MFA method. */
export async function askMfaCode(
  context: AuthContext,
  attempt: Attempt,
  user: User,
  method: MfaMethod,
): Promise<Reply> {
  if (method !== 'SOFTWARE_TOKEN_MFA') return askSentCode(context, attempt, user, method, 'mfa')
  return {
    ChallengeName: method,
    ChallengeParameters: { USER_ID_FOR_SRP: user.username, FRIENDLY_DEVICE_NAME: user.totp?.name ?? '' },
    Session: openSession(context, method, attempt),
  }
}

function isReady(user: User, method: MfaMethod): boolean {
  if (method === 'SOFTWARE_TOKEN_MFA') return user.totp !== undefined
  return user.attributes[method === 'SMS_MFA' ? 'phone_number' : 'email'] !== undefined
}

/**
 * Return the methods that this user can pass MFA with: switched on, allowed by the pool, and usable. Where MFA is required
 * a verified authenticator app counts without being switched on: VerifySoftwareToken marks it "as verified" for the user.
 */
export function usableMethods(pool: Pool, user: User): readonly MfaMethod[] {
  const { mfa, assumptions } = pool.settings
  if (mfa.mode === 'OFF') return []
  const ready = mfa.methods.filter((method) => isReady(user, method))
  const active = ready.filter((method) => user.mfa.includes(method))
  if (active.length > 0 || mfa.mode === 'OPTIONAL') return active
  if (ready.includes('SOFTWARE_TOKEN_MFA')) return ['SOFTWARE_TOKEN_MFA']
  if (!assumptions.verifiedAddressServesAsMfa) return []
  return ready.filter(
    (method) =>
      (method === 'SMS_MFA' && user.attributes.phone_number_verified === 'true') ||
      (method === 'EMAIL_OTP' && user.attributes.email_verified === 'true'),
  )
}

/** Tell whether a sign-in of this user has to pass MFA. */
export const mustPassMfa = (pool: Pool, user: User): boolean =>
  pool.settings.mfa.mode === 'ON' || usableMethods(pool, user).length > 0

// The order of Amazon's own tests: ["SMS_MFA","SOFTWARE_TOKEN_MFA","EMAIL_OTP"] (amplify-swift, amplify-js).
const SETUP_ORDER: readonly MfaMethod[] = ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP']

function askSetup(context: AuthContext, attempt: Attempt, user: User): Reply {
  // All that the pool allows, SMS_MFA too, though a phone number can only be added by an administrator.
  const canSetup = SETUP_ORDER.filter((method) => context.pool.settings.mfa.methods.includes(method))
  return {
    ChallengeName: 'MFA_SETUP',
    ChallengeParameters: { MFAS_CAN_SETUP: JSON.stringify(canSetup), USER_ID_FOR_SRP: user.username },
    Session: openSession(context, 'MFA_SETUP', attempt),
  }
}

/** Tell an MFA method from other texts. */
export const isMfaMethod = (name: unknown): name is MfaMethod => (MFA_METHODS as readonly unknown[]).includes(name)

/** Ask the MFA challenge that this sign-in has to pass, if any. */
export async function askMfa(context: AuthContext, attempt: Attempt, user: User): Promise<Reply | undefined> {
  const methods = usableMethods(context.pool, user)
  const [only, ...others] = methods
  if (only === undefined) return context.pool.settings.mfa.mode === 'ON' ? askSetup(context, attempt, user) : undefined
  const { preferredMfa } = user
  if (preferredMfa !== undefined && methods.includes(preferredMfa))
    return askMfaCode(context, attempt, user, preferredMfa)
  if (others.length === 0) return askMfaCode(context, attempt, user, only)
  return {
    ChallengeName: 'SELECT_MFA_TYPE',
    ChallengeParameters: { MFAS_CAN_CHOOSE: JSON.stringify(methods), USER_ID_FOR_SRP: user.username },
    Session: openSession(context, 'SELECT_MFA_TYPE', attempt, { choices: methods.join(' ') }),
  }
}
