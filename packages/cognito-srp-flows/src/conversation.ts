import type { AnyOperation } from './api.js'
import type { AppClient } from './app-client.js'
import type { ChallengeContext, Challenges, Draft, Outcome, Secrets } from './challenges/challenge.js'
import { other } from './challenges/custom.js'
import { usernameOf } from './claims.js'
import type { DeviceCredentials } from './devices/types.js'
import { FlowError } from './errors.js'
import {
  type Fields,
  fields,
  isFields,
  isName,
  isText,
  isTextMap,
  isTexts,
  optional,
  readNewDevice,
  readTokens,
  required,
} from './replies.js'
import { answer, type CallOptions, present, readOptions } from './requests.js'
import { type State, saveState } from './state.js'
import type { AnswerOptions, DeviceInfo, PendingStep, Responses, SignedIn, Step } from './step.js'

/** One sign-in: what stays the same from its first request to its last. */
export interface Conversation {
  readonly client: AppClient
  readonly challenges: Challenges
  /** The device that `signIn` was given as plain values. */
  readonly device?: DeviceCredentials | undefined
  /** The service refused the device: this sign-in goes on without one. */
  deviceRefused?: boolean
}

/** Tell whether an error is an exception of the service, by its name and what its message says. */
const isException = (error: unknown, name: string, message: RegExp): boolean =>
  error instanceof Error && error.name === name && message.test(error.message)

/** Send one request. A session that the service no longer knows becomes a FlowError; all else passes untouched. */
async function send(
  client: AppClient,
  operation: AnyOperation,
  input: Fields,
  { signal }: CallOptions,
): Promise<unknown> {
  try {
    return await client.api.call(operation, present(input), signal)
  } catch (error) {
    if (!isException(error, 'NotAuthorizedException', /\bsession\b/i)) throw error
    throw new FlowError('session-lost', LOST, error)
  }
}

const LOST = 'the sign-in has expired: start again with signIn'

/**
 * Send one request of the sign-in. Where the service does not know the device, its record is forgotten and the same
 * request goes out once more without DEVICE_KEY; an answer to a DEVICE_… challenge would mean nothing without it.
 * A refusal that says nothing of the device (a disabled user, too many attempts, a wrong client secret) leaves it alone.
 */
export async function exchange(
  conversation: Conversation,
  operation: AnyOperation,
  state: State,
  build: () => Fields,
  options: CallOptions,
): Promise<unknown> {
  const { client } = conversation
  const { deviceKey, challenge, username } = state
  try {
    return await send(client, operation, build(), options)
  } catch (error) {
    const proving = challenge.startsWith('DEVICE_')
    const gone = isException(error, 'ResourceNotFoundException', /^Device does not exist\b/)
    const unproven = proving && isException(error, 'NotAuthorizedException', /^Incorrect username or password\b/)
    const unreadable = !proving && isException(error, 'InvalidParameterException', /device key/i)
    if (!deviceKey || !(gone || unproven || unreadable)) throw error
    conversation.deviceRefused = true
    state.deviceKey = undefined
    if (gone || unproven) await client.devices?.tracking.forget(client, username, deviceKey)
    if (proving) {
      throw new FlowError('device-lost', 'the device was refused and is forgotten: start again with signIn', error)
    }
    return send(client, operation, build(), options)
  }
}

const findDevice = async ({ client, device, deviceRefused }: Conversation, username: string) =>
  deviceRefused ? undefined : (device ?? (await client.devices?.tracking.find(client, username)))

/** Return the key of the device that a sign-in goes on with, if there is one. */
export const findDeviceKey = async (conversation: Conversation, username: string): Promise<string | undefined> =>
  (await findDevice(conversation, username))?.deviceKey

/** Follow a sign-in from a reply to the next step, answering on the way all that needs no person. */
export async function follow(
  conversation: Conversation,
  before: State,
  reply: unknown,
  options: CallOptions,
  secrets: Secrets,
): Promise<Step> {
  for (let state = before; ; ) {
    const source = fields(reply)
    const result = optional(source, 'AuthenticationResult', isFields)
    if (result) return signedIn(conversation, state, result, options)
    state = nextState(state, source)
    state.deviceKey ??= await findDeviceKey(conversation, state.username)
    const outcome = await react(contextOf(conversation, state, options, secrets))
    if ('kind' in outcome) return makeStep(conversation, state, outcome)
    reply = await respond(conversation, state, outcome.responses, options)
    secrets = outcome.secrets ?? {}
  }
}

/** Read the next challenge. */
function nextState(before: State, source: Fields): State {
  // A copy: what is checked is what is used.
  const parameters: unknown = { ...optional(source, 'ChallengeParameters', isFields) }
  if (!isTextMap(parameters)) throw new FlowError('bad-reply', 'ChallengeParameters has the wrong type')
  const username = optional(parameters, 'USERNAME', isName) || optional(parameters, 'USER_ID_FOR_SRP', isName)
  return {
    challenge: required(source, 'ChallengeName', isText),
    parameters,
    username: username || before.username,
    alias: before.alias ?? (username && username !== before.username ? before.username : undefined),
    session: optional(source, 'Session', isText),
    plainPassword: before.plainPassword,
    deviceKey: before.deviceKey,
    deviceName: before.deviceName,
    choices: optional(source, 'AvailableChallenges', isTexts)?.slice(),
    metadata: before.metadata,
  }
}

