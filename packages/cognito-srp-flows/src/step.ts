import type { AbortSignalLike } from './api.js'

/** The tokens of a user who is signed in. `JSON.stringify` prints all of it: these are secrets. */
export interface Tokens {
  readonly accessToken: string
  readonly idToken: string
  /** Absent where the service gives none. */
  readonly refreshToken?: string
  readonly tokenType: string
  /** Lifetime of the access token, in seconds. */
  readonly expiresIn: number
}

/** Optional fields of every request to the service, with the field names of the Cognito API reference. */
export interface RequestOptions {
  /** For the pool's Lambda triggers. */
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined
  readonly analyticsMetadata?: { readonly AnalyticsEndpointId?: string } | undefined
  /** Data of threat protection; through `adminSdkApi` a whole {@link ContextData}. */
  readonly userContextData?: UserContextData | ContextData | undefined
}

/** The user's device, for threat protection. */
export interface UserContextData {
  /** The data that the service's own script collected. */
  readonly EncodedData?: string
  readonly IpAddress?: string
  /** Never here: an object that names one of these is a {@link ContextData}, and has to be whole. */
  readonly ServerName?: never
  readonly ServerPath?: never
  readonly HttpHeaders?: never
}

/** The user's request to your server, for threat protection: for the admin calls, which need all but the last. */
export interface ContextData {
  readonly IpAddress: string
  readonly ServerName: string
  readonly ServerPath: string
  readonly HttpHeaders: readonly { readonly headerName: string; readonly headerValue: string }[]
  readonly EncodedData?: string
}

/** For one answer: what it carries replaces what was given to `signIn`, and `signal` ends the requests it makes. */
export interface AnswerOptions extends RequestOptions {
  readonly signal?: AbortSignalLike | undefined
}

/** The answers to a challenge, as the service names them: `ChallengeResponses`. */
export type Responses = Record<string, string>

/** The device of a completed sign-in. */
export interface DeviceInfo {
  readonly deviceKey: string
  /** The service's name of the device's group. Absent where only the key is known. */
  readonly deviceGroupKey?: string
  /** The device's password, its proof at the next sign-in. A secret: not enumerable, so that logging the step does not print it. */
  readonly devicePassword?: string
  /**
   * - `known`: this device signed in before.
   * - `confirmed`: it is new, and the service now knows it.
   * - `ask-user`: it is new and confirmed, but remembered only after `rememberDevice`, for which the pool wants the user's consent.
   * - `new`: the service offers to track it, and there is no device store: `confirmDevice` accepts.
   * - `failed`: it is new and could not be confirmed or stored; `error` says why. The sign-in stands.
   */
  readonly status: 'known' | 'confirmed' | 'ask-user' | 'new' | 'failed'
  readonly error?: unknown
}

/** The sign-in is complete. */
export interface SignedIn {
  readonly kind: 'signed-in'
  /** The user's name in the pool, whatever was typed. Read from the access token, which no one has verified here. */
  readonly username: string
  /** Not enumerable, so that logging the step does not print it. */
  readonly tokens: Tokens
  readonly device?: DeviceInfo
}

/**
 * The members of every step that waits for a person. A step takes one answer, and a second use is a `FlowError` with the code
 * `step-used`. An answer that failed (a wrong code, a lost connection) leaves the step usable, unless the service no longer
 * knows the sign-in (`session-lost`).
 */
interface Pending {
  /** The service's name of the challenge, e.g. `SMS_MFA`. */
  readonly challenge: string
  /**
   * The step as a text for `resume`, in this or another process. It holds the user name, the service's session (good for
   * minutes), the challenge's parameters, and in `set-up-totp` the TOTP secret; never a password. Treat it as a secret:
   * anyone who has it can go on with the sign-in in the user's stead. Keep it on the server, or in an encrypted cookie.
   */
  save(): string
}

/** A one-time code was sent (`sms`, `email`), or the authenticator app shows it (`totp`). */
export interface CodeStep extends Pending {
  readonly kind: 'code'
  readonly via: 'sms' | 'email' | 'totp'
  /** The destination, masked by the service: `+*******1234`. */
  readonly sentTo?: string
  /** The name the user gave to the authenticator app. */
  readonly deviceName?: string
  /** The code as it was typed; the next step comes back. */
  answer(code: string, options?: AnswerOptions): Promise<Step>
}

/** The user must choose a new password, e.g. after an administrator made the account. */
export interface NewPasswordStep extends Pending {
  readonly kind: 'new-password'
  /** Names of the attributes the answer must bring, without the prefix `userAttributes.`. */
  readonly requiredAttributes: readonly string[]
  /** The attributes the user has now. */
  readonly attributes: Readonly<Record<string, string>>
  /** The new password and at least the required attributes; the next step comes back. */
  answer(newPassword: string, attributes?: Readonly<Record<string, string>>, options?: AnswerOptions): Promise<Step>
}

/** A second factor that the user has. */
export type MfaChoice = 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA' | 'EMAIL_OTP'

