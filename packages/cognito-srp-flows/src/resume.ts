import { type AppClient, checkAppClient, type State } from './app-client.js'
import { stepAt } from './conversation.js'
import { FlowError } from './errors.js'
import { isFields, isFlag, isText, isTextMap, isTexts, optional, parse, required } from './replies.js'
import type { PendingStep } from './step.js'

/** Characters; a session and the challenge's parameters are far shorter. */
const LONGEST_SAVED = 1 << 20

const isMetadata = (value: unknown): value is Record<string, object> =>
  isFields(value) && Object.values(value).every(isFields)

/**
 * The step that `step.save()` wrote: after a reload, in another process, at the edge. Asks nobody; whether the service
 * still knows the session shows when the step is answered (`session-lost`).
 *
 * @param pool - The same user pool and app client.
 * @throws FlowError `bad-saved-step` for a text that `save` did not write, `wrong-pool` for one of another pool or client.
 */
export function resume(client: AppClient, saved: string): PendingStep {
  checkAppClient(client, client)
  if (typeof saved !== 'string') throw new TypeError('saved: expected the text that save() returned')
  try {
    if (saved.length > LONGEST_SAVED) throw new FlowError('bad-saved-step', 'the saved step is too long')
    return stepAt(client, readState(client, saved))
  } catch (error) {
    // Whatever cannot be read was not written by `save`.
    const unread = error instanceof FlowError && error.code === 'bad-reply'
    throw unread ? new FlowError('bad-saved-step', error.message, error.cause) : error
  }
}

function readState(client: AppClient, saved: string): State {
  const from = parse(saved, 'the saved step', isFields)
  if (from.v !== 1) throw new FlowError('bad-saved-step', 'the saved step has another version')
  if (from.userPoolId !== client.userPoolId || from.clientId !== client.clientId) {
    throw new FlowError('wrong-pool', 'the step was saved for another user pool or app client')
  }
  const deviceKey = optional(from, 'deviceKey', isText)
  return {
    challenge: required(from, 'challenge', isText),
    parameters: required(from, 'parameters', isTextMap),
    username: required(from, 'username', isText),
    alias: optional(from, 'alias', isText),
    session: optional(from, 'session', isText),
    // Named without a store to prove it from, the device would be asked for a proof that nobody here can give.
    deviceKey: client.devices ? deviceKey : undefined,
    choices: optional(from, 'choices', isTexts),
    secretCode: optional(from, 'secretCode', isText),
    verified: optional(from, 'verified', isFlag),
    metadata: required(from, 'metadata', isMetadata),
  }
}
