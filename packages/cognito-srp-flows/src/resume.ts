import { stepAt } from './conversation.js'
import { FlowError } from './errors.js'
import { checkPool, type Pool, type State } from './pool.js'
import { isFields, isFlag, isText, isTextMap, isTexts, optional, parse, required } from './replies.js'
import type { PendingStep } from './step.js'

const BAD = 'bad-saved-step'
const isMetadata = (value: unknown): value is Record<string, object> =>
  isFields(value) && Object.values(value).every(isFields)

/**
 * The step that `step.save()` wrote: after a reload, in another process, at the edge. Asks nobody; whether the service
 * still knows the session shows when the step is answered (`session-lost`).
 *
 * @param pool - The same user pool and app client.
 * @throws FlowError `bad-saved-step` for a text that `save` did not write, `wrong-pool` for one of another pool or client.
 */
export function resume(pool: Pool, saved: string): PendingStep {
  checkPool(pool)
  if (!isText(saved)) throw new TypeError('saved: expected the text that save() returned')
  const from = parse(saved, 'the saved step', isFields, BAD)
  if (from.v !== 1) throw new FlowError(BAD, 'the saved step has another version')
  if (from.userPoolId !== pool.userPoolId || from.clientId !== pool.clientId) {
    throw new FlowError('wrong-pool', 'the step was saved for another user pool or app client')
  }
  const state: State = {
    challenge: required(from, 'challenge', isText, BAD),
    parameters: required(from, 'parameters', isTextMap, BAD),
    username: required(from, 'username', isText, BAD),
    alias: optional(from, 'alias', isText, BAD),
    session: optional(from, 'session', isText, BAD),
    deviceKey: optional(from, 'deviceKey', isText, BAD),
    choices: optional(from, 'choices', isTexts, BAD),
    secretCode: optional(from, 'secretCode', isText, BAD),
    verified: optional(from, 'verified', isFlag, BAD),
    metadata: required(from, 'metadata', isMetadata, BAD),
  }
  try {
    return stepAt(pool, state)
  } catch (error) {
    // A challenge whose parameters cannot be read was not written by `save`.
    throw error instanceof FlowError ? new FlowError(BAD, error.message, error) : error
  }
}
