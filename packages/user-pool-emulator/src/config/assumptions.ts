/**
 * Everything the emulator does that is NOT known of the real service, or about which the evidence disagrees. A test that
 * passes only because of one of these proves nothing about Cognito. What is known stands where it happens, with its source.
 */
export interface Assumptions {
  /** The distance, in seconds, that a TIMESTAMP may have from the pool's clock. `null`: any time is taken; no limit is documented. */
  readonly maximumClockSkewSeconds: number | null
  /** The message for an SRP_A that is zero modulo N, not hex or too long. The service refuses; the text is ours. */
  readonly badSrpA: string
  /**
   * Refuse unconfirmed and reset users already at InitiateAuth of USER_SRP_AUTH. They are refused whatever the password
   * is, but no source says in which of the two requests.
   */
  readonly userStatusAtInitiateAuth: boolean
  /** The message of REFRESH_TOKEN_AUTH when rotation is on (only GetTokensFromRefreshToken works then). */
  readonly refreshFlowUnderRotation: string
  /** The message of a reused rotated refresh token. */
  readonly refreshTokenReuse: string
  /** Revoke the successors of a rotated refresh token that is used again. It is refused in any case. */
  readonly reuseRevokesFamily: boolean
  /** Put a Session into the DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER replies. Answers without one work. */
  readonly sessionInDeviceReplies: boolean
  /** Take a DEVICE_KEY that comes to a pool without device tracking as no key, instead of refusing it. */
  readonly deviceKeyIgnoredWithoutTracking: boolean
  /** Let a device that was issued but never confirmed take part in a sign-in. */
  readonly unconfirmedDeviceExists: boolean
  /**
   * Give a sign-in with the key of a device that is not remembered a new device. The developer guide treats such a device
   * "as if it was never used during the user authentication flow"; no one has reported what the reply holds.
   */
  readonly notRememberedDeviceGetsNewKey: boolean
  /**
   * When USER_PASSWORD_AUTH gives NewDeviceMetadata in a pool that tracks devices. Without MFA it is reported to give none,
   * and its refresh tokens not to work (amazon-cognito-identity-net-extensions #45, amplify-js #2087, #14909).
   */
  readonly newDeviceAfterUserPassword: NewDeviceRule
  /** When CUSTOM_AUTH does so (amplify-js #2705, #12220). MFA is what the service itself asked, not the triggers. */
  readonly newDeviceAfterCustomAuth: NewDeviceRule
  /**
   * When ADMIN_USER_PASSWORD_AUTH does so. The developer guide says never; Amazon's own Python example confirms a device
   * after it and TOTP (aws-sdk-java-v2 #1389, aws-sdk-java #2841).
   */
  readonly newDeviceAfterAdminPassword: NewDeviceRule
  /** Take USER_PASSWORD_AUTH in AdminInitiateAuth. AWS says no (moto #4836); floci says yes. */
  readonly adminTakesUserPasswordAuth: boolean
  /** The message of ConfirmDevice for a device that is confirmed. The exception, DeviceKeyExistsException, is the model's. */
  readonly deviceConfirmedTwice: string
  /** The message of ConfirmDevice where no devices are tracked. */
  readonly deviceTrackingOff: string
  /** With MFA required and no method set up, let a verified phone number or e-mail address serve without being asked for. */
  readonly verifiedAddressServesAsMfa: boolean
  /** Offer one-time codes in USER_AUTH to users who must pass MFA. */
  readonly oneTimeCodeFactorsWithMfa: boolean
  /**
   * Offer passkeys that count as one factor to users who must pass MFA, and ask for the second factor afterwards. The model
   * says that passkeys are "a single authentication factor" and "available when MFA is required" only once they count as MFA.
   */
  readonly singleFactorPasskeyBeforeMfa: boolean
  /** Digits of the code that is the first factor of USER_AUTH: 8, reported once (amplify-js #14428). MFA codes have 6. */
  readonly firstFactorCodeDigits: number
  /** Wrong answers to one code before it is void. The service limits them and does not say at how many. */
  readonly codeTries: number
  /** The message of CUSTOM_AUTH in a pool without triggers. */
  readonly noCustomAuth: string
  /** The message of SELECT_MFA_TYPE for an ANSWER that was not offered. */
  readonly invalidMfaType: string
  /** The message of USER_AUTH when the user has none of the pool's first factors. */
  readonly noFirstFactor: string
  /** Put a Session into PASSWORD_VERIFIER of CUSTOM_AUTH. That of USER_SRP_AUTH has none. */
  readonly sessionInCustomPasswordVerifier: boolean
  /** Let RevokeToken of an unknown token succeed (RFC 7009, section 2.2: there is nothing left to revoke). */
  readonly revokingUnknownTokenSucceeds: boolean
  /**
   * Put `acr` and `amr` into the tokens of each sign-in, not only where TARGET_ACR_VALUES asked for a level. The developer
   * guide says both that they apply to any sign-in and that they answer this parameter.
   */
  readonly acrInEverySignIn: boolean
  /** The message of ACCESS_TOKEN without TARGET_ACR_VALUES. */
  readonly accessTokenWithoutTarget: string
  /** The message of TARGET_ACR_VALUES without a level of the pool. */
  readonly noKnownAcrValue: string
  /** The message of FeatureUnavailableInTierException for a step-up. */
  readonly stepUpNotInTier: string
  /**
   * Ask for the password by the challenge ADMIN_NO_SRP_AUTH where AdminInitiateAuth brings none. The service model lists the
   * challenge and its answer, and not when it comes.
   */
  readonly adminAsksForPassword: boolean
  /** The message of GetClientToken for a client without ALLOW_CLIENT_TOKEN_AUTH. */
  readonly clientTokenNotEnabled: string
  /** The message of GetClientToken for a scope that the client does not have. */
  readonly unknownScope: string
  /** The message of PasswordHistoryPolicyViolationException. The exception is the model's. */
  readonly passwordUsedBefore: string
}

