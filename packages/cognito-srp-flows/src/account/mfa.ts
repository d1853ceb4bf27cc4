import type { AppClient } from '../app-client.js'
import { claimsOf } from '../claims.js'
import { FlowError, own, text, textIfAny } from '../errors.js'
import { isText, required } from '../replies.js'
import { totpUri } from '../totp-uri.js'
import { type CallOptions, type SignedInRequest, signedInCall } from './request.js'

/** The use of a second factor: off, on, or preferred. */
export type MfaPreference = 'off' | 'on' | 'preferred'

/** The use of the second factors. One that is left out stays as it is. */
export interface MfaPreferenceRequest extends SignedInRequest {
  readonly sms?: MfaPreference | undefined
  readonly totp?: MfaPreference | undefined
  readonly email?: MfaPreference | undefined
}

function settings(preference: MfaPreference | undefined, name: string): object | undefined {
  if (preference === undefined) return undefined
  if (!['off', 'on', 'preferred'].includes(preference)) throw new RangeError(`${name}: expected off, on or preferred`)
  return { Enabled: preference !== 'off', PreferredMfa: preference === 'preferred' }
}

/**
 * Switch second factors of the user who is signed in on and off (SetUserMFAPreference).
 *
 * @param client - The app client: `{ api, userPoolId, clientId, clientSecret? }`.
 * @param request - `{ accessToken, sms?, totp?, email? }`: the access token (a JWT), and a preference for each factor that is to
 * change.
 * @throws TypeError or RangeError that names a wrong argument; of the service: NotAuthorizedException,
 * InvalidParameterException (no verified address, or no authenticator app).
 * @example
 * await setMfaPreference(client, { accessToken, totp: 'preferred', sms: 'off' })
 */
export async function setMfaPreference(client: AppClient, request: MfaPreferenceRequest): Promise<void> {
  const { given, send } = signedInCall(client, request)
  await send('SetUserMFAPreference', {
    SMSMfaSettings: settings(given.sms, 'sms'),
    SoftwareTokenMfaSettings: settings(given.totp, 'totp'),
    EmailMfaSettings: settings(given.email, 'email'),
  })
}

/** An authenticator app that is being set up. */
export interface TotpSetUp {
  /** Base32. Not enumerable, so that logging the object does not print it. */
  readonly secretCode: string
  /**
   * Return the `otpauth://` address for a QR code.
   *
   * @param issuer - The name of your app.
   * @param account - What the app shows beside it; the user name if left out.
   */
  uri(issuer: string, account?: string): string
  /**
   * Verify the first code of the app (VerifySoftwareToken). It may be tried again.
   *
   * @param code - The code as it was typed.
   * @param options - `deviceName`: the user's name for the app; `signal`: an AbortSignal that ends the request.
   */
  answer(code: string, options?: CallOptions & { readonly deviceName?: string | undefined }): Promise<void>
}

/**
 * Set up an authenticator app for the user who is signed in (AssociateSoftwareToken). Switch it on with
 * `setMfaPreference` once `answer` has verified a code.
 *
 * @param client - The app client: `{ api, userPoolId, clientId, clientSecret? }`.
 * @param request - `{ accessToken }`: a JWT.
 * @returns The secret for the app, and the way to verify its first code.
 * @throws TypeError that names a wrong argument; of the service: NotAuthorizedException, SoftwareTokenMFANotFoundException
 * (the pool has none). `answer` throws EnableSoftwareTokenMFAException and CodeMismatchException for a wrong code.
 * @example
 * const app = await setUpTotp(client, { accessToken })
 * showQrCode(app.uri('Example'))
 * await app.answer(code)
 */
export async function setUpTotp(client: AppClient, request: SignedInRequest): Promise<TotpSetUp> {
  const { given, send } = signedInCall(client, request)
  const secretCode = required(await send('AssociateSoftwareToken'), 'SecretCode', isText)
  const { username } = claimsOf(given.accessToken)
  const made: TotpSetUp = {
    secretCode,
    uri: (issuer, account = isText(username) ? username : 'user') => totpUri(secretCode, issuer, account),
    async answer(code, options = {}) {
      const { deviceName, ...asked } = own(options, 'options')
      const input = { UserCode: text(code, 'code'), FriendlyDeviceName: textIfAny(deviceName, 'deviceName') }
      const reply = await send('VerifySoftwareToken', input, asked)
      if (required(reply, 'Status', isText) !== 'SUCCESS') throw new FlowError('bad-reply', 'Status is not SUCCESS')
    },
  }
  return Object.defineProperty(made, 'secretCode', { enumerable: false })
}
