import type { AbortSignalLike } from './api.js'
import { type AppClient, checkAppClient, type State } from './app-client.js'
import { withPassword } from './challenges/password.js'
import { advance, exchange } from './conversation.js'
import { text, textIfAny } from './errors.js'
import { initiate, metadata } from './requests.js'
import type { RequestOptions, Step } from './step.js'

/** How to sign in: the service's AuthFlow. The ADMIN_… ones go through `adminSdkApi`. */
export type Flow =
  | 'USER_SRP_AUTH'
  | 'USER_PASSWORD_AUTH'
  | 'USER_AUTH'
  | 'CUSTOM_AUTH'
  | 'ADMIN_USER_PASSWORD_AUTH'
  | 'ADMIN_NO_SRP_AUTH'

/** The challenge that USER_AUTH shall begin with; `string` for those to come. */
export type PreferredChallenge =
  | 'PASSWORD_SRP'
  | 'PASSWORD'
  | 'WEB_AUTHN'
  | 'EMAIL_OTP'
  | 'SMS_OTP'
  | (string & Record<never, never>)

export interface SignInRequest extends RequestOptions {
  /** What the user typed: the user name or an alias (e-mail address, phone number) that the pool allows. */
  readonly username: string
  /** Never stored, never in a saved step. CUSTOM_AUTH begins with SRP if it is given. */
  readonly password?: string | undefined
  /** The default is USER_SRP_AUTH. */
  readonly flow?: Flow | undefined
  /** USER_AUTH: without it the service offers a choice. */
  readonly preferredChallenge?: PreferredChallenge | undefined
  /** USER_AUTH: the session that ConfirmSignUp returned, to sign in a new user without another question. */
  readonly session?: string | undefined
  /** Ends the requests of this call; later answers take their own. */
  readonly signal?: AbortSignalLike | undefined
}

const FLOWS = /^(USER_(SRP_|PASSWORD_)?AUTH|CUSTOM_AUTH|ADMIN_(USER_PASSWORD|NO_SRP)_AUTH)$/

const NOTHING = { responses: {}, secrets: {} }

/**
 * Begins a sign-in and follows it as far as it goes without asking anybody: SRP, and the proof of a remembered device.
 *
 * @returns `signed-in` with the tokens, or the step that somebody must answer.
 * @throws TypeError or RangeError naming a wrong argument; {@link FlowError}; `SrpError` if the service's SRP values are
 * not acceptable; and the exceptions of the service, untouched.
 * @example
 * const step = await signIn(client, { username, password })
 * if (step.kind === 'code') await step.answer(code)
 */
export async function signIn(client: AppClient, request: SignInRequest): Promise<Step> {
  checkAppClient(client, request)
  const { flow = 'USER_SRP_AUTH', password, preferredChallenge, session, signal } = request
  if (!FLOWS.test(text(flow, 'flow'))) throw new RangeError(`flow: ${flow.slice(0, 40)} does not begin a sign-in`)
  textIfAny(preferredChallenge, 'preferredChallenge')
  const state: State = {
    challenge: '',
    parameters: {},
    username: text(request.username, 'username'),
    session: textIfAny(session, 'session'),
    metadata: metadata(request),
  }
  const custom = flow === 'CUSTOM_AUTH' && password !== undefined
  // How the password goes out, if at all, in the words that `withPassword` knows.
  const method = custom ? 'SRP' : flow === 'USER_AUTH' ? (preferredChallenge ?? '') : flow
  const needsPassword = /PASSWORD|SRP/.test(method)
  const { responses, secrets } = needsPassword ? withPassword(client, method, text(password, 'password')) : NOTHING
  const parameters = {
    PREFERRED_CHALLENGE: preferredChallenge,
    // The name is CHALLENGE_NAME here, although the documentation has ChallengeName in places.
    CHALLENGE_NAME: custom ? 'SRP_A' : undefined,
    ...responses,
  }
  state.deviceKey = (await client.devices?.tracking.find(client, state.username))?.deviceKey
  const reply = await exchange(client, 'InitiateAuth', state, () => initiate(client, flow, state, parameters), {
    signal,
  })
  return advance(client, state, reply, request, secrets)
}
