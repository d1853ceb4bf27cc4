/**
 * The service over `fetch`, without the AWS SDK.
 * @module cognito-srp-flows/fetch
 */
import { parseUserPoolId } from '@srp6a/srp/cognito'
import type { AbortSignalLike, CognitoApi } from './api.js'
import { isRegion } from './app-client.js'
import { FlowError, own, text } from './errors.js'
import { isFields } from './replies.js'

/** The part of a `Response` that is used here. */
export interface ResponseLike {
  readonly status: number
  readonly headers: {
    /** Return a header's value; null if there is none. */
    get(name: string): string | null
  }
  /** Return the whole body. */
  text(): Promise<string>
  /** The body in pieces, where the platform has it: then a reply that is too long is not read to its end. */
  readonly body?: unknown
}

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
) & {
  readonly fetch?: FetchLike | undefined
  /** Seconds for one attempt; 10 if left out, 0 for no limit. */
  readonly timeout?: number | undefined
  /** Attempts in all, where the service says that it did nothing; 3 if left out. */
  readonly attempts?: number | undefined
  /** The wait between attempts, given seconds: for tests. */
  readonly wait?: ((seconds: number) => Promise<unknown>) | undefined
}

interface Options {
  region?: string | undefined
  userPoolId?: string | undefined
  endpoint?: string | undefined
  fetch?: FetchLike | undefined
  timeout?: number | undefined
  attempts?: number | undefined
  wait?: ((seconds: number) => Promise<unknown>) | undefined
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
  TextDecoder: new () => { decode(bytes: Uint8Array): string }
  crypto?: { getRandomValues(array: Uint8Array): Uint8Array }
}
const platform = globalThis as unknown as Platform

/** The operations that take AWS credentials. The others take none, or a token of the user. */
const SIGNED =
  /^(Add|Admin|Create|Describe|StartUserImport|Stop|Tag|Untag|(Delete|Get|List|Set|Update)(?!User($|[ASM])|Device|WebAuthn|Tokens|AuthEvent))/

/** Seconds. */
const LONGEST_WAIT = 20

/** Bytes: sixty devices take a tenth of it. */
const LONGEST_REPLY = 1 << 20

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
  const names = ['region', 'userPoolId', 'endpoint', 'fetch', 'timeout', 'attempts', 'wait'] as const
  const given = own<Options, (typeof names)[number]>(options, 'options', names)
  const { fetch = platform.fetch, timeout = 10, attempts = 3, wait = sleep } = given
  if (typeof fetch !== 'function') throw new TypeError('fetch: expected a function')
  if (typeof wait !== 'function') throw new TypeError('wait: expected a function')
  inRange(timeout, 'timeout', 0, 2 ** 31 / 1000)
  inRange(attempts, 'attempts', 1, 2 ** 31)
  const region = given.endpoint === undefined ? regionOf(given) : undefined
  const url = region === undefined ? given.endpoint : regionalEndpoint(region)
  if (typeof url !== 'string' || !/^https?:\/\/\S+$/.test(url))
    throw new RangeError('endpoint: expected an http or https address')
  const host = /\/\/([^/]*)/.exec(url)?.[1] as string

  return {
    region,
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
      const body = JSON.stringify(input)
      for (let attempt = 1; ; attempt++) {
        const [response, received] = await limited(signal, timeout, host, async (limit) => {
          // Called without an object before it: browsers refuse their fetch any other `this`.
          const response = await fetch(url, {
            method: 'POST',
            headers,
            body,
            signal: limit as never,
            redirect: 'manual',
          })
          const { status } = response
          // Browsers hide the status of a redirect behind 0.
          if (status === 0 || (status >= 300 && status < 400))
            throw new FlowError('network', `${host}: a redirect is not followed`)
          return [response, await readBody(response)] as const
        })
        const reply = readObject(received)
        if (response.status < 300) {
          if (!reply) throw new FlowError('bad-reply', `${host}: the reply is not a JSON object`)
          return reply
        }
        const error = serviceError(response, reply ?? {}, attempt)
        if (attempt >= attempts || !isRefusedForNow(error)) throw error
        const asked = Number(response.headers.get('retry-after')) || 0
        await abortable(wait(Math.min(Math.max(0.1 * 2 ** attempt * jitter(), asked), LONGEST_WAIT)), signal)
      }
    },
  }
}

