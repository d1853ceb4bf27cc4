import type { Operation } from './api.js'
import type { AppClient, Secrets, State, Turn, Unsaved } from './app-client.js'
import { automatic, pendingStep } from './challenges/table.js'
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
  readTokens,
  required,
} from './replies.js'
import { answer, metadata, present } from './requests.js'
import type { AnswerOptions, PendingStep, SignedIn, Step } from './step.js'

/** An exception of the service, by its name and what its message says. */
const named = (error: unknown, name: string, message = /./): boolean =>
  error instanceof Error && error.name === name && message.test(error.message)

/** One request. A session that the service no longer knows becomes a FlowError; all else passes untouched. */
async function call(client: AppClient, operation: Operation, input: Fields, options: AnswerOptions): Promise<unknown> {
  metadata(options)
  try {
    return await client.api.call(operation, present(input), options.signal)
  } catch (error) {
    if (!named(error, 'NotAuthorizedException', /\bsession\b/i)) throw error
    throw new FlowError('session-lost', 'the sign-in has expired: start again with signIn', error)
  }
}

/** The service does not know the device, or does not believe it. */
const deviceRefused = (error: unknown, challenge: string): boolean =>
  named(error, 'ResourceNotFoundException', /device/i) ||
  named(error, 'InvalidParameterException', /device key/i) ||
  (challenge.startsWith('DEVICE_') && named(error, 'NotAuthorizedException'))

/**
 * One request of the sign-in. Where the service refuses the device, its record is forgotten and the same request goes
 * out once more without DEVICE_KEY; an answer to a DEVICE_… challenge would mean nothing without it.
 */
export async function exchange(
  client: AppClient,
  operation: Operation,
  state: State,
  build: () => Fields,
  options: AnswerOptions,
): Promise<unknown> {
  const { deviceKey, challenge } = state
  try {
    return await call(client, operation, build(), options)
  } catch (error) {
    if (!deviceKey || !deviceRefused(error, challenge)) throw error
    await client.devices?.tracking.forget(client, state.username, deviceKey)
    state.deviceKey = undefined
    if (challenge.startsWith('DEVICE_')) {
      throw new FlowError('device-lost', 'the device was refused and is forgotten: start again with signIn', error)
    }
    return call(client, operation, build(), options)
  }
}

/** From a reply to the next step, answering on the way whatever needs nobody. */
export async function advance(
  client: AppClient,
  before: State,
  reply: unknown,
  options: AnswerOptions,
  secrets: Secrets,
): Promise<Step> {
  const source = fields(reply)
  const result = optional(source, 'AuthenticationResult', isFields)
  if (result) return signedIn(client, before, result, options)
  const parameters = optional(source, 'ChallengeParameters', isTextMap) ?? {}
  const username = optional(parameters, 'USERNAME', isName) ?? optional(parameters, 'USER_ID_FOR_SRP', isName)
  const state: State = {
    challenge: required(source, 'ChallengeName', isText),
    parameters,
    username: username || before.username,
    alias: before.alias ?? (username && username !== before.username ? before.username : undefined),
    session: optional(source, 'Session', isText),
    deviceKey: before.deviceKey,
    choices: optional(source, 'AvailableChallenges', isTexts),
    metadata: before.metadata,
  }
  state.deviceKey ??= (await client.devices?.tracking.find(client, state.username))?.deviceKey
  const turn = openTurn(client, state, options, secrets)
  return (await automatic(turn)) ?? pendingStep(turn)
}

/** The step that waits at a challenge, of which all that is needed was read before. */
export const stepAt = (client: AppClient, state: State): PendingStep => pendingStep(openTurn(client, state, {}, {}))

async function signedIn(client: AppClient, state: State, result: Fields, options: AnswerOptions): Promise<SignedIn> {
  const tokens = readTokens(result)
  const device =
    (await client.devices?.tracking.confirm(client, state, result, options.signal)) ??
    (state.deviceKey ? ({ deviceKey: state.deviceKey, status: 'known' } as const) : undefined)
  const step: SignedIn = { kind: 'signed-in', tokens, ...(device && { device }) }
  return Object.defineProperty(step, 'tokens', { enumerable: false })
}

/** One challenge, and the means to answer it. */
function openTurn(client: AppClient, state: State, options: AnswerOptions, secrets: Secrets): Turn {
  return {
    client,
    state,
    secrets,
    options,
    call: (operation, input, later) => call(client, operation, input, later),
    async respond(responses, later, kept = {}) {
      const build = () => ({ ...answer(client, state, responses), ...metadata(later) })
      return advance(client, state, await exchange(client, 'RespondToAuthChallenge', state, build, later), later, kept)
    },
    step<S extends PendingStep>(given: Unsaved<S>): S {
      let used = false
      const claim = () => {
        if (used) throw new FlowError('step-used', 'this step was answered: go on with the next one')
      }
      const ask = given.answer as (...args: unknown[]) => Promise<Step>
      return {
        ...given,
        challenge: state.challenge,
        async answer(...args: unknown[]) {
          claim()
          used = true
          try {
            return await ask(...args)
          } catch (error) {
            // What the service refused, or never saw, can be answered again; a lost session cannot.
            used = (error as Partial<FlowError>).code === 'session-lost'
            throw error
          }
        },
        save() {
          claim()
          return JSON.stringify({ v: 1, userPoolId: client.userPoolId, clientId: client.clientId, ...state })
        },
      } as unknown as S
    },
  }
}
