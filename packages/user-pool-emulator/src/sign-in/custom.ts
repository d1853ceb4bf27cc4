import { assumptions } from '../config/assumptions.js'
import { invalidParameter, ServiceError, wrongPassword } from '../config/errors.js'
import { runTrigger, type TriggerEvent } from '../config/triggers.js'
import type { Attempt } from '../model/state.js'
import { advance } from './advance.js'
import type { AuthContext, Reply } from './auth-context.js'
import { openSession } from './session.js'

/** An event as Lambda would get it, for the user of this attempt. */
export function triggerEvent(
  context: AuthContext,
  attempt: Attempt,
  source: string,
  request: Record<string, unknown>,
): TriggerEvent {
  const user = attempt.decoy ? undefined : context.pool.users.get(attempt.username)
  return {
    version: '1',
    triggerSource: source,
    region: context.pool.region,
    userPoolId: context.pool.id,
    userName: attempt.username,
    callerContext: { awsSdkVersion: 'emulator', clientId: context.client.clientId },
    request: {
      userAttributes:
        user === undefined ? {} : { sub: user.sub, 'cognito:user_status': user.status, ...user.attributes },
      ...(user === undefined ? { userNotFound: true } : {}),
      ...request,
    },
    response: {},
  }
}

const isTexts = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && Object.values(value).every((member) => typeof member === 'string')

const invalidResponse = (what: string): ServiceError =>
  new ServiceError('InvalidLambdaResponseException', `Unrecognizable lambda output: ${what}`)

/** CreateAuthChallenge, and the challenge it describes. */
async function askCustom(context: AuthContext, attempt: Attempt): Promise<Reply> {
  const session = attempt.rounds ?? []
  const request = { challengeName: 'CUSTOM_CHALLENGE', session, clientMetadata: context.clientMetadata }
  const event = triggerEvent(context, attempt, 'CreateAuthChallenge_Authentication', request)
  const response = (await runTrigger(context.host.triggers, 'createAuthChallenge', event))?.response ?? {}
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

/** What DefineAuthChallenge decides after the rounds so far. */
export type Decision = 'tokens' | 'CUSTOM_CHALLENGE' | 'PASSWORD_VERIFIER'

/** Asks DefineAuthChallenge; a failed authentication is the usual refusal. */
export async function define(context: AuthContext, attempt: Attempt): Promise<Decision> {
  const { triggers } = context.host
  if (triggers.defineAuthChallenge === undefined) throw invalidParameter(assumptions.noCustomAuth)
  const request = { session: attempt.rounds ?? [], clientMetadata: context.clientMetadata }
  const event = triggerEvent(context, attempt, 'DefineAuthChallenge_Authentication', request)
  const { issueTokens, failAuthentication, challengeName } =
    (await runTrigger(triggers, 'defineAuthChallenge', event))?.response ?? {}
  if (failAuthentication === true) throw wrongPassword()
  if (issueTokens === true) return 'tokens'
  if (challengeName === 'CUSTOM_CHALLENGE' || challengeName === 'PASSWORD_VERIFIER') return challengeName
  throw invalidResponse(`challengeName ${JSON.stringify(challengeName)}`)
}

/** Does what DefineAuthChallenge decided: the next custom challenge, or the end of the flow. */
export async function follow(context: AuthContext, attempt: Attempt, decision: Decision): Promise<Reply> {
  if (decision === 'CUSTOM_CHALLENGE') return askCustom(context, attempt)
  if (decision !== 'tokens') throw invalidResponse(`challengeName ${decision} cannot come here`)
  // The triggers stand in for MFA; a known device still proves itself.
  attempt.mfaDone = true
  return advance(context, attempt)
}

/** Asks what comes next, and does it. */
export async function advanceCustom(context: AuthContext, attempt: Attempt): Promise<Reply> {
  return follow(context, attempt, await define(context, attempt))
}
