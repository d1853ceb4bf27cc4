import { assumptions } from '../assumptions.js'
import { allows } from '../clients.js'
import { invalidParameter, notAuthorized } from '../errors.js'
import type { Pool } from '../pool.js'
import type { Attempt, User } from '../state.js'
import { requestOptions } from '../web-authn.js'
import { advance, checkDeviceKey } from './advance.js'
import { askSentCode, pretendSentCode, usableMethods } from './ask/mfa.js'
import { askSrp } from './ask/srp.js'
import { type Candidate, checkMaySignIn, checkPlainPassword, findCandidate } from './first-factor.js'
import { openSession } from './session.js'
import { srpAOf } from './srp-exchange.js'
import { parameter, type Reply, type Turn } from './turn.js'

/** The first factors that this user can choose from. An unknown user looks like one with a password and an address. */
export function availableChallenges(pool: Pool, user: User | undefined): readonly string[] {
  const { firstFactors, mfa } = pool.settings
  const available: string[] = []
  if (firstFactors.includes('PASSWORD') && (user === undefined || user.verifier !== '')) {
    available.push('PASSWORD', 'PASSWORD_SRP')
  }
  if (user === undefined) {
    if (firstFactors.includes('EMAIL_OTP') && mfa.mode !== 'ON') available.push('EMAIL_OTP')
    return available
  }
  const mustPassMfa = mfa.mode === 'ON' || usableMethods(pool, user).length > 0
  if (!mustPassMfa || assumptions.oneTimeCodeFactorsWithMfa) {
    if (firstFactors.includes('EMAIL_OTP') && user.attributes.email_verified === 'true') available.push('EMAIL_OTP')
    if (firstFactors.includes('SMS_OTP') && user.attributes.phone_number_verified === 'true') available.push('SMS_OTP')
  }
  if (firstFactors.includes('WEB_AUTHN') && user.passkeys.length > 0) available.push('WEB_AUTHN')
  return available
}

function askSelection(turn: Turn, attempt: Attempt, available: readonly string[]): Reply {
  return {
    ChallengeName: 'SELECT_CHALLENGE',
    ChallengeParameters: {},
    AvailableChallenges: available,
    Session: openSession(turn, 'SELECT_CHALLENGE', attempt),
  }
}

async function askPasskey(turn: Turn, attempt: Attempt, user: User): Promise<Reply> {
  const { options, challenge } = await requestOptions(turn.pool, user)
  return {
    ChallengeName: 'WEB_AUTHN',
    ChallengeParameters: { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(options) },
    Session: openSession(turn, 'WEB_AUTHN', attempt, { challenge }),
  }
}

/** Goes on with a chosen factor: at once when its parameters came along, else by asking for them. */
export async function chooseFactor(turn: Turn, candidate: Candidate, choice: string): Promise<Reply> {
  const { attempt, user } = candidate
  const ask = (challenge: string): Reply => ({
    ChallengeName: challenge,
    ChallengeParameters: { USERNAME: attempt.username, USER_ID_FOR_SRP: attempt.username },
    Session: openSession(turn, challenge, attempt),
  })
  switch (choice) {
    case 'PASSWORD':
      if (!turn.parameters.has('PASSWORD')) return ask('PASSWORD')
      return passPassword(turn, candidate)
    case 'PASSWORD_SRP':
      return turn.parameters.has('SRP_A') ? askSrp(turn, candidate, srpAOf(turn), true) : ask('PASSWORD_SRP')
    default:
  }
  if (user === undefined) return pretendSentCode(turn, attempt)
  checkMaySignIn(turn, user)
  if (choice === 'EMAIL_OTP' || choice === 'SMS_OTP') return askSentCode(turn, attempt, user, choice, 'first')
  return askPasskey(turn, attempt, user)
}

/** A plain password as first factor of USER_AUTH. */
export function passPassword(turn: Turn, candidate: Candidate): Promise<Reply> {
  checkPlainPassword(turn, candidate, parameter(turn, 'PASSWORD'))
  checkDeviceKey(turn, candidate.attempt)
  return advance(turn, candidate.attempt)
}

/** USER_AUTH: with a preference that is available, its challenge; else the list to choose from. */
export async function userAuth(turn: Turn): Promise<Reply> {
  if (!allows(turn.client, 'ALLOW_USER_AUTH')) throw invalidParameter('USER_AUTH is not enabled for the client.')
  const candidate = await findCandidate(turn)
  const available = availableChallenges(turn.pool, candidate.user)
  if (available.length === 0) throw notAuthorized(assumptions.noFirstFactor)
  const preferred = turn.parameters.get('PREFERRED_CHALLENGE')
  if (preferred === undefined || !available.includes(preferred)) {
    return askSelection(turn, candidate.attempt, available)
  }
  return chooseFactor(turn, candidate, preferred)
}
