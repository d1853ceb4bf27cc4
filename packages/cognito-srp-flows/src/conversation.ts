import type { AnyOperation } from './api.js'
import type {
  ChallengeContext,
  ChallengeHandler,
  Challenges,
  DeviceSupport,
  Draft,
  Outcome,
} from './challenges/challenge.js'
import { other } from './challenges/custom.js'
import { refuseReveal } from './challenges/password.js'
import { usernameOf } from './claims.js'
import { FlowError, ownValue } from './errors.js'
import {
  bad,
  type Fields,
  fields,
  hide,
  isFields,
  isName,
  isText,
  isTextMap,
  isTexts,
  optional,
  readTokens,
  required,
} from './replies.js'
import { authRequest, type CallOptions, LOST, readOptions, send } from './requests.js'
import { type State, saveState } from './state.js'
import type { AnswerOptions, PendingStep, Responses, SignedIn, Step } from './step.js'

/** Send one request of the sign-in, as `authRequest` builds it. */
export function exchange(
  context: ChallengeContext,
  operation: AnyOperation,
  head: Fields,
  field: string,
  answers: Record<string, string | undefined>,
): Promise<unknown> {
  const request = () => send(context, operation, authRequest(context, head, field, answers))
  return context.devices ? context.devices.send(context, request) : request()
}

/** Follow a sign-in from a reply to the next step, answering on the way all that needs no person. */
export async function follow(before: ChallengeContext, reply: unknown): Promise<Step> {
  for (let context = before; ; ) {
    const source = fields(reply)
    const result = optional(source, 'AuthenticationResult', isFields)
    if (result) return signedIn(context, result)
    context = { ...context, state: nextState(context.state, source) }
    await context.devices?.name(context)
    const outcome = (await handlerOf(context)?.react?.(context)) ?? ask(context)
    if ('kind' in outcome) return makeStep(context, outcome)
    reply = await respond(context, outcome.responses)
    context = { ...context, secrets: outcome.secrets ?? {} }
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

function handlerOf({ challenges, state }: ChallengeContext): ChallengeHandler | undefined {
  refuseReveal(state)
  // The name comes from the service or a saved text, and may be one of a prototype.
  return ownValue(challenges, state.challenge)
}

const ask = (context: ChallengeContext): Draft => (handlerOf(context)?.ask ?? other)(context)

const respond = (context: ChallengeContext, responses: Responses) =>
  exchange(
    context,
    'RespondToAuthChallenge',
    { ChallengeName: context.state.challenge },
    'ChallengeResponses',
    responses,
  )

/** Return the part of a sign-in that knows of devices: it comes with the handlers of a device's proof. */
export const devicesOf = (challenges: Challenges): DeviceSupport | undefined =>
  ownValue(challenges, 'DEVICE_SRP_AUTH')?.devices

/** Make the step that waits at a challenge, of which all that is needed was read before. */
export const stepAt = (context: ChallengeContext): PendingStep => makeStep(context, ask(context))

/** Complete a draft: `answer` sends what the draft says, can be used once, and `save` writes the state. */
function makeStep(context: ChallengeContext, draft: Draft): PendingStep {
  const { client, state } = context
  let ended: 'step-used' | 'session-lost' | undefined
  const claim = () => {
    const why = ended === 'session-lost' ? LOST : 'this step was answered: go on with the next one'
    if (ended) throw new FlowError(ended, why)
  }
  const take = draft.answer as (given: unknown[], options: CallOptions) => Outcome | Promise<Outcome>
  const step = {
    challenge: state.challenge,
    async answer(...given: unknown[]): Promise<Step> {
      claim()
      ended = 'step-used'
      let accepted = false
      try {
        const options = readOptions(given[draft.kind === 'new-password' ? 2 : 1] as AnswerOptions | undefined)
        const outcome = await take(given, options)
        if ('kind' in outcome) return makeStep(context, outcome)
        const answering = { ...context, options, secrets: outcome.secrets ?? {} }
        const reply = await respond(answering, outcome.responses)
        accepted = true
        return await follow(answering, reply)
      } catch (error) {
        // A step that the service refused, or never saw, can be answered again; a session that it has used up cannot.
        const lost = accepted || (error instanceof FlowError && error.code === 'session-lost')
        ended = lost ? 'session-lost' : undefined
        throw error
      }
    },
    save() {
      claim()
      return saveState(client, state)
    },
  }
  // The draft itself: a copy would lose what is not enumerable.
  return Object.assign(draft as object, step) as PendingStep
}

async function signedIn(context: ChallengeContext, result: Fields): Promise<SignedIn> {
  const tokens = readTokens(result)
  // After USER_PASSWORD_AUTH with an alias only the token knows the real name.
  const username = usernameOf(tokens.accessToken) ?? context.state.username
  const device = await context.devices?.settle(context, result, username)
  const step: SignedIn = { kind: 'signed-in', username, tokens, ...(device && { device }) }
  return hide(step, 'tokens')
}
