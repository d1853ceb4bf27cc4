import type { AnyOperation } from './api.js'
import type { AppClient } from './app-client.js'
import type { ChallengeContext, Conversation, Draft, Outcome, Secrets } from './challenges/challenge.js'
import { other } from './challenges/custom.js'
import { refuseReveal } from './challenges/password.js'
import { usernameOf } from './claims.js'
import { FlowError, ownValue } from './errors.js'
import {
  bad,
  type Fields,
  fields,
  hide,
  isException,
  isFields,
  isName,
  isText,
  isTextMap,
  isTexts,
  optional,
  readTokens,
  required,
} from './replies.js'
import { answer, type CallOptions, present, readOptions } from './requests.js'
import { type State, saveState } from './state.js'
import type { AnswerOptions, PendingStep, Responses, SignedIn, Step } from './step.js'

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

/** Return the part of a sign-in that knows of devices: it comes with the handlers of a device's proof. */
const devicesOf = ({ challenges }: Conversation) => ownValue(challenges, 'DEVICE_SRP_AUTH')?.devices

/** Send one request of the sign-in, and once more without DEVICE_KEY where the service does not know the device. */
export async function exchange(
  conversation: Conversation,
  operation: AnyOperation,
  state: State,
  build: () => Fields,
  options: CallOptions,
): Promise<unknown> {
  const devices = devicesOf(conversation)
  try {
    return await send(conversation.client, operation, build(), options)
  } catch (error) {
    if (!devices || !state.deviceKey) throw error
    await devices.refused(conversation, state, error)
    return send(conversation.client, operation, build(), options)
  }
}

/** Return the key of the device that a sign-in goes on with, if there is one. */
export const findDeviceKey = async (conversation: Conversation, username: string): Promise<string | undefined> =>
  (await devicesOf(conversation)?.find(conversation, username))?.deviceKey

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
  if (!isTextMap(parameters)) throw bad('ChallengeParameters has the wrong type')
  const username = optional(parameters, 'USERNAME', isName) || optional(parameters, 'USER_ID_FOR_SRP', isName)
  return {
    ...before,
    challenge: required(source, 'ChallengeName', isText),
    parameters,
    username: username || before.username,
    alias: before.alias ?? (username && username !== before.username ? before.username : undefined),
    session: optional(source, 'Session', isText),
    choices: optional(source, 'AvailableChallenges', isTexts)?.slice(),
    secretCode: undefined,
    verified: undefined,
  }
}

function handlerOf({ challenges }: Conversation, state: State) {
  refuseReveal(state)
  // The name comes from the service or a saved text, and may be one of a prototype.
  return ownValue(challenges, state.challenge)
}

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
    findDevice: async () => devicesOf(conversation)?.find(conversation, state.username),
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
  // The draft itself: a copy would lose what is not enumerable.
  return Object.assign(draft as object, step) as PendingStep
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
  const device = await devicesOf(conversation)?.settle(conversation, state, result, username, options)
  const step: SignedIn = { kind: 'signed-in', username, tokens, ...(device && { device }) }
  return hide(step, 'tokens')
}
