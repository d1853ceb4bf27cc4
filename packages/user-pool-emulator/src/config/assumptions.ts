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
  /** A device that was issued but never confirmed does not exist for a sign-in. */
  unconfirmedDeviceExists: false,
  /** Whether a device may be confirmed twice. It may: the later verifier counts. */
  confirmTwice: true,
  /** With MFA required and no method set up: a verified phone number or e-mail address serves without being asked for. */
  verifiedAddressServesAsMfa: true,
  /** USER_AUTH does not offer one-time codes to users who must pass MFA, and a passkey counts as both factors. */
  oneTimeCodeFactorsWithMfa: false,
  /** What requiredAttributes of NEW_PASSWORD_REQUIRED lists: the required attributes that the user does not have yet. */
  requiredAttributesAreTheMissingOnes: true,
  /** The message of a reused rotated refresh token. */
  refreshTokenReuse: 'Refresh token has already been used',
  /** What CUSTOM_AUTH says in a pool without triggers. */
  noCustomAuth: 'Custom auth lambda trigger is not configured for the user pool.',
  /** What ConfirmDevice says where no devices are tracked. */
  deviceTrackingOff: 'Device tracking is not enabled.',
  /** What SELECT_MFA_TYPE says to an ANSWER that was not offered. */
  invalidMfaType: 'Invalid MFA type given.',
  /** What USER_AUTH says when the user has none of the pool's first factors. */
  noFirstFactor: 'No first factor is available for the user.',
  /** PASSWORD_VERIFIER of CUSTOM_AUTH comes without a Session, as that of USER_SRP_AUTH does. */
  sessionInCustomPasswordVerifier: false,
  /** RevokeToken of a token that nobody knows succeeds (RFC 7009, section 2.2: there is nothing left to revoke). */
  revokingUnknownTokenSucceeds: true,
  /** Codes have six digits, also those of USER_AUTH's EMAIL_OTP and SMS_OTP. */
  codeDigits: 6,
}

/** The types of the above. */
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
  readonly unconfirmedDeviceExists: boolean
  readonly confirmTwice: boolean
  readonly verifiedAddressServesAsMfa: boolean
  readonly oneTimeCodeFactorsWithMfa: boolean
  readonly requiredAttributesAreTheMissingOnes: boolean
  readonly refreshTokenReuse: string
  readonly noCustomAuth: string
  readonly deviceTrackingOff: string
  readonly invalidMfaType: string
  readonly noFirstFactor: string
  readonly sessionInCustomPasswordVerifier: boolean
  readonly revokingUnknownTokenSucceeds: boolean
  readonly codeDigits: number
}
