import type { AbortSignalLike } from './api.js'
import { type AppClient, readClient } from './app-client.js'
import { allChallenges } from './challenges/all.js'
import type { Challenges } from './challenges/challenge.js'
import { takePassword, takesPassword } from './challenges/password.js'
import { devicesOf, exchange, follow } from './conversation.js'
import type { DeviceCredentials } from './devices/types.js'
import { booleanIfAny, object, own, text, textIfAny } from './errors.js'
import { readOptions } from './requests.js'
import type { State } from './state.js'
import type { FirstFactor, RequestOptions, Step } from './step.js'

/** The way to sign in: the service's AuthFlow. The ADMIN_… ones go through `adminSdkApi`. */
export type Flow =
  | 'USER_SRP_AUTH'
  | 'USER_PASSWORD_AUTH'
  | 'USER_AUTH'
  | 'CUSTOM_AUTH'
  | 'ADMIN_USER_PASSWORD_AUTH'
  | 'ADMIN_NO_SRP_AUTH'

/** The challenge that USER_AUTH is to begin with; `string` for those to come. */
export type PreferredChallenge = FirstFactor | (string & Record<never, never>)

/** The user who signs in, and the flow. */
export interface SignInRequest extends RequestOptions {
  /** The name as typed: the user name or an alias (e-mail address, phone number) that the pool allows. */
  readonly username: string
  /** Never stored, never in a saved step. CUSTOM_AUTH begins with SRP if it is given. */
  readonly password?: string | undefined
  /** USER_SRP_AUTH if left out. */
  readonly flow?: Flow | undefined
  /** USER_AUTH: without it the service offers a choice. */
  readonly preferredChallenge?: PreferredChallenge | undefined
  /**
   * Let the service ask for the password itself after SRP. Left out, such a challenge is a FlowError
   * `unexpected-challenge`: anyone who ends the TLS connection could ask for it. The flows that send passwords need no leave.
   */
  readonly allowPlainPassword?: boolean | undefined
  /** USER_AUTH: the session that ConfirmSignUp returned, to sign in a new user without another question. */
  readonly session?: string | undefined
  /** A device that signed in before, as plain values in place of a store's record. A saved step does not hold it. */
  readonly device?: DeviceCredentials | undefined
  /** The name of a new device in the service's lists. */
  readonly deviceName?: string | undefined
  /** USER_AUTH, step-up: the levels of authentication that the tokens are to reach, from highest to lowest priority. */
  readonly acrValues?: string | readonly string[] | undefined
  /** USER_AUTH, step-up: seconds since the last authentication after which the access token earns no credit. */
  readonly maxAge?: number | undefined
  /** USER_AUTH, step-up: the access token of the user's present sign-in, with `acrValues`. */
  readonly accessToken?: string | undefined
  /** Ends the requests of this call; later answers take their own. */
  readonly signal?: AbortSignalLike | undefined
}

/**
 * Begin a sign-in and follow it as far as it goes without asking a person: SRP, and the proof of a remembered device.
 *
 * @param client - The app client to sign in to.
 * @param request - The `username`, its `password`, the `flow` (USER_SRP_AUTH if left out) and further settings.
 * @returns `signed-in` with the tokens, or the step that a person must answer.
 * @throws TypeError or RangeError naming a wrong argument; {@link FlowError}; `SrpError` if the service's SRP values are
 * not acceptable; and the exceptions of the service, untouched.
 * @example
 * const step = await signIn(client, { username, password })
 * if (step.kind === 'code') await step.answer(code)
 */
export const signIn = (client: AppClient, request: SignInRequest): Promise<Step> =>
  signInWith(allChallenges, client, request)

/**
 * Begin a sign-in as `signIn` of `cognito-srp-flows` does, with the handlers of the challenges that are named here. An
 * app bundles those alone; any other challenge is a step of the kind `other`.
 *
 * @param challenges - Sets of handlers, spread into one object. `passwordProofs` is needed for SRP, and `deviceProofs`
 * for all that concerns devices: without it `devices` of the client and `device` of the request do nothing.
 * @param client - The app client to sign in to.
 * @param request - The `username`, its `password`, the `flow` (USER_SRP_AUTH if left out) and further settings.
 * @returns `signed-in` with the tokens, or the step that a person must answer.
 * @throws TypeError or RangeError naming a wrong argument; {@link FlowError}; `SrpError` if the service's SRP values are
 * not acceptable; and the exceptions of the service, untouched.
 * @example
 * const step = await signInWith({ ...passwordProofs, ...codes }, client, { username, password })
 * if (step.kind === 'code') await step.answer(code)
 */
export async function signInWith(challenges: Challenges, client: AppClient, request: SignInRequest): Promise<Step> {
  object(challenges, 'challenges')
  const known = readClient(client)
  const fields = own(request, 'request')
  const { flow = 'USER_SRP_AUTH', password, allowPlainPassword } = fields
  const options = readOptions(fields, 'request')
  const flows = takesPassword(text(flow, 'flow')) ? /_AUTH$/ : /^(USER|CUSTOM)_AUTH$/
  if (!flows.test(flow)) throw new RangeError(`flow: ${flow.slice(0, 40)} does not begin a sign-in`)
  const read = (name: 'preferredChallenge' | 'session' | 'deviceName' | 'accessToken') => textIfAny(fields[name], name)
  const preferredChallenge = read('preferredChallenge')
  const devices = devicesOf(challenges)
  const state: State = {
    challenge: '',
    parameters: {},
    username: text(fields.username, 'username'),
    // Fields of its own, for nothing of Object.prototype is read in their place.
    alias: undefined,
    deviceKey: undefined,
    session: read('session'),
    // A sign-in that begins without a password has not decided that.
    plainPassword: booleanIfAny(allowPlainPassword, 'allowPlainPassword') ? 'accepted' : 'undecided',
    deviceName: read('deviceName'),
    metadata: options.metadata,
  }
  const custom = flow === 'CUSTOM_AUTH' && password !== undefined
  const parameters = {
    PREFERRED_CHALLENGE: preferredChallenge,
    // The name is CHALLENGE_NAME here, although the documentation has ChallengeName in places.
    CHALLENGE_NAME: custom ? 'SRP_A' : undefined,
    ...stepUpOf(fields),
    ACCESS_TOKEN: read('accessToken'),
  }
  const device = devices?.read(fields.device)
  // The way that the password goes out, if at all, in the words that `takePassword` knows.
  const method = custom ? 'PASSWORD_SRP' : flow === 'USER_AUTH' ? (preferredChallenge ?? '') : flow
  const begun = { client: known, state }
  const { responses, secrets = {} } = takesPassword(method) ? takePassword(begun, method, password) : {}
  const context = { ...begun, challenges, devices, device, secrets, options }
  await devices?.name(context)
  const head = { AuthFlow: flow }
  return follow(
    context,
    await exchange(context, 'InitiateAuth', head, 'AuthParameters', { ...parameters, ...responses }),
  )
}

function stepUpOf({ acrValues, maxAge }: SignInRequest) {
  const levels = Array.isArray(acrValues) ? acrValues.map((one) => text(one, 'acrValues')).join(' ') : acrValues
  if (maxAge !== undefined && !(Number.isSafeInteger(maxAge) && maxAge >= 0))
    throw new RangeError('maxAge: expected a number of seconds')
  return {
    TARGET_ACR_VALUES: textIfAny(levels, 'acrValues'),
    MAX_AGE: maxAge === undefined ? undefined : String(maxAge),
  }
}
