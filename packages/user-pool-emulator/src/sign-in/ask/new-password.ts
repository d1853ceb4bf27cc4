import { assumptions } from '../../config/assumptions.js'
import type { Attempt, User } from '../../model/state.js'
import type { AuthContext, Reply } from '../auth-context.js'
import { openSession } from '../session.js'

export const PREFIX = 'userAttributes.'

/** What the user must still give. */
export const missingAttributes = (context: AuthContext, user: User): string[] =>
  context.pool.settings.requiredAttributes.filter((name) => !user.attributes[name])

/** NEW_PASSWORD_REQUIRED, for a user whose password is a temporary one. */
export function askNewPassword(context: AuthContext, attempt: Attempt, user: User): Reply {
  const { requiredAttributes } = context.pool.settings
  const listed = assumptions.requiredAttributesAreTheMissingOnes ? missingAttributes(context, user) : requiredAttributes
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(listed.map((name) => PREFIX + name)),
      userAttributes: JSON.stringify(user.attributes),
    },
    Session: openSession(context, 'NEW_PASSWORD_REQUIRED', attempt),
  }
}
