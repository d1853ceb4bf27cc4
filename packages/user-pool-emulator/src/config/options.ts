import type { Assumptions } from './assumptions.js'
import type { TriggerName, Triggers } from './triggers.js'

export const USER_STATUSES = [
  'CONFIRMED',
  'UNCONFIRMED',
  'FORCE_CHANGE_PASSWORD',
  'RESET_REQUIRED',
  'EXTERNAL_PROVIDER',
] as const
/** UserStatusType of the service, as far as the emulator plays it. */
export type UserStatus = (typeof USER_STATUSES)[number]

export const ALIASES = ['email', 'phone_number', 'preferred_username'] as const
/** Attributes that may be sign-in names. */
export type Alias = (typeof ALIASES)[number]

export const MFA_METHODS = ['SOFTWARE_TOKEN_MFA', 'SMS_MFA', 'EMAIL_OTP'] as const
/** Second factors. */
export type MfaMethod = (typeof MFA_METHODS)[number]

export const FIRST_FACTORS = ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] as const
/** First factors that USER_AUTH offers; PASSWORD stands for PASSWORD_SRP too. */
export type FirstFactor = (typeof FIRST_FACTORS)[number]

export const EXPLICIT_AUTH_FLOWS = [
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_USER_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_CLIENT_TOKEN_AUTH',
] as const
/** A flow that a client can be allowed to use. */
export type ExplicitAuthFlow = (typeof EXPLICIT_AUTH_FLOWS)[number]

/** Lifetimes in seconds. */
export interface Lifetimes {
  /** one Session, and one SECRET_BLOCK: 180 to 900, default 180 */
  readonly session?: number
  /** access token, default 3600 */
  readonly access?: number
  /** ID token, default 3600 */
  readonly id?: number
  /** refresh token, default 2592000 (30 days) */
  readonly refresh?: number
}

/** One app client. */
export interface ClientOptions {
  readonly clientId: string
  readonly clientName?: string
  /** with a secret every request of this client needs its SECRET_HASH */
  readonly clientSecret?: string
  /**
   * default: every flow of users (without ALLOW_REFRESH_TOKEN_AUTH when rotation is on). ALLOW_CLIENT_TOKEN_AUTH, for
   * GetClientToken, stands alone and needs a secret
   */
  readonly explicitAuthFlows?: readonly ExplicitAuthFlow[]
  /** ENABLED (default) hides whether a user exists; LEGACY tells */
  readonly preventUserExistenceErrors?: 'ENABLED' | 'LEGACY'
  readonly lifetimes?: Lifetimes
  /** scopes that GetClientToken gives, as `orders/read` */
  readonly scopes?: readonly string[]
  /** rotates refresh tokens; `graceSeconds` (0 to 60, default 0) is how long the old one still works */
  readonly refreshTokenRotation?: boolean | { readonly graceSeconds?: number }
}

/** One user. Give `password`, or `salt` and `verifier`; only salt and verifier are kept. */
export interface UserOptions {
  /** the real username: USER_ID_FOR_SRP. Default: the user's `sub`, as in pools where people sign in by e-mail */
  readonly username?: string
  /** UUID, default random */
  readonly sub?: string
  readonly password?: string
  /** hex without leading zeros, as the service sends it; default 16 random bytes */
  readonly salt?: string
  /** hex */
  readonly verifier?: string
  /** `email`, `phone_number`, `preferred_username`, `custom:…`; e-mail and phone count as verified unless said otherwise */
  readonly attributes?: Readonly<Record<string, string>>
  /** default CONFIRMED */
  readonly status?: UserStatus
  /** default true */
  readonly enabled?: boolean
  readonly groups?: readonly string[]
  readonly mfa?: {
    /** base32 secret of an authenticator app */
    readonly totpSecret?: string
    readonly totpName?: string
    readonly sms?: boolean
    readonly email?: boolean
    /** one of the methods that are on */
    readonly preferred?: MfaMethod
  }
}

/** For passwords that are set while the emulator runs; seeded ones may be anything. */
export interface PasswordPolicy {
  /** default 8 */
  readonly minimumLength?: number
  /** each default true */
  readonly requireLowercase?: boolean
  readonly requireUppercase?: boolean
  readonly requireNumbers?: boolean
  readonly requireSymbols?: boolean
  /** the last passwords of a user that cannot be used again, the current one among them: 0 (default) to 24 */
  readonly historySize?: number
  /** days, default 7 */
  readonly temporaryPasswordValidityDays?: number
}

/** The pool's setting on remembered devices. */
export interface DeviceTracking {
  /** `always` remembers every confirmed device, `opt-in` those the user agrees to, `off` (default) none */
  readonly mode: 'off' | 'opt-in' | 'always'
  /** a remembered device signs in without MFA, default true */
  readonly skipsMfa?: boolean
}

