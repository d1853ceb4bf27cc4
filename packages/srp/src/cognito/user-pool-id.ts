import { assertString } from '../arguments.js'

/** The two halves of a user pool id. */
export interface UserPoolId {
  /** `us-east-1` of `us-east-1_AbCdEfGhI`. */
  readonly region: string
  /** `AbCdEfGhI` of `us-east-1_AbCdEfGhI`: it is hashed with the username, and its case matters. */
  readonly poolName: string
}

/**
 * Split a user pool id at its first underscore.
 *
 * @param userPoolId as the console shows it
 * @returns the region and the pool's name
 * @throws TypeError if it is not a string
 * @throws RangeError if it is not a user pool id
 * @example
 * const { region, poolName } = parseUserPoolId('us-east-1_AbCdEfGhI') // 'us-east-1', 'AbCdEfGhI'
 */
export function parseUserPoolId(userPoolId: string): UserPoolId {
  assertString(userPoolId, 'userPoolId')
  const [, region, poolName] = /^([a-z\d-]{1,40})_([a-z\d]{1,55})$/i.exec(userPoolId) ?? []
  if (!region || !poolName) throw new RangeError('userPoolId: expected the form us-east-1_AbCdEfGhI')
  return { region, poolName }
}
