import { invalidParameter, ServiceError, wrongPassword } from '../config/errors.js'
import type { TriggerName } from '../config/triggers.js'
import { callTrigger, eventAttributes, hasTrigger } from '../model/call-trigger.js'
import type { Attempt } from '../model/state.js'
import { advance } from './advance.js'
import { askAdminPassword } from './ask/admin-password.js'
import { askMfaCode, isMfaMethod } from './ask/mfa.js'
import { type AuthContext, knownUser, metadataForTriggers, type Reply, userOf } from './auth-context.js'
import { openSession } from './session.js'

/** Call one of the three triggers of CUSTOM_AUTH, for the user of this attempt. */
export async function callAuthTrigger(
  context: AuthContext,
  attempt: Attempt,
  name: TriggerName,
  request: Record<string, unknown>,
): Promise<Record<string, unknown> | undefined> {
  const user = knownUser(context.pool, attempt)
  return callTrigger(context.pool, name, {
    source: `${name.charAt(0).toUpperCase()}${name.slice(1)}_Authentication`,
    clientId: context.client.clientId,
    userName: attempt.username,
    request: {
      userAttributes: user === undefined ? {} : eventAttributes(user),
      ...(user === undefined ? { userNotFound: true } : {}),
      ...request,
    },
  })
}

const isTexts = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && Object.values(value).every((member) => typeof member === 'string')

const invalidResponse = (what: string): ServiceError =>
  new ServiceError('InvalidLambdaResponseException', `Unrecognizable lambda output: ${what}`)

/** Ask CreateAuthChallenge, and send the challenge it describes. */
async function askCustom(context: AuthContext, attempt: Attempt): Promise<Reply> {
  const request = {
    challengeName: 'CUSTOM_CHALLENGE',
    session: attempt.rounds ?? [],
    ...metadataForTriggers(context),
  }
  const response = (await callAuthTrigger(context, attempt, 'createAuthChallenge', request)) ?? {}
  const { publicChallengeParameters = {}, privateChallengeParameters = {}, challengeMetadata } = response
  if (!isTexts(publicChallengeParameters) || !isTexts(privateChallengeParameters)) {
    throw invalidResponse('challenge parameters must be texts')
  }
  const data = {
    private: JSON.stringify(privateChallengeParameters),
    ...(typeof challengeMetadata === 'string' ? { metadata: challengeMetadata } : {}),
  }
  return {
    ChallengeName: 'CUSTOM_CHALLENGE',
    ChallengeParameters: { USERNAME: attempt.username, ...publicChallengeParameters },
    Session: openSession(context, 'CUSTOM_CHALLENGE', attempt, data),
  }
}

const DECISIONS = [
  'CUSTOM_CHALLENGE',
  'PASSWORD_VERIFIER',
  'SMS_MFA',
  'SOFTWARE_TOKEN_MFA',
  'EMAIL_OTP',
  'ADMIN_NO_SRP_AUTH',
] as const

/** A decision of DefineAuthChallenge after the rounds so far. */
export type Decision = 'tokens' | (typeof DECISIONS)[number]

/** Ask DefineAuthChallenge; a failed authentication is the usual refusal. */
export async function define(context: AuthContext, attempt: Attempt): Promise<Decision> {
  const { assumptions } = context.pool.settings
  if (!hasTrigger(context.pool, 'defineAuthChallenge')) throw invalidParameter(assumptions.noCustomAuth)
  const request = { session: attempt.rounds ?? [], ...metadataForTriggers(context) }
  const { issueTokens, failAuthentication, challengeName } =
    (await callAuthTrigger(context, attempt, 'defineAuthChallenge', request)) ?? {}
  if (failAuthentication === true) throw wrongPassword()
  if (issueTokens === true) return 'tokens'
  const decision = DECISIONS.find((name) => name === challengeName)
  if (decision === undefined) throw invalidResponse(`challengeName ${JSON.stringify(challengeName)}`)
  return decision
}

/** Do what DefineAuthChallenge decided: the next challenge, or the end of the flow. */
export async function follow(context: AuthContext, attempt: Attempt, decision: Decision): Promise<Reply> {
  if (decision === 'CUSTOM_CHALLENGE') return askCustom(context, attempt)
  // An MFA challenge that the trigger names is issued by the service itself (amplify-js #12887, #566), and tokens follow it.
  if (isMfaMethod(decision)) return askMfaCode(context, attempt, userOf(context, attempt), decision)
  if (decision === 'ADMIN_NO_SRP_AUTH' && context.admin) return askAdminPassword(context, attempt)
  if (decision !== 'tokens') throw invalidResponse(`challengeName ${decision} cannot come here`)
  // The triggers stand in for MFA; a known device still proves itself.
  attempt.mfaDone = true
  return advance(context, attempt)
}

/** Ask what comes next, and do it. */
export async function advanceCustom(context: AuthContext, attempt: Attempt): Promise<Reply> {
  return follow(context, attempt, await define(context, attempt))
}