/** The pool's setting on second factors: if sign-ins need one, and which there are. */
export interface MfaSettings {
  readonly mode: 'OFF' | 'OPTIONAL' | 'ON'
  /** default: all three */
  readonly methods?: readonly MfaMethod[]
  /** takes the same TOTP code twice, which the service refuses; handy when tests sign in faster than every 30 s */
  readonly allowTotpReuse?: boolean
}

/** The pool's setting on passkeys: the sites that may use them. */
export interface WebAuthnSettings {
  /** the domain passkeys belong to, default localhost */
  readonly relyingPartyId?: string
  /** origins that may answer, default: any http or https origin on the relying party's domain */
  readonly origins?: readonly string[]
  readonly userVerification?: 'required' | 'preferred'
  /** `MULTI_FACTOR_WITH_USER_VERIFICATION` lets a passkey count as both factors, default SINGLE_FACTOR */
  readonly factorConfiguration?: 'SINGLE_FACTOR' | 'MULTI_FACTOR_WITH_USER_VERIFICATION'
}

/** An RSA private key, RFC 7517. */
export interface PrivateJwk {
  readonly kty?: string
  readonly n?: string
  readonly e?: string
  readonly d?: string
  readonly kid?: string
  readonly [name: string]: unknown
}

export const TIERS = ['LITE', 'ESSENTIALS', 'PLUS'] as const
/** Feature plans. */
export type Tier = (typeof TIERS)[number]

/** One group of users. */
export interface GroupOptions {
  readonly name: string
  readonly description?: string
  /** goes into `cognito:roles`, and `cognito:preferred_role` for the group with the lowest precedence */
  readonly roleArn?: string
  readonly precedence?: number
}

/** The content of a JSON seed: a whole pool without its functions. */
export interface UserPoolSeed {
  /** `<region>_<name>`, default us-east-1_Emulator0 */
  readonly id?: string
  readonly name?: string
  readonly clients: readonly ClientOptions[]
  readonly users?: readonly UserOptions[]
  /** groups with a description, role or precedence; those that users name are there without */
  readonly groups?: readonly GroupOptions[]
  /** feature plan, default ESSENTIALS: what is not in it answers FeatureUnavailableInTierException */
  readonly tier?: Tier
  /** lets ListUserSessions and its kind list the sign-ins of users, default false */
  readonly sessionTracking?: boolean
  /** which attributes are sign-in names, default all three */
  readonly aliases?: readonly Alias[]
  /** people sign up with these instead of a username, and the real username is a UUID; default none */
  readonly usernameAttributes?: readonly ('email' | 'phone_number')[]
  /** whether Alice and alice are two users, default false */
  readonly caseSensitive?: boolean
  readonly passwordPolicy?: PasswordPolicy
  /** attributes a user must have before the first sign-in is complete */
  readonly requiredAttributes?: readonly string[]
  /**
   * custom attributes of the pool's schema, as `custom:team`; those that seeded users have are declared by that. Others are
   * refused
   */
  readonly customAttributes?: readonly string[]
  readonly deviceTracking?: DeviceTracking['mode'] | DeviceTracking
  readonly mfa?: MfaSettings['mode'] | MfaSettings
  /** first factors that USER_AUTH offers, default all */
  readonly firstFactors?: readonly FirstFactor[]
  readonly webAuthn?: WebAuthnSettings
  /** what stands before `/<poolId>` in `iss`; default the address the request came to, as in http://127.0.0.1:9229 */
  readonly issuer?: string
  /** RSA private key as a JWK, for RS256; default: made at the first token */
  readonly signingKey?: PrivateJwk
  /** triggers as addresses: each gets the event by POST, in the service's JSON, and answers with it */
  readonly triggerUrls?: { readonly [name in TriggerName]?: string }
  /** what is not known of the real service, where you know or want it otherwise */
  readonly assumptions?: Partial<Assumptions>
}

/** The options of `createUserPool`: a seed, and the options that JSON cannot hold. */
export interface UserPoolOptions extends UserPoolSeed, HostOptions {}

/** The options that JSON cannot hold: functions, and settings of the process rather than of the pool. */
export interface HostOptions {
  readonly triggers?: Triggers
  /** the time, default the system's */
  readonly clock?: () => Date
  /** random bytes, default crypto.getRandomValues; a fixed source makes every reply repeatable */
  readonly random?: (length: number) => Uint8Array
  /** an arithmetic engine of @srp6a/srp, default the fastest portable one */
  readonly engine?: unknown
  /** the longest request body in bytes, default 131072 */
  readonly maximumBodyBytes?: number
}