/** The user has several second factors and picks one of `choices`, e.g. `SMS_MFA`. */
export interface ChooseMfaStep extends Pending {
  readonly kind: 'choose-mfa'
  readonly choices: readonly MfaChoice[]
  /** One of `choices`, or it is a RangeError; the next step comes back. */
  answer(choice: MfaChoice, options?: AnswerOptions): Promise<Step>
}

/** A second factor that can be set up during a sign-in. */
export type MfaSetupChoice = 'SOFTWARE_TOKEN_MFA' | 'EMAIL_OTP'

/** The user must set up a second factor, and picks which. */
export interface ChooseMfaSetupStep extends Pending {
  readonly kind: 'choose-mfa-setup'
  readonly choices: readonly MfaSetupChoice[]
  /** One of `choices`, or it is a RangeError; the next step comes back. */
  answer(choice: MfaSetupChoice, options?: AnswerOptions): Promise<Step>
}

/** The user puts the secret into an authenticator app and answers with the first code it shows. */
export interface SetUpTotpStep extends Pending {
  readonly kind: 'set-up-totp'
  /** Base32. Not enumerable, so that logging the step does not print it. */
  readonly secretCode: string
  /** The `otpauth://` address for a QR code; `issuer` is the name of your app, `account` defaults to the user name. */
  uri(issuer: string, account?: string): string
  /** The first code of the app; `deviceName` is what the user calls the app. */
  answer(code: string, options?: AnswerOptions & { readonly deviceName?: string }): Promise<Step>
}

/** The user gives the e-mail address that is to receive the codes. */
export interface SetUpEmailStep extends Pending {
  readonly kind: 'set-up-email'
  /** The address; a code goes there, and the next step asks for it. */
  answer(email: string, options?: AnswerOptions): Promise<Step>
}

/** A way to begin USER_AUTH. */
export type FirstFactor = 'PASSWORD' | 'PASSWORD_SRP' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN'

/**
 * USER_AUTH: the user picks how to sign in. After SRP `PASSWORD` is not among the choices, for it sends the password
 * itself, unless `signIn` was told `allowPlainPassword`.
 */
export interface ChooseFactorStep extends Pending {
  readonly kind: 'choose-factor'
  readonly choices: readonly FirstFactor[]
  /** One of `choices`, or it is a RangeError. `PASSWORD` and `PASSWORD_SRP` need the password here. */
  answer(choice: FirstFactor, options?: AnswerOptions & { readonly password?: string }): Promise<Step>
}

/** The service asks for the password (`PASSWORD`, `PASSWORD_SRP`, `ADMIN_NO_SRP_AUTH`). */
export interface PasswordStep extends Pending {
  readonly kind: 'password'
  /** The password; the next step comes back. */
  answer(password: string, options?: AnswerOptions): Promise<Step>
}

/** The options of `navigator.credentials.get({ publicKey })`. */
export interface PasskeyRequest {
  readonly challenge: ArrayBuffer
  readonly allowCredentials?: { id: ArrayBuffer; type: 'public-key'; transports?: never }[]
  readonly rpId?: string
  /** Milliseconds. */
  readonly timeout?: number
  readonly userVerification?: 'required' | 'preferred' | 'discouraged'
}

/** The result of `navigator.credentials.get`, or the same with base64url texts, or its JSON text. */
export type PasskeyAnswer = object | string

/** The user signs in with a passkey. */
export interface PasskeyStep extends Pending {
  readonly kind: 'passkey'
  /** For `navigator.credentials.get({ publicKey: step.request })`. */
  readonly request: PasskeyRequest
  /** The text that the service sent, for libraries that take the JSON form. */
  readonly requestJson: string
  /** The result of `navigator.credentials.get`; returns the next step. */
  answer(credential: PasskeyAnswer, options?: AnswerOptions): Promise<Step>
}

/** A challenge of the pool's own Lambda triggers. */
export interface CustomStep extends Pending {
  readonly kind: 'custom'
  readonly parameters: Readonly<Record<string, string>>
  /** Whatever the Lambda triggers ask for; the next step comes back. */
  answer(answer: string, options?: AnswerOptions): Promise<Step>
}

/** A challenge this version does not know, or cannot answer. Answer it with `ChallengeResponses` of your own. */
export interface OtherStep extends Pending {
  readonly kind: 'other'
  readonly parameters: Readonly<Record<string, string>>
  /** USERNAME, SECRET_HASH and DEVICE_KEY are added unless given. */
  answer(responses: Readonly<Responses>, options?: AnswerOptions): Promise<Step>
}

/** A sign-in that waits for someone. */
export type PendingStep =
  | CodeStep
  | NewPasswordStep
  | ChooseMfaStep
  | ChooseMfaSetupStep
  | SetUpTotpStep
  | SetUpEmailStep
  | ChooseFactorStep
  | PasswordStep
  | PasskeyStep
  | CustomStep
  | OtherStep

/** The state of a sign-in: `switch` on `kind`. */
export type Step = SignedIn | PendingStep
