import type { CognitoClient, Engine, RandomSource } from '@srp6a/srp/cognito'
import type { AbortSignalLike, CognitoApi, Operation } from './api.js'
import { object, text, textIfAny } from './errors.js'
import type { AnswerOptions, DeviceOutcome, PendingStep, Responses, Step } from './step.js'

/** One app client of one user pool, and how to reach it. A plain object; nothing in it is changed. */
export interface AppClient {
  readonly api: CognitoApi
  /** `us-east-1_AbCdEfGhI` */
  readonly userPoolId: string
  readonly clientId: string
  /** Only for clients that have one; never ship it to a browser. */
  readonly clientSecret?: string
  /** Turns device tracking on: `memoryDeviceStore()`, `webStorageDeviceStore(localStorage)` or `deviceStore({ … })`. */
  readonly devices?: DeviceStore
  /** The clock that dates signatures; the default is the system's. */
  readonly now?: () => Date
  /** Where the arithmetic is done, e.g. `wasmEngine`, `nodeEngine` or `jsbiEngine`; BigInt by default. */
  readonly engine?: Engine
  /** Secure random bytes where `crypto.getRandomValues` is missing. */
  readonly random?: RandomSource
}

/** Where device records are kept: three async functions. A value is written and removed as a whole. */
export interface DeviceStorage {
  /** The value, or null or undefined if there is none. */
  get(key: string): Promise<string | null | undefined>
  /** Writes a value over what was there. */
  set(key: string, value: string): Promise<unknown>
  /** Removes a value, if there is one. */
  remove(key: string): Promise<unknown>
}

/** A {@link DeviceStorage} behind the code that uses it, so that pools without devices do not bundle that code. */
export interface DeviceStore {
  /** @internal */
  readonly tracking: DeviceTracking
}

/** What proves that a device is known: three values that make sense only together. */
export interface DeviceRecord {
  readonly deviceKey: string
  readonly deviceGroupKey: string
  readonly devicePassword: string
}

/** @internal What the flow asks of the devices. */
export interface DeviceTracking {
  find(client: AppClient, username: string): Promise<DeviceRecord | undefined>
  forget(client: AppClient, username: string, deviceKey: string): Promise<void>
  /** Writes the record of a device that was confirmed elsewhere. */
  keep(client: AppClient, names: { username: string; alias?: string }, record: DeviceRecord): Promise<void>
  /** Answers a DEVICE_… challenge; undefined when there is nothing to answer it with. */
  answer(turn: Turn): Promise<Step | undefined>
  confirm(
    client: AppClient,
    state: State,
    result: Record<string, unknown>,
    signal?: AbortSignalLike,
  ): Promise<DeviceOutcome | undefined>
}

/** @internal What a pending step must know, and all that `save` writes. */
export interface State {
  challenge: string
  parameters: Record<string, string>
  /** USERNAME of the next answer. */
  username: string
  /** What the user typed, if that is another name. */
  alias?: string | undefined
  session?: string | undefined
  deviceKey?: string | undefined
  /** AvailableChallenges, or the second factors that can be set up. */
  choices?: string[] | undefined
  /** The TOTP secret while it is being set up, and whether the service has verified a code of it. */
  secretCode?: string | undefined
  verified?: boolean | undefined
  /** ClientMetadata, AnalyticsMetadata and UserContextData of `signIn`. */
  metadata: Record<string, object>
}

/** @internal What only memory holds between the automatic answers of one call. */
export interface Secrets {
  readonly password?: string | undefined
  readonly srp?: CognitoClient | undefined
  readonly device?: DeviceRecord | undefined
}

/** @internal One challenge of a sign-in, and the means to answer it. */
export interface Turn {
  readonly client: AppClient
  readonly state: State
  readonly secrets: Secrets
  readonly options: AnswerOptions
  call(operation: Operation, input: Record<string, unknown>, options: AnswerOptions): Promise<unknown>
  respond(responses: Responses, options: AnswerOptions, secrets?: Secrets): Promise<Step>
  /** Makes a step of the turn: adds `challenge` and `save`, and lets `answer` be used once. */
  step<S extends PendingStep>(fields: Unsaved<S>): S
}

/** @internal What a challenge says of its step; the turn adds the rest. */
export type Unsaved<S extends PendingStep> = Omit<S, 'challenge' | 'save'>

/** @internal Check that a client has what every call needs, and that the request is an object. */
export function checkAppClient(client: AppClient, request: object): void {
  object(client, 'client')
  object(request, 'request')
  text(client.userPoolId, 'client.userPoolId')
  text(client.clientId, 'client.clientId')
  textIfAny(client.clientSecret, 'client.clientSecret')
  // A function has a `call` too.
  if (typeof client.api !== 'object' || typeof client.api?.call !== 'function')
    throw new TypeError('client.api: expected sdkApi(), fetchApi()…')
  if (client.now && typeof client.now !== 'function') throw new TypeError('client.now: expected a function')
  if (client.devices !== undefined && !client.devices?.tracking)
    throw new TypeError('client.devices: expected deviceStore()')
}
