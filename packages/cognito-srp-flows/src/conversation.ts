import type { Operation } from './api.js'
import { automatic, pendingStep } from './challenges/table.js'
import { FlowError } from './errors.js'
import type { Pool, Secrets, State, Turn, Unsaved } from './pool.js'
import { type Fields, fields, isFields, isText, isTextMap, isTexts, optional, readTokens, required } from './replies.js'
import { answer, metadata, present } from './requests.js'
import type { AnswerOptions, PendingStep, SignedIn, Step } from './step.js'

/** More automatic answers in a row than any sign-in takes: a service that never stops asking. */
const MAX_HOPS = 8

const named = (error: unknown, name: string, message: RegExp): boolean =>
  error instanceof Error && error.name === name && message.test(error.message)

/** One request. A session that the service no longer knows becomes a FlowError; all else passes untouched. */
async function call(pool: Pool, operation: Operation, input: Fields, options: AnswerOptions): Promise<unknown> {
  try {
    return await pool.api.call(operation, present(input), options.signal)
  } catch (error) {
    if (!named(error, 'NotAuthorizedException', /\bsession\b/i)) throw error
    throw new FlowError('session-lost', 'the sign-in has expired or was used up: start again with signIn', error)
  }
}

/** The service does not know the device, or does not believe it. */
const deviceRefused = (error: unknown, challenge: string): boolean =>
  named(error, 'ResourceNotFoundException', /device/i) ||
  named(error, 'InvalidParameterException', /device key/i) ||
  (challenge.startsWith('DEVICE_') && named(error, 'NotAuthorizedException', /(?:)/))

/**
 * One request of the sign-in. Where the service refuses the device, its record is forgotten and the same request goes
 * out once more without DEVICE_KEY; an answer to a DEVICE_… challenge would mean nothing without it.
 */
export async function exchange(
  pool: Pool,
  operation: Operation,
  state: State,
  build: () => Fields,
  options: AnswerOptions,
): Promise<unknown> {
  const { deviceKey, challenge } = state
  try {
    return await call(pool, operation, build(), options)
  } catch (error) {
    if (!deviceKey || !deviceRefused(error, challenge)) throw error
    await pool.devices?.tracking.forget(pool, state.username, deviceKey)
    state.deviceKey = undefined
    if (challenge.startsWith('DEVICE_')) {
      throw new FlowError(
        'device-lost',
        'the service refused this device, it is forgotten: start again with signIn',
        error,
      )
    }
    return call(pool, operation, build(), options)
  }
}

/** From a reply to the next step, answering on the way whatever needs nobody. */
export async function advance(
  pool: Pool,
  before: State,
  reply: unknown,
  options: AnswerOptions,
  secrets: Secrets,
): Promise<Step> {
  const source = fields(reply)
  const result = optional(source, 'AuthenticationResult', isFields)
  if (result) return signedIn(pool, before, result, options)
  const parameters = optional(source, 'ChallengeParameters', isTextMap) ?? {}
  const username = optional(parameters, 'USERNAME', isText) ?? optional(parameters, 'USER_ID_FOR_SRP', isText)
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
  state.deviceKey ??= (await pool.devices?.tracking.find(pool, state.username))?.deviceKey
  const hops = (secrets.hops ?? 0) + 1
  if (hops > MAX_HOPS) throw new FlowError('unexpected-challenge', `${state.challenge}: the challenges do not end`)
  const turn = openTurn(pool, state, options, { ...secrets, hops })
  return (await automatic(turn)) ?? pendingStep(turn)
}

async function signedIn(pool: Pool, state: State, result: Fields, options: AnswerOptions): Promise<SignedIn> {
  const tokens = readTokens(result)
  const device =
    (await pool.devices?.tracking.confirm(pool, state, result, options.signal)) ??
    (state.deviceKey ? ({ deviceKey: state.deviceKey, status: 'known' } as const) : undefined)
  const step: SignedIn = { kind: 'signed-in', tokens, ...(device && { device }) }
  return Object.defineProperty(step, 'tokens', { enumerable: false })
}

/** One challenge, and the means to answer it; `taken` once the service has taken an answer, or the session is gone. */
export function openTurn(pool: Pool, state: State, options: AnswerOptions, secrets: Secrets): Turn {
  let busy = false
  let taken = false
  const claim = () => {
    if (busy || taken)
      throw new FlowError('step-used', 'this step has had its answer: go on with the step that returned')
  }
  return {
    pool,
    state,
    secrets,
    options,
    call: (operation, input, later) => call(pool, operation, input, later),
    next: (more, later = options) => openTurn(pool, { ...state, ...more }, later, secrets),
    async respond(responses, later, next = {}) {
      const build = () => ({ ...answer(pool, state, responses), ...metadata(later) })
      const reply = await exchange(pool, 'RespondToAuthChallenge', state, build, later)
      taken = true
      return advance(pool, state, reply, later, next)
    },
    step<S extends PendingStep>(given: Unsaved<S>): S {
      const ask = given.answer as (...args: unknown[]) => Promise<Step>
      const once = async (...args: unknown[]) => {
        claim()
        busy = true
        try {
          const next = await ask(...args)
          taken = true
          return next
        } catch (error) {
          if (error instanceof FlowError && error.code === 'session-lost') taken = true
          throw error
        } finally {
          busy = false
        }
      }
      const save = () => {
        claim()
        return JSON.stringify({ v: 1, userPoolId: pool.userPoolId, clientId: pool.clientId, ...state })
      }
      return { ...given, challenge: state.challenge, answer: once, save } as unknown as S
    },
  }
}
