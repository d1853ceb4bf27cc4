import type { CognitoClient } from '@srp6a/srp/cognito'
import type { AnyOperation } from '../api.js'
import type { AppClient } from '../app-client.js'
import type { DeviceCredentials } from '../devices/types.js'
import type { Fields } from '../replies.js'
import type { CallOptions } from '../requests.js'
import type { State } from '../state.js'
import type { PendingStep, Responses } from '../step.js'

/** The state that only memory holds between the automatic answers of one call. */
export interface Secrets {
  readonly password?: string | undefined
  readonly srp?: CognitoClient | undefined
  readonly device?: DeviceCredentials | undefined
}

/** One challenge of a sign-in, as its handler sees it. */
export interface ChallengeContext {
  readonly client: AppClient
  readonly state: State
  readonly secrets: Secrets
  /** Those of the call that brought the challenge. */
  readonly options: CallOptions
  /** Find the device that this sign-in goes on with, if there is one. */
  findDevice(): Promise<DeviceCredentials | undefined>
  /** Send a request beside the conversation, e.g. AssociateSoftwareToken; the reply must be an object. */
  call(operation: AnyOperation, input: Fields, options: CallOptions): Promise<Fields>
}

/** An answer to a challenge: what to send, and what to remember until the next one. */
export interface ChallengeAnswer {
  readonly responses: Responses
  readonly secrets?: Secrets
}

/** A step, but for what all steps share: its `answer` returns what to send, and does not send it. */
export type DraftOf<S extends PendingStep> = S extends PendingStep
  ? Omit<S, 'challenge' | 'save' | 'answer'> & {
      answer(given: Parameters<S['answer']>, options: CallOptions): Outcome | Promise<Outcome>
    }
  : never

export type Draft = DraftOf<PendingStep>

/** The result of a challenge, or of a person's answer to one: a message to send, or a question. */
export type Outcome = ChallengeAnswer | Draft

/** The handler of a challenge. */
export interface ChallengeHandler {
  /** Answer it, or begin to, without a person; undefined where it takes one. */
  react?(context: ChallengeContext): Promise<Outcome | undefined>
  /** Ask a person. Sends nothing, so that a saved step comes back as it was. */
  ask?(context: ChallengeContext): Draft
}

/** Handlers by the service's names of the challenges. */
export type Challenges = Readonly<Record<string, ChallengeHandler>>
