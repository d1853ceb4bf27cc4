import { checkSecretHash } from '../../clients.js'
import { invalidSession } from '../../errors.js'
import type { Session, User } from '../../state.js'
import { checkMaySignIn, isSameUser } from '../first-factor.js'
import { findSession } from '../session.js'
import { parameter, type Turn, userOf } from '../turn.js'

/** What every answer with a Session is checked for: USERNAME, SECRET_HASH, and the Session itself. */
export async function findOpen(turn: Turn, challenge: string): Promise<Session> {
  const username = parameter(turn, 'USERNAME')
  checkSecretHash(turn.client, username, turn.parameters.get('SECRET_HASH'))
  const session = findSession(turn, challenge)
  if (!(await isSameUser(turn, session.attempt))) throw invalidSession()
  return session
}

/** The same, and the user's state. */
export async function findAnswered(turn: Turn, challenge: string): Promise<{ session: Session; user: User }> {
  const session = await findOpen(turn, challenge)
  const user = userOf(turn, session.attempt)
  checkMaySignIn(turn, user)
  return { session, user }
}
