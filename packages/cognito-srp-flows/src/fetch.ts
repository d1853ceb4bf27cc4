/**
 * The service over `fetch`, without the AWS SDK.
 * @module cognito-srp-flows/fetch
 */
import type { AbortSignalLike, CognitoApi } from './api.js'
import { FlowError, object, text } from './errors.js'
import { isFields } from './replies.js'

/** What we need of a `Response`. */
export interface ResponseLike {
  readonly status: number
  readonly headers: {
    /** A header's value; null if there is none. */
    get(name: string): string | null
  }
  /** The whole body. */
  text(): Promise<string>
}

/** What we need of `fetch`: the platform's own fits. */
export type FetchLike = (
  url: string,
  init: { method: string; headers: Record<string, string>; body: string; signal: never },
) => Promise<ResponseLike>

/** `region`, or a whole `endpoint` (an emulator, a proxy, a VPC endpoint). */
export type FetchApiOptions = ({ readonly region: string } | { readonly endpoint: string }) & {
  readonly fetch?: FetchLike
  /** Milliseconds for one attempt; 10,000 if left out, 0 for no limit. */
  readonly timeout?: number
  /** Attempts in all, where the service says that it did nothing; 3 if left out. */
  readonly attempts?: number
  /** How to wait, in milliseconds: for tests. */
  readonly wait?: (milliseconds: number) => Promise<unknown>
}

/** An exception of the service, shaped as the AWS SDK shapes it; `name` is the exception's. */
export interface ServiceError extends Error {
  readonly $fault: 'client' | 'server'
  readonly $metadata: { readonly httpStatusCode: number; readonly requestId?: string; readonly attempts: number }
}

/** The globals that every runtime with `fetch` has. */
interface Platform {
  fetch: FetchLike
  AbortController: new () => { readonly signal: AbortSignalLike; abort(reason?: unknown): void }
  setTimeout(callback: () => void, milliseconds: number): unknown
  clearTimeout(timer: unknown): void
  crypto?: { getRandomValues(array: Uint8Array): Uint8Array }
}
const platform = globalThis as unknown as Platform

/** The operations that take AWS credentials. The others take none, or a token of the user. */
const SIGNED =
  /^(Add|Admin|Create|Describe|StartUserImport|Stop|Tag|Untag|(Delete|Get|List|Set|Update)(?!User($|[ASM])|Device|WebAuthn|Tokens|AuthEvent))/

const LONGEST_WAIT = 20_000

/** Characters: sixty devices take a tenth of it. */
const LONGEST_REPLY = 1 << 20

/**
 * The service over `fetch`, without the AWS SDK. Throttled requests go out again after a while that doubles each time and
 * is random within that; nothing else is repeated, since a code or a session may be good for one use only.
 *
 * Throws the exceptions of the service as {@link ServiceError}; a lost connection as FlowError `network`, a late answer as
 * `timeout`; and what the caller's `signal` was aborted with.
 *
 * @example
 * const api = fetchApi({ region: 'us-east-1' })
 */
export function fetchApi(options: FetchApiOptions): CognitoApi {
  object(options, 'options')
  const { fetch = platform.fetch, timeout = 10_000, attempts = 3, wait = sleep } = options
  if (typeof fetch !== 'function') throw new TypeError('fetch: expected a function')
  if (typeof wait !== 'function') throw new TypeError('wait: expected a function')
  inRange(timeout, 'timeout', 0)
  inRange(attempts, 'attempts', 1)
  const url = 'endpoint' in options ? options.endpoint : regionalEndpoint(options.region)
  if (typeof url !== 'string' || !/^https?:\/\/\S+$/.test(url))
    throw new RangeError('endpoint: expected an http or https address')

  return {
    async call(operation, input, signal) {
      if (SIGNED.test(text(operation, 'operation'))) {
        throw new RangeError(`operation: ${operation.slice(0, 60)} needs a signature: take sdkApi or adminSdkApi`)
      }
      if (!isFields(input)) throw new TypeError('input: expected an object')
      if (signal !== undefined && typeof signal?.aborted !== 'boolean')
        throw new TypeError('signal: expected an AbortSignal')
      const headers = {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
        'cache-control': 'no-store',
      }
      const request = JSON.stringify(input)
      for (let attempt = 1; ; attempt++) {
        const [response, body] = await limited(signal, timeout, async (limit) => {
          // Called without an object before it: browsers refuse their fetch any other `this`.
          const response = await fetch(url, { method: 'POST', headers, body: request, signal: limit as never })
          return [response, await response.text()] as const
        })
        const reply = readObject(body)
        if (response.status < 300) {
          if (!reply) throw new FlowError('bad-reply', 'the reply is not a JSON object')
          return reply
        }
        const error = serviceError(response, reply ?? {}, attempt)
        if (attempt >= attempts || !isRefusedForNow(error)) throw error
        const asked = Number(response.headers.get('retry-after')) * 1000 || 0
        await wait(Math.min(Math.max(100 * 2 ** attempt * jitter(), asked), LONGEST_WAIT))
      }
    },
  }
}

