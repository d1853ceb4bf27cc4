import { invalidSession } from '../../config/errors.js'
import { checkSecretHash } from '../../credentials/secret-hash.js'
import type { Session, User } from '../../model/state.js'
import { type AuthContext, parameter, userOf } from '../auth-context.js'
import { checkMaySignIn, isSameUser } from '../first-factor.js'
import { findSession } from '../session.js'

/** Find the session of an answer, and check USERNAME and SECRET_HASH. */
export async function findOpen(context: AuthContext, challenge: string): Promise<Session> {
  const username = parameter(context, 'USERNAME')
  checkSecretHash(context.client, username, context.parameters.get('SECRET_HASH'))
  const session = findSession(context, challenge)
  if (!(await isSameUser(context, session.attempt))) throw invalidSession()
  return session
}

/** Find the session of an answer and its user, and check that the user may sign in. */
export async function findAnswered(context: AuthContext, challenge: string): Promise<{ session: Session; user: User }> {
  const session = await findOpen(context, challenge)
  const user = userOf(context, session.attempt)
  checkMaySignIn(context, user)
  return { session, user }
}
