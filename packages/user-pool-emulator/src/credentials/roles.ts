import type { Pool } from '../model/pool.js'
import type { Group, User } from '../model/state.js'

const rank = ({ precedence }: Group): number => precedence ?? Number.POSITIVE_INFINITY

/**
 * Make the claims of an ID token that a user's groups give: the roles, and the role of the group with the lowest
 * precedence. Service model, GroupType.Precedence: "If the two groups have different role ARNs, the
 * cognito:preferred_role claim isn't set in users' tokens."
 */
export function roleClaims(pool: Pool, user: User): Record<string, unknown> {
  const groups = user.groups
    .flatMap((name) => pool.groups.get(name) ?? [])
    .filter(({ roleArn }) => roleArn !== undefined)
  if (groups.length === 0) return {}
  const best = Math.min(...groups.map(rank))
  const preferred = new Set(groups.filter((group) => rank(group) === best).map(({ roleArn }) => roleArn))
  return {
    'cognito:roles': groups.map(({ roleArn }) => roleArn),
    ...(preferred.size === 1 ? { 'cognito:preferred_role': [...preferred][0] } : {}),
  }
}