const handlerOf = ({ challenges }: Conversation, { challenge }: State) =>
  // The name comes from the service or a saved text, and may be one of a prototype.
  Object.getOwnPropertyDescriptor(challenges, challenge)?.value as Challenges[string] | undefined

const respond = (conversation: Conversation, state: State, responses: Responses, options: CallOptions) => {
  const build = () => answer(conversation.client, state, responses, options)
  return exchange(conversation, 'RespondToAuthChallenge', state, build, options)
}

type Context = ChallengeContext & { readonly conversation: Conversation }

function contextOf(conversation: Conversation, state: State, options: CallOptions, secrets: Secrets): Context {
  const { client } = conversation
  return {
    conversation,
    client,
    state,
    options,
    secrets,
    findDevice: () => findDevice(conversation, state.username),
    call: async (operation, input, own) => fields(await send(client, operation, input, own)),
  }
}

async function react(context: Context): Promise<Outcome> {
  const handler = handlerOf(context.conversation, context.state)
  return (await handler?.react?.(context)) ?? (handler?.ask ?? other)(context)
}

/** Make the step that waits at a challenge, of which all that is needed was read before. */
export function stepAt(conversation: Conversation, state: State): PendingStep {
  const context = contextOf(conversation, state, readOptions({}), {})
  return makeStep(conversation, state, (handlerOf(conversation, state)?.ask ?? other)(context))
}

/** Complete a draft: `answer` sends what the draft says, can be used once, and `save` writes the state. */
function makeStep(conversation: Conversation, state: State, draft: Draft): PendingStep {
  let ended: 'step-used' | 'session-lost' | undefined
  const claim = () => {
    if (ended === 'session-lost') throw new FlowError(ended, LOST)
    if (ended) throw new FlowError(ended, 'this step was answered: go on with the next one')
  }
  const ask = draft.answer as (given: unknown[], options: CallOptions) => Outcome | Promise<Outcome>
  const step = {
    challenge: state.challenge,
    async answer(...given: unknown[]): Promise<Step> {
      claim()
      ended = 'step-used'
      let accepted = false
      try {
        const last = given[draft.kind === 'new-password' ? 2 : 1] as AnswerOptions | undefined
        const options = readOptions(last === undefined ? {} : last)
        const outcome = await ask(given, options)
        if ('kind' in outcome) return makeStep(conversation, state, outcome)
        const reply = await respond(conversation, state, outcome.responses, options)
        accepted = true
        return await follow(conversation, state, reply, options, outcome.secrets ?? {})
      } catch (error) {
        // What the service refused, or never saw, can be answered again; a session that it has used up cannot.
        const lost = accepted || (error instanceof FlowError && error.code === 'session-lost')
        ended = lost ? 'session-lost' : undefined
        throw error
      }
    },
    save() {
      claim()
      return saveState(conversation.client, state)
    },
  }
  // Over the draft's own fields, some of which are not enumerable.
  return Object.defineProperties(draft, Object.getOwnPropertyDescriptors(step)) as unknown as PendingStep
}

async function signedIn(
  conversation: Conversation,
  state: State,
  result: Fields,
  options: CallOptions,
): Promise<SignedIn> {
  const tokens = readTokens(result)
  // After USER_PASSWORD_AUTH with an alias only the token knows the real name.
  const username = usernameOf(tokens.accessToken) ?? state.username
  const device = await deviceOf(conversation, state, result, username, options)
  const step: SignedIn = { kind: 'signed-in', username, tokens, ...(device && { device }) }
  return Object.defineProperty(step, 'tokens', { enumerable: false })
}

async function deviceOf(
  conversation: Conversation,
  { alias, deviceKey, deviceName, username: typed }: State,
  result: Fields,
  username: string,
  { signal }: CallOptions,
): Promise<DeviceInfo | undefined> {
  const { client } = conversation
  const device = readNewDevice(result)
  if (device) {
    const accessToken = required(result, 'AccessToken', isText)
    const given = { ...device, accessToken, deviceName, signal }
    const names = { username, alias: alias ?? typed }
    return (await client.devices?.tracking.confirm(client, names, given)) ?? { ...device, status: 'new' }
  }
  if (!deviceKey) return undefined
  const known = await findDevice(conversation, username)
  return deviceInfo(known?.deviceKey === deviceKey ? known : { deviceKey }, 'known')
}

/** Describe a device, its password where no logger prints it. */
export function deviceInfo(
  { devicePassword, ...keys }: Partial<DeviceCredentials> & { readonly deviceKey: string },
  status: DeviceInfo['status'],
): DeviceInfo {
  const info: DeviceInfo = { ...keys, status }
  return devicePassword === undefined ? info : Object.defineProperty(info, 'devicePassword', { value: devicePassword })
}
