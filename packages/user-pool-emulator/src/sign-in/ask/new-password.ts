import { assumptions } from '../../assumptions.js'
import type { Attempt, User } from '../../state.js'
import { openSession } from '../session.js'
import type { Reply, Turn } from '../turn.js'

export const PREFIX = 'userAttributes.'

/** What the user must still give. */
export const missingAttributes = (turn: Turn, user: User): string[] =>
  turn.pool.settings.requiredAttributes.filter((name) => !user.attributes[name])

/** NEW_PASSWORD_REQUIRED, for a user whose password is a temporary one. */
export function askNewPassword(turn: Turn, attempt: Attempt, user: User): Reply {
  const { requiredAttributes } = turn.pool.settings
  const listed = assumptions.requiredAttributesAreTheMissingOnes ? missingAttributes(turn, user) : requiredAttributes
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(listed.map((name) => PREFIX + name)),
      userAttributes: JSON.stringify(user.attributes),
    },
    Session: openSession(turn, 'NEW_PASSWORD_REQUIRED', attempt),
  }
}
