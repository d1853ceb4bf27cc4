import { Secret, TOTP } from 'otpauth'
import { ServiceError } from '../config/errors.js'
import type { Pool } from '../model/pool.js'
import type { User } from '../model/state.js'

const PERIOD_MS = 30_000

/** A new secret for an authenticator app, in base32. */
export const newTotpSecret = (pool: Pool): string =>
  new Secret({ buffer: Uint8Array.from(pool.host.random(20)).buffer }).base32

/** The time step that a code belongs to, one step early or late included; undefined when it is wrong. */
export function totpStep(pool: Pool, secret: string, code: string): number | undefined {
  const now = pool.host.now()
  if (!/^\d{6}$/.test(code)) return undefined
  const delta = new TOTP({ secret: Secret.fromBase32(secret) }).validate({ token: code, timestamp: now, window: 1 })
  return delta === null ? undefined : Math.floor(now / PERIOD_MS) + delta
}

/** Checks a code at sign-in; one that was used before is refused even while it is still shown. */
export function checkTotp(pool: Pool, user: User, code: string): void {
  const step = user.totp && totpStep(pool, user.totp.secret, code)
  if (user.totp === undefined || step === undefined) {
    throw new ServiceError('CodeMismatchException', 'Invalid code received for user')
  }
  if (step <= user.totp.lastStep && !pool.settings.mfa.allowTotpReuse) {
    throw new ServiceError('ExpiredCodeException', 'Your software token has already been used once.')
  }
  user.totp.lastStep = step
}

/** Checks the first code of a secret that is being set up. */
export function checkTotpSetup(pool: Pool, secret: string, code: string): void {
  if (totpStep(pool, secret, code) === undefined) {
    throw new ServiceError('EnableSoftwareTokenMFAException', 'Code mismatch and fail enable Software Token MFA')
  }
}
