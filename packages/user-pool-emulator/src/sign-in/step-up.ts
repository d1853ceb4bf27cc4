import { invalidParameter, notAuthorized, ServiceError } from '../config/errors.js'
import { acrNames, levelOf } from '../credentials/acr.js'
import { verifyAccessToken } from '../credentials/tokens.js'
import type { Attempt, User } from '../model/state.js'
import { askMfaCode, usableMethods } from './ask/mfa.js'
import { type AuthContext, parameter, type Reply } from './auth-context.js'

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

/** Return the highest level that this user can reach with a password first. */
function reachable(context: AuthContext, user: User): number {
  const methods = usableMethods(context.pool, user)
  if (methods.includes('SOFTWARE_TOKEN_MFA')) return 4
  return methods.length > 0 || user.passkeys.length > 0 ? 3 : 2
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
 * Read the step-up parameters of USER_AUTH into the sign-in: the level to reach, and the factors that an access token is
 * good for.
 */
export async function readStepUp(context: AuthContext, attempt: Attempt, user: User | undefined): Promise<void> {
  const maxAge = context.parameters.get('MAX_AGE')
  if (maxAge !== undefined && !/^\d{1,10}$/.test(parameter(context, 'MAX_AGE'))) {
    throw invalidParameter('Invalid MAX_AGE')
  }
  const targets = targetsOf(context)
  if (targets === undefined) return
  const highest = user === undefined ? 2 : reachable(context, user)
  attempt.target = targets.find((level) => level <= highest) ?? Math.min(...targets)
  await credit(context, attempt)
}

/** Tell whether the access token of a step-up already proves what is asked for. */
export const reachesTarget = ({ target, methods = [] }: Attempt): boolean =>
  target !== undefined && levelOf(methods) >= target

/** Ask for the second factor that the wanted level still lacks, if the user has it. */
export async function askMissing(context: AuthContext, attempt: Attempt, user: User): Promise<Reply | undefined> {
  const { target, methods = [] } = attempt
  if (target === undefined || reachesTarget(attempt) || !methods.includes('pwd')) return undefined
  const usable = usableMethods(context.pool, user)
  const totp = usable.find((method) => method === 'SOFTWARE_TOKEN_MFA')
  const code = usable.find((method) => method !== 'SOFTWARE_TOKEN_MFA')
  const missing = target === 4 ? totp : target === 3 ? (code ?? totp) : undefined
  return missing && askMfaCode(context, attempt, user, missing)
}