/** NaN attempts would never be enough of them, and a timer set to 2^31 ms or more goes off at once. */
function inRange(value: number, name: string, least: number, end: number): void {
  if (typeof value !== 'number' || !(value >= least && value < end)) {
    throw new RangeError(`${name}: expected a number from ${least} to ${Math.ceil(end) - 1}`)
  }
}

function regionOf({ region, userPoolId }: Options): string {
  const named = userPoolId === undefined ? undefined : parseUserPoolId(userPoolId).region
  if (!isRegion(region ?? named)) throw new RangeError('region: expected something like us-east-1')
  if (region !== undefined && named !== undefined && region !== named)
    throw new RangeError(`region: expected ${named}, the region of userPoolId`)
  return (region ?? named) as string
}

/** The domains of AWS by what a region's name begins with; `amazonaws.com` for all others. From the SDK's partitions. */
const DOMAINS: readonly (readonly [prefix: string, domain: string])[] = [
  ['cn-', 'amazonaws.com.cn'],
  ['eusc-', 'amazonaws.eu'],
  ['us-isob-', 'sc2s.sgov.gov'],
  ['us-isof-', 'csp.hci.ic.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk'],
  ['us-iso-', 'c2s.ic.gov'],
]

function regionalEndpoint(region: string): string {
  const domain = DOMAINS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'amazonaws.com'
  return `https://cognito-idp.${region}.${domain}/`
}

const sleep = (seconds: number) => new Promise<void>((done) => platform.setTimeout(done, seconds * 1000))

/** Wait for work, or end at once with what the caller's signal was aborted with. */
function abortable(work: Promise<unknown>, signal: AbortSignalLike | undefined): Promise<unknown> {
  if (!signal) return work
  return new Promise((done, fail) => {
    const abort = () => fail(signal.reason)
    const stop = () => signal.removeEventListener('abort', abort)
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
    work.then(done, fail).finally(stop)
  })
}

interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>
  cancel(): Promise<unknown>
}

/** Read a body, and stop where it is longer than any reply of the service. */
async function readBody(response: ResponseLike): Promise<string> {
  const body = response.body as { getReader?: () => Reader } | null | undefined
  const reader = platform.TextDecoder && body?.getReader?.()
  if (!reader) return response.text()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done || !value) break
    length += value.length
    if (length > LONGEST_REPLY) {
      reader.cancel().catch(() => {})
      throw new FlowError('bad-reply', `the reply is longer than ${LONGEST_REPLY} bytes`)
    }
    chunks.push(value)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return new platform.TextDecoder().decode(bytes)
}

/** From 0.5 to 1, so that clients throttled together do not come back together. */
const jitter = () => 0.5 + (platform.crypto?.getRandomValues(new Uint8Array(1))[0] ?? 0) / 510

/** The service did not begin with the request: it may go out again, whatever it was. */
const isRefusedForNow = ({ name, $metadata: { httpStatusCode } }: ServiceError) =>
  httpStatusCode === 429 || httpStatusCode === 503 || /^TooManyReq|^Throttl|^RequestLimitEx/.test(name)

/** Runs `work` under a signal that ends with the caller's, or when the time is up. */
async function limited<T>(
  signal: AbortSignalLike | undefined,
  timeout: number,
  host: string,
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
    }, timeout * 1000)
  signal?.addEventListener('abort', abort)
  if (signal?.aborted) abort()
  try {
    return await work(controller.signal)
  } catch (error) {
    if (signal?.aborted) throw signal.reason ?? error
    if (late) throw new FlowError('timeout', `${host}: no answer within ${timeout} s`, error)
    throw error instanceof FlowError ? error : new FlowError('network', `${host}: the connection failed`, error)
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
    // Cut first: the expression takes the square of a length that someone else chose.
    name: (typeof type === 'string' && /(\w+)(:.*)?$/.exec(type.slice(0, 256))?.[1]) || 'UnknownError',
    $fault: status < 500 ? ('client' as const) : ('server' as const),
    $metadata: { httpStatusCode: status, attempts, ...(requestId && { requestId }) },
  })
}
