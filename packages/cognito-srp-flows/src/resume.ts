import { type AppClient, readClient } from './app-client.js'
import { allChallenges } from './challenges/all.js'
import type { Challenges } from './challenges/challenge.js'
import { devicesOf, stepAt } from './conversation.js'
import { FlowError, object } from './errors.js'
import { readOptions } from './requests.js'
import { readState } from './state.js'
import type { PendingStep } from './step.js'

/**
 * Restore the step that `step.save()` wrote: after a reload, in another process, at the edge. Asks no one; whether the
 * service still knows the session shows when the step is answered (`session-lost`).
 *
 * @param client - The same user pool and app client.
 * @param saved - The text that `save` returned.
 * @returns The step, to be answered.
 * @throws FlowError `bad-saved-step` for a text that `save` did not write, `wrong-pool` for one of another pool or client.
 * @throws TypeError or RangeError naming a wrong argument.
 * @example
 * const step = resume(client, saved)
 * if (step.kind === 'code') await step.answer(code)
 */
export const resume = (client: AppClient, saved: string): PendingStep => resumeWith(allChallenges, client, saved)

/**
 * Restore a step that `save` wrote as `resume` of `cognito-srp-flows` does, with the handlers of the challenges that are
 * named here.
 *
 * @param challenges - Sets of handlers, as for `signInWith`. A step of any other challenge is restored as `other`.
 * @param client - The same user pool and app client.
 * @param saved - The text that `save` returned.
 * @returns The step, to be answered.
 * @throws FlowError `bad-saved-step` for a text that `save` did not write, `wrong-pool` for one of another pool or client.
 * @throws TypeError or RangeError naming a wrong argument.
 * @example
 * const step = resumeWith({ ...passwordProofs, ...codes }, client, saved)
 * if (step.kind === 'code') await step.answer(code)
 */
export function resumeWith(challenges: Challenges, client: AppClient, saved: string): PendingStep {
  object(challenges, 'challenges')
  const known = readClient(client)
  if (typeof saved !== 'string') throw new TypeError('saved: expected the text that save() returned')
  try {
    const state = readState(known, saved)
    // Named without a store to prove it from, the device would be asked for a proof that no one here can give.
    if (!known.devices) state.deviceKey = undefined
    const devices = devicesOf(challenges)
    return stepAt({ client: known, challenges, devices, state, secrets: {}, options: readOptions() })
  } catch (error) {
    // A text that cannot be read was not written by `save`.
    const unread = error instanceof FlowError && /^(bad-reply|unexpected-challenge)$/.test(error.code)
    throw unread ? new FlowError('bad-saved-step', error.message) : error
  }
}
