import { assumptions } from '../../config/assumptions.js'
import { identifier } from '../../config/encoding.js'
import type { MfaMethod } from '../../config/options.js'
import { blur, type Medium, sendCode } from '../../credentials/codes.js'
import type { Pool } from '../../model/pool.js'
import type { Attempt, User } from '../../model/state.js'
import type { AuthContext, Reply } from '../auth-context.js'
import { openSession } from '../session.js'

const MEDIUM: Readonly<Record<string, Medium>> = { SMS_MFA: 'SMS', SMS_OTP: 'SMS', EMAIL_OTP: 'EMAIL' }

/** Sends a code and asks for it. `purpose` tells an MFA code from one that is the first factor of USER_AUTH. */
export function askSentCode(
  context: AuthContext,
  attempt: Attempt,
  user: User,
  challenge: 'SMS_MFA' | 'EMAIL_OTP' | 'SMS_OTP',
  purpose: 'mfa' | 'first',
): Reply {
  const { code, delivery } = sendCode(context.pool, user, MEDIUM[challenge] ?? 'EMAIL', 'sign-in')
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

/** The same words for a user that does not exist: no code goes out, and none will be right. */
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

/** Asks for the code of one MFA method. */
export function askMfaCode(context: AuthContext, attempt: Attempt, user: User, method: MfaMethod): Reply {
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

/** The methods this user can pass MFA with: switched on, allowed by the pool, and usable. */
export function usableMethods(pool: Pool, user: User): readonly MfaMethod[] {
  const { mode, methods } = pool.settings.mfa
  if (mode === 'OFF') return []
  const ready = methods.filter((method) => isReady(user, method))
  const active = ready.filter((method) => user.mfa.includes(method))
  if (active.length > 0 || mode === 'OPTIONAL' || !assumptions.verifiedAddressServesAsMfa) return active
  return ready.filter(
    (method) =>
      (method === 'SMS_MFA' && user.attributes.phone_number_verified === 'true') ||
      (method === 'EMAIL_OTP' && user.attributes.email_verified === 'true'),
  )
}

function askSetup(context: AuthContext, attempt: Attempt, user: User): Reply {
  const { methods } = context.pool.settings.mfa
  // A phone number can only be added by an administrator, so SMS_MFA is not among what can be set up here.
  const canSetup = methods.filter((method) => method !== 'SMS_MFA')
  return {
    ChallengeName: 'MFA_SETUP',
    ChallengeParameters: { MFAS_CAN_SETUP: JSON.stringify(canSetup), USER_ID_FOR_SRP: user.username },
    Session: openSession(context, 'MFA_SETUP', attempt),
  }
}

/** The MFA challenge this sign-in has to pass, if any. */
export function askMfa(context: AuthContext, attempt: Attempt, user: User): Reply | undefined {
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
