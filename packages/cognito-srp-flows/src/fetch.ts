/**
 * The service over `fetch`, without the AWS SDK.
 * @module cognito-srp-flows/fetch
 */
import type { AbortSignalLike, CognitoApi } from './api.js'
import { FlowError, own, text } from './errors.js'
import { type Address, endpointOf } from './http/endpoint.js'
import { limited } from './http/limited.js'
import { isRefusedForNow, type ResponseLike, readReply, type ServiceError, serviceError } from './http/reply.js'
import { platform, sleep } from './platform.js'
import { isFields } from './replies.js'

export type { ResponseLike, ServiceError } from './http/reply.js'

/** The part of `fetch` that is used here: the platform's own fits. */
export type FetchLike = (
  url: string,
  init: { method: string; headers: Record<string, string>; body: string; signal: never; redirect?: 'manual' },
) => Promise<ResponseLike>

/** The address of the service: its `region`, a `userPoolId` that names the region, or an `endpoint` (an emulator, a proxy, a VPC endpoint). */
export type FetchApiOptions = (
  | { readonly region: string; readonly userPoolId?: string | undefined }
  | { readonly userPoolId: string; readonly region?: string | undefined }
  | { readonly endpoint: string }
) &
  FetchSettings

/** The settings of {@link fetchApi} that say how it sends. */
export interface FetchSettings {
  readonly fetch?: FetchLike | undefined
  /** Seconds for one attempt; 10 if left out, 0 for no limit. */
  readonly timeout?: number | undefined
  /** Attempts in all, where the service says that it did nothing; 3 if left out. */
  readonly attempts?: number | undefined
  /** The wait between attempts, given seconds: for tests. */
  readonly wait?: ((seconds: number) => Promise<unknown>) | undefined
}

type Settings = FetchSettings & Address

/** The operations that take AWS credentials. The others take none, or a token of the user. */
const SIGNED =
  /^(Add|Admin|Create|Describe|StartUserImport|Stop|Tag|Untag|(Delete|Get|List|Set|Update)(?!User($|[ASM])|Device|WebAuthn|Tokens|AuthEvent))/

/** Seconds. */
const LONGEST_WAIT = 20

/**
 * Reach the service over `fetch`, without the AWS SDK. It sends the operations that take no AWS signature. Throttled
 * requests go out again after a while that doubles each time and is random within that; nothing else is repeated, since
 * a code or a session may be good for one use only. A redirect is refused: it would carry the password elsewhere.
 *
 * @param options - Where the service is: `region`, `userPoolId` or `endpoint`; `timeout` in seconds; `attempts`; `fetch`.
 * @returns The `api` of an app client. Its `call` throws the exceptions of the service as {@link ServiceError}; a lost
 * connection or a redirect as FlowError `network`, a late answer as `timeout`, one that cannot be read as `bad-reply`;
 * and what the caller's `signal` was aborted with.
 * @throws TypeError or RangeError naming a wrong option, also where `region` contradicts `userPoolId`.
 * @example
 * const api = fetchApi({ region: 'us-east-1' })
 */
export function fetchApi(options: FetchApiOptions): CognitoApi {
  const given: Settings = own(options, 'options')
  const { fetch = platform.fetch as FetchLike, timeout = 10, attempts = 3, wait = sleep } = given
  if (typeof fetch !== 'function') throw new TypeError('fetch: expected a function')
  if (typeof wait !== 'function') throw new TypeError('wait: expected a function')
  // Milliseconds below 2^31: a timer set to more goes off at once.
  inRange(timeout, 'timeout', 0, 2147483)
  inRange(attempts, 'attempts', 1, 2147483647)
  const { region, url, host } = endpointOf(given)

  /** Send the request once, and read the reply whole. */
  const send = async (init: Omit<Parameters<FetchLike>[1], 'signal'>, signal: AbortSignalLike) => {
    try {
      // Called without an object before it: browsers refuse their fetch any other `this`.
      const response = await fetch(url, { ...init, signal: signal as never })
      return { status: response.status, headers: response.headers, reply: await readReply(response) }
    } catch (error) {
      throw new FlowError('network', `${host}: the connection failed`, error)
    }
  }

  return {
    region,
    async call(operation, input, signal) {
      if (SIGNED.test(text(operation, 'operation'))) {
        throw new RangeError(`operation: ${operation.slice(0, 60)} needs a signature: take sdkApi or adminSdkApi`)
      }
      if (!isFields(input)) throw new TypeError('input: expected an object')
      if (signal !== undefined && typeof signal?.aborted !== 'boolean')
        throw new TypeError('signal: expected an AbortSignal')
      const init = {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
          'cache-control': 'no-store',
        },
        body: JSON.stringify(input),
        redirect: 'manual',
      } as const
      const late = () => new FlowError('timeout', `${host}: no answer within ${timeout} s`)
      for (let attempt = 1; ; attempt++) {
        const { status, headers, reply } = await limited((limit) => send(init, limit), signal, timeout, late)
        // Browsers hide the status of a redirect behind 0.
        if (/^(0|3..)$/.test(String(status))) throw new FlowError('network', `${host}: a redirect is not followed`)
        if (status < 300) {
          if (!reply) throw new FlowError('bad-reply', `${host}: the reply is not a JSON object`)
          return reply
        }
        const error = serviceError(status, headers, reply ?? {}, attempt)
        if (attempt >= attempts || !isRefusedForNow(error)) throw error
        const asked = Number(headers.get('retry-after')) || 0
        const seconds = Math.min(Math.max(0.1 * 2 ** attempt * jitter(), asked), LONGEST_WAIT)
        await limited(() => wait(seconds), signal)
      }
    },
  }
}

/** NaN is in no range: that many attempts would never be enough of them. */
function inRange(value: number, name: string, least: number, most: number): void {
  if (typeof value !== 'number' || !(value >= least && value <= most)) {
    throw new RangeError(`${name}: expected a number from ${least} to ${most}`)
  }
}

/** From 0.5 to 1, so that clients throttled together do not come back together. */
const jitter = () => 0.5 + (platform.crypto?.getRandomValues(new Uint8Array(1))[0] ?? 0) / 510
