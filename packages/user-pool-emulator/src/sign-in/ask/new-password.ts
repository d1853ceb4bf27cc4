import type { Attempt, User } from '../../model/state.js'
import type { AuthContext, Reply } from '../auth-context.js'
import { openSession } from '../session.js'

export const PREFIX = 'userAttributes.'

/** List the attributes that the user must still give. */
export const missingAttributes = (context: AuthContext, user: User): string[] =>
  context.pool.settings.requiredAttributes.filter((name) => !user.attributes[name])

/** NEW_PASSWORD_REQUIRED, for a user whose password is a temporary one. */
export function askNewPassword(context: AuthContext, attempt: Attempt, user: User): Reply {
  // requiredAttributes lists what is missing; userAttributes has those too, with empty text (a recorded reply).
  const missing = missingAttributes(context, user)
  const empty = Object.fromEntries(missing.map((name) => [name, '']))
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(missing.map((name) => PREFIX + name)),
      userAttributes: JSON.stringify({ ...empty, ...user.attributes }),
    },
    Session: openSession(context, 'NEW_PASSWORD_REQUIRED', attempt),
  }
}
