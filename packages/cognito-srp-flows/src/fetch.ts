import type { AbortSignalLike, CognitoApi, Operation } from './api.js'
import { FlowError } from './errors.js'

/** What we need of `fetch`: the platform's own fits. */
export type FetchLike = (
  url: string,
  init: { method: string; headers: Record<string, string>; body: string; signal: never },
) => Promise<{
  readonly status: number
  readonly headers: { get(name: string): string | null }
  text(): Promise<string>
}>

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
  crypto?: { getRandomValues(array: Uint8Array): unknown }
}
const platform = globalThis as unknown as Platform

/** The service did not begin with the request: it may go out again, whatever it was. */
const isRefusedForNow = (status: number, name: string): boolean =>
  status === 429 || status === 503 || /^TooManyRequests|^Throttl|RequestLimitExceeded/.test(name)

const LONGEST_WAIT = 20_000

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
  const { fetch = platform.fetch, timeout = 10_000, attempts = 3, wait = sleep } = options
  if (typeof fetch !== 'function') throw new TypeError('fetch: expected a function')
  const url =
    'endpoint' in options ? options.endpoint : `https://cognito-idp.${checkRegion(options.region)}.amazonaws.com/`
  if (!/^https?:\/\/\S+$/.test(url)) throw new RangeError('endpoint: expected an http or https address')

  async function attempt(operation: Operation, body: string, signal: AbortSignalLike | undefined, count: number) {
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      'cache-control': 'no-store',
    }
    const answer = await limited(signal, timeout, async (limit) => {
      // Called without an object before it: browsers refuse their fetch any other `this`.
      const response = await fetch(url, { method: 'POST', headers, body, signal: limit as never })
      return { response, reply: await response.text() }
    })
    const { response, reply } = answer
    const parsed = readJson(reply)
    if (response.status < 300) {
      if (!parsed) throw new FlowError('bad-reply', `${operation}: the reply is not a JSON object`)
      return { reply: parsed }
    }
    const error = serviceError(response.status, (name) => response.headers.get(name), parsed ?? {}, count)
    const again = isRefusedForNow(response.status, error.name)
    return { error, again, after: Number(response.headers.get('retry-after')) * 1000 || 0 }
  }

  return {
    async call(operation, input, signal) {
      const body = JSON.stringify(input)
      for (let count = 1; ; count++) {
        const { reply, error, again, after = 0 } = await attempt(operation, body, signal, count)
        if (reply) return reply
        if (!again || count >= attempts) throw error
        const backoff = 100 * 2 ** count * jitter()
        await wait(Math.min(Math.max(backoff, after), LONGEST_WAIT))
      }
    },
  }
}

function checkRegion(region: string): string {
  if (!/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)) throw new RangeError('region: expected something like us-east-1')
  return region
}

const sleep = (milliseconds: number) => new Promise<void>((done) => platform.setTimeout(done, milliseconds))

/** A number in [0.5, 1], so that clients throttled together do not come back together. */
function jitter(): number {
  const byte = new Uint8Array(1)
  platform.crypto?.getRandomValues(byte)
  return 0.5 + (byte[0] ?? 0) / 510
}

/** Runs `work` under a signal that ends with the caller's, or when the time is up. */
async function limited<T>(
  signal: AbortSignalLike | undefined,
  timeout: number,
  work: (limit: AbortSignalLike) => Promise<T>,
): Promise<T> {
  const controller = new platform.AbortController()
  let late = false
  const abort = () => controller.abort(signal?.reason)
  const expire = () => {
    late = true
    controller.abort()
  }
  const timer = timeout > 0 ? platform.setTimeout(expire, timeout) : undefined
  signal?.addEventListener('abort', abort)
  if (signal?.aborted) abort()
  try {
    return await work(controller.signal)
  } catch (error) {
    if (signal?.aborted) throw signal.reason ?? error
    throw late
      ? new FlowError('timeout', `no answer within ${timeout} ms`, error)
      : new FlowError('network', 'the service could not be reached', error)
  } finally {
    platform.clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

function readJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text || '{}')
    return typeof value === 'object' && value ? (value as Record<string, unknown>) : undefined
  } catch {
    // A page of some proxy; the status tells what there is to tell.
    return undefined
  }
}

/** The name stands in `__type`, after a `#`, or in a header, before a `:`. */
function serviceError(
  status: number,
  header: (name: string) => string | null,
  body: Record<string, unknown>,
  attempts: number,
): ServiceError {
  const type = String(body.__type ?? header('x-amzn-errortype') ?? '')
  const message = String(body.message ?? body.Message ?? header('x-amzn-errormessage') ?? `HTTP ${status}`)
  const requestId = header('x-amzn-requestid')
  const metadata = { httpStatusCode: status, attempts, ...(requestId && { requestId }) }
  return Object.assign(new Error(message), {
    name: type.replace(/^.*#/, '').replace(/:.*$/, '') || 'UnknownError',
    $fault: status < 500 ? ('client' as const) : ('server' as const),
    $metadata: metadata,
  })
}
