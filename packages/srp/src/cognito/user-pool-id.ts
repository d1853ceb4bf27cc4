import { assertText } from '../bytes.js'

/** The two halves of a user pool id. */
export interface UserPoolId {
  /** `us-east-1` of `us-east-1_AbCdEfGhI`. */
  readonly region: string
  /** `AbCdEfGhI` of `us-east-1_AbCdEfGhI`: what is hashed with the username; its case matters. */
  readonly poolName: string
}

/**
 * Splits a user pool id at its first underscore.
 *
 * @example parseUserPoolId('us-east-1_AbCdEfGhI') // { region: 'us-east-1', poolName: 'AbCdEfGhI' }
 * @throws TypeError if it is no string
 * @throws RangeError if it is no user pool id
 */
export function parseUserPoolId(userPoolId: string): UserPoolId {
  assertText(userPoolId, 'userPoolId')
  const match = /^([A-Za-z0-9-]{1,40})_([A-Za-z0-9]{1,55})$/.exec(userPoolId)
  if (!match?.[1] || !match[2]) throw new RangeError('userPoolId must look like us-east-1_AbCdEfGhI')
  return { region: match[1], poolName: match[2] }
}
