import type { CognitoClient } from '@srp6a/srp/cognito'
import type { AppClient } from '../app-client.js'
import type { DeviceCredentials } from '../devices/types.js'
import type { Fields } from '../replies.js'
import type { CallOptions } from '../requests.js'
import type { State } from '../state.js'
import type { DeviceInfo, PendingStep, Responses } from '../step.js'

/** The state that only memory holds between the automatic answers of one call. */
export interface Secrets {
  readonly password?: string | undefined
  readonly srp?: CognitoClient | undefined
  readonly device?: DeviceCredentials | undefined
}

/** One challenge of a sign-in. */
export interface ChallengeContext {
  readonly client: AppClient
  readonly challenges: Challenges
  /** The work about devices; undefined without the handlers of a device's proof. */
  readonly devices: DeviceSupport | undefined
  /** The device that `signIn` was given as plain values. */
  readonly device?: DeviceCredentials | undefined
  readonly state: State
  readonly secrets: Secrets
  /** Those of the call that brought the challenge, or answers it. */
  readonly options: CallOptions
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

/** The work of a sign-in about devices, beside the two challenges of their proof. */
export interface DeviceSupport {
  /** Check the device that `signIn` was given. */
  read(given: DeviceCredentials | undefined): DeviceCredentials | undefined
  /** Name the device that this sign-in goes on with in its state, if there is one. */
  name(context: ChallengeContext): Promise<void>
  /** Send a request, and once more without DEVICE_KEY where the service refuses the device. */
  send(context: ChallengeContext, request: () => Promise<unknown>): Promise<unknown>
  /** Describe the device of a completed sign-in; confirm a new one. */
  settle(context: ChallengeContext, result: Fields, username: string): Promise<DeviceInfo | undefined>
}

/** The handler of a challenge: one of those that `cognito-srp-flows/lean` exports. */
export interface ChallengeHandler {
  /** @internal With DEVICE_SRP_AUTH only. */
  readonly devices?: DeviceSupport
  /** @internal Answer it, or begin to, without a person; undefined where it takes one. */
  react?(context: ChallengeContext): Promise<Outcome | undefined>
  /** @internal Ask a person. Sends nothing, so that a saved step comes back as it was. */
  ask?(context: ChallengeContext): Draft
}

/** Handlers by the service's names of the challenges. */
export type Challenges = Readonly<Record<string, ChallengeHandler>>
