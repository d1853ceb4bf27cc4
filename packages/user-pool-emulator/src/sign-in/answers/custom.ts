import { invalidSession } from '../../config/errors.js'
import { checkSecretHash } from '../../credentials/secret-hash.js'
import { checkDeviceKey } from '../advance.js'
import { type AuthContext, metadataForTriggers, parameter, type Reply } from '../auth-context.js'
import { advanceCustom, callAuthTrigger } from '../custom.js'
import { isSameUser } from '../first-factor.js'
import { closeSession, findSession } from '../session.js'

/** CUSTOM_CHALLENGE: right or wrong, the triggers say what comes next, under a new Session. */
export async function answerCustom(context: AuthContext): Promise<Reply> {
  const username = parameter(context, 'USERNAME')
  const answer = parameter(context, 'ANSWER')
  checkSecretHash(context.client, username, context.parameters.get('SECRET_HASH'))
  const session = findSession(context, 'CUSTOM_CHALLENGE')
  if (!(await isSameUser(context, session.attempt))) throw invalidSession()
  if (!session.attempt.decoy) checkDeviceKey(context, session.attempt)
  const attempt = closeSession(session)
  const verified = await callAuthTrigger(context, attempt, 'verifyAuthChallengeResponse', {
    privateChallengeParameters: JSON.parse(session.data.private ?? '{}'),
    challengeAnswer: answer,
    ...metadataForTriggers(context),
  })
  const { metadata } = session.data
  attempt.rounds = [
    ...(attempt.rounds ?? []),
    {
      challengeName: 'CUSTOM_CHALLENGE',
      challengeResult: verified?.answerCorrect === true,
      ...(metadata === undefined ? {} : { challengeMetadata: metadata }),
    },
  ]
  attempt.deviceKey = context.parameters.get('DEVICE_KEY') ?? attempt.deviceKey
  return advanceCustom(context, attempt)
}
