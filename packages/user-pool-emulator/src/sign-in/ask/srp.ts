import type { AuthContext, Reply } from '../auth-context.js'
import type { Candidate } from '../first-factor.js'
import { openSession } from '../session.js'
import { startExchange } from '../srp-exchange.js'

/** PASSWORD_VERIFIER: salt, B and a secret block; with a Session only where the flow has one. */
export function askSrp(context: AuthContext, candidate: Candidate, srpA: string, withSession: boolean): Reply {
  const { attempt, salt, verifier } = candidate
  const record = { scope: context.pool.poolName, userId: attempt.username, salt, verifier }
  const session = withSession ? openSession(context, 'PASSWORD_VERIFIER', attempt) : undefined
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      ...startExchange(context, attempt, 'user', record, srpA, session),
      USERNAME: attempt.username,
      USER_ID_FOR_SRP: attempt.username,
    },
    Session: session,
  }
}
