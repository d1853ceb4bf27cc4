import { invalidSession } from '../../config/errors.js'
import { checkSecretHash } from '../../credentials/secret-hash.js'
import type { Session, User } from '../../model/state.js'
import { type AuthContext, parameter, userOf } from '../auth-context.js'
import { checkMaySignIn, isSameUser } from '../first-factor.js'
import { findSession } from '../session.js'

/** What every answer with a Session is checked for: USERNAME, SECRET_HASH, and the Session itself. */
export async function findOpen(context: AuthContext, challenge: string): Promise<Session> {
  const username = parameter(context, 'USERNAME')
  checkSecretHash(context.client, username, context.parameters.get('SECRET_HASH'))
  const session = findSession(context, challenge)
  if (!(await isSameUser(context, session.attempt))) throw invalidSession()
  return session
}

/** The same, and the user's state. */
export async function findAnswered(context: AuthContext, challenge: string): Promise<{ session: Session; user: User }> {
  const session = await findOpen(context, challenge)
  const user = userOf(context, session.attempt)
  checkMaySignIn(context, user)
  return { session, user }
}
