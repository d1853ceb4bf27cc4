import { invalidParameter, notAuthorized } from '../config/errors.js'
import { hasPassword } from '../credentials/passwords.js'
import { requestOptions } from '../credentials/web-authn.js'
import { allows } from '../model/clients.js'
import type { Pool } from '../model/pool.js'
import type { Attempt, User } from '../model/state.js'
import { advance, checkDeviceKey } from './advance.js'
import { signInAfterSignUp } from './after-sign-up.js'
import { askSentCode, mustPassMfa, pretendSentCode } from './ask/mfa.js'
import { askSrp } from './ask/srp.js'
import { type AuthContext, parameter, passed, type Reply } from './auth-context.js'
import { type Candidate, checkMaySignIn, checkPlainPassword, checkStatus, findCandidate } from './first-factor.js'
import { openSession } from './session.js'
import { srpAOf } from './srp-exchange.js'
import { askMissing, reachesTarget, readStepUp, suitable } from './step-up.js'

/** Tell whether a passkey with user verification counts as both factors. */
export const passkeyIsMultiFactor = (pool: Pool): boolean =>
  pool.settings.webAuthn.factorConfiguration === 'MULTI_FACTOR_WITH_USER_VERIFICATION'

/** Return the first factors that this user can choose from. An unknown user looks like one with a password and an address. */
export function availableChallenges(pool: Pool, user: User | undefined): readonly string[] {
  const { firstFactors, mfa, assumptions } = pool.settings
  const available: string[] = []
  if (firstFactors.includes('PASSWORD') && (user === undefined || hasPassword(user))) {
    available.push('PASSWORD', 'PASSWORD_SRP')
  }
  if (user === undefined) {
    if (firstFactors.includes('EMAIL_OTP') && mfa.mode !== 'ON') available.push('EMAIL_OTP')
    return available
  }
  const needsMfa = mustPassMfa(pool, user)
  if (!needsMfa || assumptions.oneTimeCodeFactorsWithMfa) {
    if (firstFactors.includes('EMAIL_OTP') && user.attributes.email_verified === 'true') available.push('EMAIL_OTP')
    if (firstFactors.includes('SMS_OTP') && user.attributes.phone_number_verified === 'true') available.push('SMS_OTP')
  }
  const passkeyServes = !needsMfa || passkeyIsMultiFactor(pool) || assumptions.singleFactorPasskeyBeforeMfa
  if (firstFactors.includes('WEB_AUTHN') && user.passkeys.length > 0 && passkeyServes) available.push('WEB_AUTHN')
  return available
}

function askSelection(context: AuthContext, attempt: Attempt, available: readonly string[]): Reply {
  return {
    ChallengeName: 'SELECT_CHALLENGE',
    ChallengeParameters: {},
    AvailableChallenges: available,
    Session: openSession(context, 'SELECT_CHALLENGE', attempt),
  }
}

async function askPasskey(context: AuthContext, attempt: Attempt, user: User): Promise<Reply> {
  const { options, challenge } = await requestOptions(context.pool, user)
  return {
    ChallengeName: 'WEB_AUTHN',
    ChallengeParameters: { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(options) },
    Session: openSession(context, 'WEB_AUTHN', attempt, { challenge }),
  }
}

/** Goes on with a chosen factor: at once when its parameters came along, else by asking for them. */
export async function chooseFactor(context: AuthContext, candidate: Candidate, choice: string): Promise<Reply> {
  const { attempt, user } = candidate
  const ask = (challenge: string): Reply => ({
    ChallengeName: challenge,
    ChallengeParameters: { USERNAME: attempt.username, USER_ID_FOR_SRP: attempt.username },
    Session: openSession(context, challenge, attempt),
  })
  switch (choice) {
    case 'PASSWORD':
      if (!context.parameters.has('PASSWORD')) return ask('PASSWORD')
      return passPassword(context, candidate)
    case 'PASSWORD_SRP':
      return context.parameters.has('SRP_A') ? askSrp(context, candidate, srpAOf(context), true) : ask('PASSWORD_SRP')
    default:
  }
  if (user === undefined) return pretendSentCode(context, attempt)
  checkMaySignIn(context, user)
  if (choice === 'EMAIL_OTP' || choice === 'SMS_OTP') return askSentCode(context, attempt, user, choice, 'first')
  return askPasskey(context, attempt, user)
}

/** A plain password as first factor of USER_AUTH. */
export function passPassword(context: AuthContext, candidate: Candidate): Promise<Reply> {
  checkPlainPassword(context, candidate, parameter(context, 'PASSWORD'))
  checkDeviceKey(context, candidate.attempt)
  return advance(context, passed(candidate.attempt, 'pwd'))
}

/** Play USER_AUTH: with a preference that is available, its challenge; else the list to choose from. */
export async function userAuth(context: AuthContext): Promise<Reply> {
  const { assumptions } = context.pool.settings
  if (!allows(context.client, 'ALLOW_USER_AUTH')) throw invalidParameter('USER_AUTH is not enabled for the client.')
  if (context.session !== undefined) return signInAfterSignUp(context)
  const candidate = await findCandidate(context)
  if (candidate.user !== undefined) checkStatus(candidate.user)
  const all = availableChallenges(context.pool, candidate.user)
  await readStepUp(context, candidate.attempt, candidate.user, all)
  if (candidate.user !== undefined && candidate.attempt.methods !== undefined) {
    checkMaySignIn(context, candidate.user)
    if (reachesTarget(candidate.attempt)) return advance(context, { ...candidate.attempt, mfaDone: true })
    const missing = await askMissing(context, candidate.attempt, candidate.user)
    if (missing !== undefined) return missing
  }
  const available = suitable(context, candidate.attempt, candidate.user, all)
  if (available.length === 0) throw notAuthorized(assumptions.noFirstFactor)
  const preferred = context.parameters.get('PREFERRED_CHALLENGE')
  if (preferred === undefined || !available.includes(preferred)) {
    return askSelection(context, candidate.attempt, available)
  }
  const reply = await chooseFactor(context, candidate, preferred)
  // A challenge comes with the list of what else there is (examples of API_InitiateAuth).
  return reply.ChallengeName === undefined ? reply : { ...reply, AvailableChallenges: available }
}