/** When a flow gives NewDeviceMetadata: `after-mfa` only in a sign-in that passed MFA. */
export type NewDeviceRule = 'never' | 'after-mfa' | 'always'

export const NEW_DEVICE_RULES: readonly NewDeviceRule[] = ['never', 'after-mfa', 'always']

/** The likelier of what could be. */
export const defaultAssumptions: Assumptions = {
  maximumClockSkewSeconds: null,
  badSrpA: 'Invalid SRP_A',
  userStatusAtInitiateAuth: false,
  refreshFlowUnderRotation: 'Refresh token rotation is enabled for this client. Use GetTokensFromRefreshToken.',
  refreshTokenReuse: 'Refresh token has already been used',
  reuseRevokesFamily: false,
  sessionInDeviceReplies: true,
  deviceKeyIgnoredWithoutTracking: true,
  unconfirmedDeviceExists: false,
  notRememberedDeviceGetsNewKey: true,
  newDeviceAfterUserPassword: 'after-mfa',
  newDeviceAfterCustomAuth: 'after-mfa',
  newDeviceAfterAdminPassword: 'after-mfa',
  adminTakesUserPasswordAuth: false,
  deviceConfirmedTwice: 'Device is already confirmed.',
  deviceTrackingOff: 'Device tracking is not enabled.',
  verifiedAddressServesAsMfa: true,
  oneTimeCodeFactorsWithMfa: false,
  singleFactorPasskeyBeforeMfa: false,
  firstFactorCodeDigits: 8,
  codeTries: 5,
  noCustomAuth: 'Custom auth lambda trigger is not configured for the user pool.',
  invalidMfaType: 'Invalid MFA type given.',
  noFirstFactor: 'No first factor is available for the user.',
  sessionInCustomPasswordVerifier: false,
  revokingUnknownTokenSucceeds: true,
  acrInEverySignIn: false,
  accessTokenWithoutTarget: 'ACCESS_TOKEN requires TARGET_ACR_VALUES.',
  noKnownAcrValue: 'None of TARGET_ACR_VALUES is valid.',
  stepUpNotInTier: 'Step-up authentication is not available in this feature plan.',
  adminAsksForPassword: false,
  clientTokenNotEnabled: 'ALLOW_CLIENT_TOKEN_AUTH is not enabled for the client.',
  unknownScope: 'Invalid scope requested.',
  passwordUsedBefore: 'Password has previously been used.',
}
