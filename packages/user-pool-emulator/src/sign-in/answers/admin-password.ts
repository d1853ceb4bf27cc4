import { invalidParameter } from '../../config/errors.js'
import { advance, checkDeviceKey } from '../advance.js'
import { type AuthContext, parameter, passed, type Reply } from '../auth-context.js'
import { advanceCustom } from '../custom.js'
import { checkPlainPassword } from '../first-factor.js'
import { closeSession } from '../session.js'
import { candidateOf } from './first-factor.js'

/** ADMIN_NO_SRP_AUTH: USERNAME and PASSWORD, from an administrator alone. */
export async function answerAdminPassword(context: AuthContext): Promise<Reply> {
  if (!context.admin) throw invalidParameter('Initiate Auth method not supported.')
  const password = parameter(context, 'PASSWORD')
  const { session, candidate } = await candidateOf(context, 'ADMIN_NO_SRP_AUTH')
  checkPlainPassword(context, candidate, password)
  checkDeviceKey(context, candidate.attempt)
  closeSession(session)
  const attempt = passed(candidate.attempt, 'pwd')
  if (attempt.rounds === undefined) return advance(context, attempt)
  attempt.rounds.push({ challengeName: 'ADMIN_NO_SRP_AUTH', challengeResult: true })
  return advanceCustom(context, attempt)
}
