import type { AppClient } from './app-client.js'
import { FlowError } from './errors.js'
import { isFields, isFlag, isText, isTextMap, isTexts, optional, parse, required } from './replies.js'
import { type Metadata, readMetadata } from './requests.js'

/**
 * May the password itself go out? Only where the caller chose a way that sends it, or said that it may: `refused` after
 * SRP, `accepted`, or `undecided` where it began without a password, until a person gives one.
 */
export type PlainPassword = 'accepted' | 'refused' | 'undecided'

/** The state of a pending step, and all that `save` writes. */
export interface State {
  challenge: string
  parameters: Record<string, string>
  /** USERNAME of the next answer. */
  username: string
  /** The name as typed, if that is another one. */
  alias?: string | undefined
  session?: string | undefined
  plainPassword: PlainPassword
  deviceKey?: string | undefined
  /** The service refused the device: this sign-in goes on without one. */
  deviceRefused?: boolean
  /** The name that ConfirmDevice gives to a new device. */
  deviceName?: string | undefined
  /** AvailableChallenges, or the second factors that can be set up. */
  choices?: string[] | undefined
  /** The TOTP secret while it is being set up, and whether the service has verified a code of it. */
  secretCode?: string | undefined
  verified?: boolean | undefined
  /** ClientMetadata, AnalyticsMetadata and UserContextData of `signIn`. */
  metadata: Metadata
}

/** Characters; a session and the challenge's parameters are far shorter. */
const LONGEST_SAVED = 1 << 20

export const saveState = (client: AppClient, state: State): string =>
  JSON.stringify({ v: 1, userPoolId: client.userPoolId, clientId: client.clientId, ...state })

const isPlainPassword = (value: unknown): value is PlainPassword =>
  value === 'accepted' || value === 'refused' || value === 'undecided'

/** Read what `saveState` wrote, field by field: nothing else of the text is used. */
export function readState(client: AppClient, saved: string): State {
  if (saved.length > LONGEST_SAVED) throw new FlowError('bad-saved-step', 'the saved step is too long')
  const from = parse(saved, 'the saved step', isFields)
  if (optional(from, 'v', Number.isInteger as (value: unknown) => value is number) !== 1)
    throw new FlowError('bad-saved-step', 'the saved step has another version')
  if (
    required(from, 'userPoolId', isText) !== client.userPoolId ||
    required(from, 'clientId', isText) !== client.clientId
  ) {
    throw new FlowError('wrong-pool', 'the step was saved for another user pool or app client')
  }
  return {
    challenge: required(from, 'challenge', isText),
    parameters: required(from, 'parameters', isTextMap),
    username: required(from, 'username', isText),
    alias: optional(from, 'alias', isText),
    session: optional(from, 'session', isText),
    plainPassword: optional(from, 'plainPassword', isPlainPassword) ?? 'refused',
    deviceKey: optional(from, 'deviceKey', isText),
    deviceName: optional(from, 'deviceName', isText),
    choices: optional(from, 'choices', isTexts),
    secretCode: optional(from, 'secretCode', isText),
    verified: optional(from, 'verified', isFlag),
    metadata: readMetadata(required(from, 'metadata', isFields)),
  }
}
