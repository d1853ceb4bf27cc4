import type { Assumptions } from '../config/assumptions.js'
import type {
  Alias,
  ExplicitAuthFlow,
  FirstFactor,
  Lifetimes,
  MfaMethod,
  PasswordPolicy,
  PrivateJwk,
  Tier,
  UserStatus,
  WebAuthnSettings,
} from '../config/options.js'

import type { TriggerName } from '../config/triggers.js'

// Everything a pool remembers, as plain data: a snapshot is this and nothing else. Times are milliseconds since 1970.

/** The settings of a pool, every default filled in. */
export interface Settings {
  readonly name: string
  readonly aliases: readonly Alias[]
  readonly usernameAttributes: readonly string[]
  readonly caseSensitive: boolean
  readonly passwordPolicy: Required<PasswordPolicy>
  readonly requiredAttributes: readonly string[]
  readonly deviceTracking: { readonly mode: 'off' | 'opt-in' | 'always'; readonly skipsMfa: boolean }
  readonly mfa: {
    readonly mode: 'OFF' | 'OPTIONAL' | 'ON'
    readonly methods: readonly MfaMethod[]
    readonly allowTotpReuse: boolean
  }
  readonly firstFactors: readonly FirstFactor[]
  readonly webAuthn: Required<WebAuthnSettings>
  readonly issuer: string | undefined
  /** feature plan: what is not in it is refused */
  readonly tier: Tier
  /** whether sessions of users can be listed, and how many a user may have before the oldest ends */
  readonly sessionTracking: { readonly enabled: boolean; readonly maxPerUser: number }
  readonly triggerUrls: { readonly [name in TriggerName]?: string }
  readonly assumptions: Assumptions
  /** the schema's custom attributes, `custom:` and all, as SchemaAttributes has them */
  readonly customAttributes: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** what CreateUserPool and UpdateUserPool were given, returned as it came; README says which of it has no effect */
  readonly kept: Readonly<Record<string, unknown>>
}

/** A secret of an app client. */
export interface ClientSecret {
  /** `<clientId>--<seconds since 1970>` */
  readonly id: string
  readonly value: string
  readonly createdAt: number
}

/** A group of users. */
export interface Group {
  readonly name: string
  readonly description: string | undefined
  readonly roleArn: string | undefined
  /** 0 is the highest */
  readonly precedence: number | undefined
  readonly createdAt: number
  readonly modifiedAt: number
}

/** An app client. */
export interface Client {
  readonly clientId: string
  readonly clientName: string
  /** the first of `secrets` */
  readonly clientSecret: string | undefined
  /** one, or two while they are exchanged; none of a public client */
  readonly secrets: readonly ClientSecret[]
  /** minutes for which a session of managed login is used again; kept without effect */
  readonly ssoMinutes: number
  readonly explicitAuthFlows: readonly ExplicitAuthFlow[]
  readonly preventUserExistenceErrors: 'ENABLED' | 'LEGACY'
  readonly lifetimes: Required<Lifetimes>
  /** seconds of grace; undefined: no rotation */
  readonly rotationGraceSeconds: number | undefined
  /** what CreateUserPoolClient and UpdateUserPoolClient were given, returned as it came */
  readonly kept: Readonly<Record<string, unknown>>
}

/** A device that a sign-in was given a key for. */
export interface Device {
  readonly key: string
  readonly groupKey: string
  name: string
  status: 'unconfirmed' | 'not_remembered' | 'remembered'
  /** hex, set by ConfirmDevice */
  salt: string
  verifier: string
  readonly createdAt: number
  modifiedAt: number
  authenticatedAt: number
  /** the Session of a DEVICE_SRP_AUTH that waits for this device: its answer may come without it */
  waitingSession: string | undefined
}

/** A registered passkey. */
export interface Passkey {
  /** base64url */
  readonly id: string
  readonly publicKey: string
  counter: number
  readonly transports: readonly string[]
  readonly name: string
  readonly attachment: string
  readonly createdAt: number
}

/** A code that was sent outside of a sign-in. */
export interface Code {
  readonly code: string
  readonly expiresAt: number
  /** wrong answers so far */
  tries: number
}

