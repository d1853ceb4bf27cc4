/**
 * Everything the emulator does that is NOT known of the real service. A test that passes only because of one of
 * these proves nothing about Cognito; when a fact becomes known, this is the only file to change.
 */
export const assumptions: Assumptions = {
  /** Whether the service refuses a TIMESTAMP far from its own clock is not known. `undefined`: any time is taken. */
  maximumClockSkewSeconds: undefined,
  /** What it says to an SRP_A that is zero modulo N, not hex or too long. It refuses; the text is ours. */
  badSrpA: 'Invalid SRP_A',
  /** Length of SECRET_BLOCK in bytes. Real ones are opaque and between one and two kilobytes. */
  secretBlockBytes: 1024,
  /** Length of a Session in bytes before base64; the service allows 4096 characters. */
  sessionBytes: 384,
  /** What InitiateAuth with REFRESH_TOKEN_AUTH says when rotation is on (only GetTokensFromRefreshToken works then). */
  refreshFlowUnderRotation: 'Refresh token rotation is enabled for this client. Use GetTokensFromRefreshToken.',
  /** A reused rotated token is refused; whether the service also revokes its successors is not known. */
  reuseRevokesFamily: false,
  /** A refresh token of a device that was issued but never confirmed is taken without DEVICE_KEY. */
  unconfirmedDeviceKeyOptionalOnRefresh: true,
  /** Whether the DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER replies carry a Session. Answers without one work. */
  sessionInDeviceReplies: true,
  /** What the service says when a DEVICE_KEY comes to a pool that tracks no devices. It is taken as no key. */
  deviceKeyIgnoredWithoutTracking: true,
  /** Wrong MFA codes in one sign-in before the session ends. Not known; `undefined` sets no limit. */
  maximumCodeAttempts: undefined,
  /** The order of checks after a right password: disabled, then unconfirmed, then reset required. */
  checksAfterPassword: ['disabled', 'unconfirmed', 'reset-required'],
}

export interface Assumptions {
  readonly maximumClockSkewSeconds: number | undefined
  readonly badSrpA: string
  readonly secretBlockBytes: number
  readonly sessionBytes: number
  readonly refreshFlowUnderRotation: string
  readonly reuseRevokesFamily: boolean
  readonly unconfirmedDeviceKeyOptionalOnRefresh: boolean
  readonly sessionInDeviceReplies: boolean
  readonly deviceKeyIgnoredWithoutTracking: boolean
  readonly maximumCodeAttempts: number | undefined
  readonly checksAfterPassword: readonly string[]
}
