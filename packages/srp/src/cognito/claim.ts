/**
 * The answer to PASSWORD_VERIFIER or DEVICE_PASSWORD_VERIFIER, under the names of the service: spread it into
 * ChallengeResponses.
 */
export interface Claim {
  /** Base64. */
  readonly PASSWORD_CLAIM_SIGNATURE: string
  /** The service's secret block, as it came: base64. */
  readonly PASSWORD_CLAIM_SECRET_BLOCK: string
  /** The time that was signed: see `formatTimestamp`. */
  readonly TIMESTAMP: string
}

/**
 * ChallengeParameters as the service sends them. Further parameters are ignored; one that is missing is an `SrpError`
 * `invalid-encoding`.
 */
export interface ChallengeParameters {
  /** Hex of any length and case. */
  readonly SALT?: string | undefined
  /** B: hex of any length and case. */
  readonly SRP_B?: string | undefined
  /** Base64. */
  readonly SECRET_BLOCK?: string | undefined
  /** The user's name in the pool, never the alias that was typed. Devices need none. */
  readonly USER_ID_FOR_SRP?: string | undefined
}
