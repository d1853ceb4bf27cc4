import { checkSecretHash } from '../../clients.js'
import { invalidSession } from '../../errors.js'
import { runTrigger } from '../../triggers.js'
import { checkDeviceKey } from '../advance.js'
import { advanceCustom, triggerEvent } from '../custom.js'
import { isSameUser } from '../first-factor.js'
import { closeSession, findSession } from '../session.js'
import { parameter, type Reply, type Turn } from '../turn.js'

/** CUSTOM_CHALLENGE: right or wrong, the triggers say what comes next, under a new Session. */
export async function answerCustom(turn: Turn): Promise<Reply> {
  const username = parameter(turn, 'USERNAME')
  const answer = parameter(turn, 'ANSWER')
  checkSecretHash(turn.client, username, turn.parameters.get('SECRET_HASH'))
  const session = findSession(turn, 'CUSTOM_CHALLENGE')
  if (!(await isSameUser(turn, session.attempt))) throw invalidSession()
  if (!session.attempt.decoy) checkDeviceKey(turn, session.attempt)
  const attempt = closeSession(turn, session)
  const event = triggerEvent(turn, attempt, 'VerifyAuthChallengeResponse_Authentication', {
    privateChallengeParameters: JSON.parse(session.data.private ?? '{}'),
    challengeAnswer: answer,
    clientMetadata: turn.clientMetadata,
  })
  const verified = await runTrigger(turn.host.triggers, 'verifyAuthChallengeResponse', event)
  const { metadata } = session.data
  attempt.rounds = [
    ...(attempt.rounds ?? []),
    {
      challengeName: 'CUSTOM_CHALLENGE',
      challengeResult: verified?.response.answerCorrect === true,
      ...(metadata === undefined ? {} : { challengeMetadata: metadata }),
    },
  ]
  attempt.deviceKey = turn.parameters.get('DEVICE_KEY') ?? attempt.deviceKey
  return advanceCustom(turn, attempt)
}
