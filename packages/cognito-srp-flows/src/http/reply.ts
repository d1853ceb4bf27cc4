import { platform } from '../platform.js'

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

/** An exception of the service, shaped as the AWS SDK shapes it; `name` is the exception's. */
export interface ServiceError extends Error {
  readonly $fault: 'client' | 'server'
  readonly $metadata: { readonly httpStatusCode: number; readonly requestId?: string; readonly attempts: number }
}

/** Characters: sixty devices take a tenth of it. */
const LONGEST_REPLY = 1 << 20

interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>
  cancel(): Promise<unknown>
}

/** Read a body, and stop where it is longer than any reply of the service. */
async function readBody(response: ResponseLike): Promise<string> {
  const body = response.body as { getReader?: () => Reader } | null | undefined
  const reader = platform.TextDecoder && body?.getReader?.()
  if (!reader) return response.text()
  const decoder = new platform.TextDecoder()
  let text = ''
  while (text.length <= LONGEST_REPLY) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
  }
  reader.cancel().catch(() => {})
  return text
}

/**
 * Read the JSON object of a reply.
 *
 * @param response - The reply.
 * @returns The object; undefined for anything else, such as the page of some proxy, and for what is longer than any reply
 * of the service: the status then tells what there is to tell.
 */
export async function readReply(response: ResponseLike): Promise<Record<string, unknown> | undefined> {
  const text = await readBody(response)
  try {
    const value: unknown = text.length <= LONGEST_REPLY && JSON.parse(text || '{}')
    if (typeof value === 'object' && value) return value as Record<string, unknown>
  } catch {
    // Said by the caller.
  }
  return undefined
}

/** Make the error of a refusal. The name stands in `__type`, after a `#`, or in a header, before a `:`. */
export function serviceError(
  status: number,
  headers: ResponseLike['headers'],
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

/** Tell whether the service did not begin with the request: it may go out again, whatever it was. */
export const isRefusedForNow = ({ name, $metadata: { httpStatusCode } }: ServiceError): boolean =>
  /^(429|503) | (TooManyReq|Throttl|RequestLimitEx)/.test(`${httpStatusCode} ${name}`)