/** NaN attempts would never be enough of them, and a timer set to 2^31 ms or more goes off at once. */
function inRange(value: number, name: string, least: number): void {
  if (typeof value !== 'number' || !(value >= least && value < 2 ** 31)) {
    throw new RangeError(`${name}: expected a number from ${least} to 2147483647`)
  }
}

function regionalEndpoint(region: string): string {
  if (typeof region !== 'string' || !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region))
    throw new RangeError('region: expected something like us-east-1')
  return `https://cognito-idp.${region}.amazonaws.com/`
}

const sleep = (milliseconds: number) => new Promise<void>((done) => platform.setTimeout(done, milliseconds))

/** From 0.5 to 1, so that clients throttled together do not come back together. */
const jitter = () => 0.5 + (platform.crypto?.getRandomValues(new Uint8Array(1))[0] ?? 0) / 510

/** The service did not begin with the request: it may go out again, whatever it was. */
const isRefusedForNow = ({ name, $metadata: { httpStatusCode } }: ServiceError) =>
  httpStatusCode === 429 || httpStatusCode === 503 || /^TooManyReq|^Throttl|^RequestLimitEx/.test(name)

/** Runs `work` under a signal that ends with the caller's, or when the time is up. */
async function limited<T>(
  signal: AbortSignalLike | undefined,
  timeout: number,
  work: (limit: AbortSignalLike) => Promise<T>,
): Promise<T> {
  const controller = new platform.AbortController()
  const abort = () => controller.abort(signal?.reason)
  let late = false
  const timer =
    timeout > 0 &&
    platform.setTimeout(() => {
      late = true
      abort()
    }, timeout)
  signal?.addEventListener('abort', abort)
  if (signal?.aborted) abort()
  try {
    return await work(controller.signal)
  } catch (error) {
    if (signal?.aborted) throw signal.reason ?? error
    throw late
      ? new FlowError('timeout', `no answer within ${timeout} ms`, error)
      : new FlowError('network', 'the connection failed', error)
  } finally {
    platform.clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

/** Undefined for anything else, such as the page of some proxy; the status then tells what there is to tell. */
function readObject(text: string): Record<string, unknown> | undefined {
  if (text.length > LONGEST_REPLY) return undefined
  try {
    const value: unknown = JSON.parse(text || '{}')
    return typeof value === 'object' && value ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** The name stands in `__type`, after a `#`, or in a header, before a `:`. */
function serviceError(
  { status, headers }: ResponseLike,
  body: Record<string, unknown>,
  attempts: number,
): ServiceError {
  const type = body.__type ?? headers.get('x-amzn-errortype')
  const message = body.message ?? body.Message ?? headers.get('x-amzn-errormessage')
  const requestId = headers.get('x-amzn-requestid')
  return Object.assign(new Error(String(message ?? `HTTP ${status}`)), {
    // Cut first: the expression takes the square of a length that somebody else chose.
    name: (typeof type === 'string' && /(\w+)(:.*)?$/.exec(type.slice(0, 256))?.[1]) || 'UnknownError',
    $fault: status < 500 ? ('client' as const) : ('server' as const),
    $metadata: { httpStatusCode: status, attempts, ...(requestId && { requestId }) },
  })
}