/** A user: salt and verifier, never a password. */
export interface User {
  readonly username: string
  readonly sub: string
  /** Replaced as a whole, by `setAttributes`: sign-in names are indexed. */
  readonly attributes: Readonly<Record<string, string>>
  enabled: boolean
  status: UserStatus
  /** hex; empty for a user without a password */
  salt: string
  verifier: string
  /** salts and verifiers of the passwords before, the last one first, where the pool remembers them */
  formerPasswords?: readonly { readonly salt: string; readonly verifier: string }[]
  /** Grows with every change of the password: proofs, sessions and codes of an older one are void. */
  credentialVersion: number
  temporaryPasswordUntil: number | undefined
  groups: readonly string[]
  readonly createdAt: number
  modifiedAt: number
  /** methods switched on for this user */
  mfa: MfaMethod[]
  preferredMfa: MfaMethod | undefined
  totp: { secret: string; name: string; lastStep: number } | undefined
  /** base32, between AssociateSoftwareToken and VerifySoftwareToken of a signed-in user */
  pendingTotp: string | undefined
  passkeys: Passkey[]
  /** challenge of a registration under way, base64url */
  pendingPasskey: string | undefined
  devices: Device[]
  /** sign-up, forgotten password, attribute verification; by purpose */
  codes: Record<string, Code>
}

/** One sign-in under way, from the first factor on. */
export interface Attempt {
  readonly clientId: string
  /** the real username, or the made-up UUID of an unknown one */
  readonly username: string
  /** the name as it was typed: made-up parameters are derived from it */
  readonly typed: string
  /** made-up parameters for a user that does not exist */
  readonly decoy: boolean
  /** the user that this sign-in began with, and its credentials then; empty for a made-up one */
  readonly sub: string
  credentialVersion: number
  /** AuthFlowType */
  readonly flow: string
  deviceKey: string | undefined
  deviceVerified: boolean
  /** nothing is left to ask: a second factor was passed, or the triggers stand in for it */
  mfaDone: boolean
  /** a second factor was passed in this sign-in */
  mfaPassed: boolean
  /** the factors passed, by their names in `amr` */
  methods?: string[]
  /** step-up: the level to reach, 1 to 4 */
  target?: number
  /** step-up: when the credited factors were passed */
  authTime?: number | undefined
  /** the password was a temporary one and has been changed in this sign-in */
  newPassword: boolean
  /** rounds of a CUSTOM_AUTH flow as the triggers see them */
  rounds: { challengeName: string; challengeResult: boolean; challengeMetadata?: string }[] | undefined
}

/** One challenge that waits for its answer. */
export interface Session {
  readonly id: string
  readonly challenge: string
  readonly attempt: Attempt
  readonly expiresAt: number
  /** the code that was sent, the options of a passkey, what a trigger keeps to itself… */
  readonly data: Readonly<Record<string, string>>
  used: boolean
  /** wrong answers so far */
  tries: number
}

/** One SRP exchange, found by its SECRET_BLOCK. Not one-shot: Amazon's own clients send the same one twice. */
export interface Exchange {
  readonly secretBlock: string
  readonly kind: 'user' | 'device'
  readonly srpA: string
  /** secret state of the SRP server */
  readonly server: string
  readonly attempt: Attempt
  /** the Session that must come with the answer, where one was given */
  readonly session: string | undefined
  readonly expiresAt: number
}

/** The refresh tokens of one sign-in, and through origin_jti its access tokens. */
export interface Grant {
  readonly originJti: string
  readonly clientId: string
  readonly username: string
  readonly sub: string
  readonly deviceKey: string | undefined
  /** the pool tracks devices and this sign-in got none: its refresh tokens do not work */
  readonly withoutDevice: boolean
  /** its refresh tokens */
  readonly tokens: string[]
  readonly authTime: number
  /** the factors passed, by their names in `amr` */
  readonly methods?: readonly string[]
  /** a level was asked for */
  readonly steppedUp?: boolean
  readonly expiresAt: number
  /** when it last gave tokens */
  lastActiveAt: number
  revoked: boolean
}

/** One refresh token of a grant. */
export interface RefreshToken {
  readonly token: string
  readonly originJti: string
  /** when rotation replaced it */
  rotatedAt: number | undefined
}

/** Wrong passwords of one user name. */
export interface Failures {
  count: number
  lastAt: number
  lockedUntil: number
}

/** A whole pool. */
export interface PoolState {
  readonly id: string
  settings: Settings
  readonly clients: Map<string, Client>
  readonly users: Map<string, User>
  readonly groups: Map<string, Group>
  readonly sessions: Map<string, Session>
  readonly exchanges: Map<string, Exchange>
  readonly grants: Map<string, Grant>
  readonly refreshTokens: Map<string, RefreshToken>
  /** by username or made-up UUID */
  readonly failures: Map<string, Failures>
  /** keys the made-up parameters of unknown users, base64url */
  readonly decoySeed: string
  signingKey: PrivateJwk | undefined
}
