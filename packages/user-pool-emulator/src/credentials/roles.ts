import type { Pool } from '../model/pool.js'
import type { Group, User } from '../model/state.js'

const rank = ({ precedence }: Group): number => precedence ?? Number.POSITIVE_INFINITY

/**
 * Return the roles of a user's groups, and the role of the group with the lowest precedence. Service model,
 * GroupType.Precedence: "If the two groups have different role ARNs, the cognito:preferred_role claim isn't set in users'
 * tokens."
 */
export function rolesOf(
  pool: Pool,
  user: User,
): { readonly roles: readonly string[]; readonly preferred: string | undefined } {
  const groups = user.groups.flatMap((name) => {
    const group = pool.groups.get(name)
    return group?.roleArn === undefined ? [] : [{ role: group.roleArn, rank: rank(group) }]
  })
  const best = Math.min(...groups.map((group) => group.rank))
  const preferred = [...new Set(groups.filter((group) => group.rank === best).map(({ role }) => role))]
  return { roles: groups.map(({ role }) => role), preferred: preferred.length === 1 ? preferred[0] : undefined }
}
