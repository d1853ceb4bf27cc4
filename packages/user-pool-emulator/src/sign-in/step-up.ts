import { invalidParameter, notAuthorized, ServiceError } from '../config/errors.js'
import { acrNames, levelOf } from '../credentials/acr.js'
import { verifyAccessToken } from '../credentials/tokens.js'
import type { Attempt, User } from '../model/state.js'
import { askMfa, askMfaCode, usableMethods } from './ask/mfa.js'
import { type AuthContext, parameter, type Reply } from './auth-context.js'

// Service model, AuthParameters of InitiateAuth; developer guide, "Authentication levels with ACR and AMR claims".

/** The name in `amr` of each first factor and each second one. */
const METHODS: Readonly<Record<string, string>> = {
  PASSWORD: 'pwd',
  PASSWORD_SRP: 'pwd',
  EMAIL_OTP: 'email_otp',
  SMS_OTP: 'sms',
  SMS_MFA: 'sms',
  WEB_AUTHN: 'swk',
  SOFTWARE_TOKEN_MFA: 'otp',
}
const methodOf = (challenge: string): string => METHODS[challenge] ?? ''

/** Return the levels that TARGET_ACR_VALUES names, in its order; undefined where the request has none. */
function targetsOf(context: AuthContext): readonly number[] | undefined {
  const { settings } = context.pool
  const values = context.parameters.get('TARGET_ACR_VALUES')
  if (values === undefined) {
    if (!context.parameters.has('ACCESS_TOKEN')) return undefined
    throw invalidParameter(settings.assumptions.accessTokenWithoutTarget)
  }
  if (settings.tier === 'LITE') {
    throw new ServiceError('FeatureUnavailableInTierException', settings.assumptions.stepUpNotInTier)
  }
  const names = acrNames(settings)
  const levels = values.split(' ').map((value) => names.indexOf(value) + 1)
  const known = levels.filter((level) => level > 0)
  if (known.length === 0) throw invalidParameter(settings.assumptions.noKnownAcrValue)
  return known
}

/** Return the level that a user reaches who has these factors and adds all second factors to a password. */
function levelWith(context: AuthContext, user: User | undefined, methods: readonly string[]): number {
  const second = user === undefined || !methods.includes('pwd') ? [] : usableMethods(context.pool, user)
  return levelOf([...methods, ...second.map(methodOf)])
}

/** Credit the factors of a fresh access token of the same user. */
async function credit(context: AuthContext, attempt: Attempt): Promise<void> {
  const token = context.parameters.get('ACCESS_TOKEN')
  if (token === undefined) return
  const { pool, user, grant } = await verifyAccessToken(context.host, token)
  if (pool !== context.pool || user.sub !== attempt.sub) throw notAuthorized('Invalid Access Token')
  const maxAge = context.parameters.get('MAX_AGE')
  if (maxAge !== undefined && context.host.now() - grant.authTime > Number(maxAge) * 1000) return
  attempt.methods = [...(grant.methods ?? [])]
  attempt.authTime = grant.authTime
}

/**
 * Read the step-up parameters of USER_AUTH into the sign-in: the factors that an access token is good for, and the first
 * of the wanted levels that the user can reach.
 *
 * @param available the first factors that the user can choose from
 */
export async function readStepUp(
  context: AuthContext,
  attempt: Attempt,
  user: User | undefined,
  available: readonly string[],
): Promise<void> {
  const maxAge = context.parameters.get('MAX_AGE')
  if (maxAge !== undefined && !/^\d{1,10}$/.test(parameter(context, 'MAX_AGE'))) {
    throw invalidParameter('Invalid MAX_AGE')
  }
  const targets = targetsOf(context)
  if (targets === undefined) return
  await credit(context, attempt)
  const { methods = [] } = attempt
  const reached = available.map((choice) => levelWith(context, user, [...methods, methodOf(choice)]))
  const highest = Math.max(levelWith(context, user, methods), ...reached)
  attempt.target = targets.find((level) => level <= highest) ?? Math.min(...targets)
}

/** Return those of the first factors with which a step-up reaches its level; all of them where none does. */
export function suitable(
  context: AuthContext,
  { target = 0, methods = [] }: Attempt,
  user: User | undefined,
  available: readonly string[],
): readonly string[] {
  const fit = available.filter((choice) => levelWith(context, user, [...methods, methodOf(choice)]) >= target)
  return fit.length > 0 ? fit : available
}

/** Tell whether the factors that were passed already prove the level that was asked for. */
export const reachesTarget = ({ target, methods = [] }: Attempt): boolean =>
  target !== undefined && levelOf(methods) >= target

/** Ask for the second factor that the wanted level still lacks, if the user has it. */
export async function askMissing(context: AuthContext, attempt: Attempt, user: User): Promise<Reply | undefined> {
  const { target = 0, methods = [] } = attempt
  if (target < 2 || reachesTarget(attempt) || !methods.includes('pwd')) return undefined
  if (target < 4) return askMfa(context, attempt, user)
  const hasTotp = usableMethods(context.pool, user).includes('SOFTWARE_TOKEN_MFA')
  return hasTotp ? askMfaCode(context, attempt, user, 'SOFTWARE_TOKEN_MFA') : undefined
}
