import { toUuid } from '../config/encoding.js'
import { DroppedConnection, ServiceError } from '../config/errors.js'
import type { Json } from '../config/json.js'
import type { FaultKind } from '../model/faults.js'
import type { Host } from '../model/pool.js'
import { operations } from '../operations/index.js'
import { Input } from '../operations/input.js'
import { operationModels } from '../service-model/table.js'
import { own } from '../service-model/types.js'
import { validateRequest } from '../service-model/validate.js'
import type { Exchanged } from './log.js'
import { statusPage } from './status-page.js'
import { wellKnown } from './well-known.js'

const TARGET = 'AWSCognitoIdentityProviderService.'
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-amzn-RequestId, x-amzn-ErrorType, x-amzn-ErrorMessage, Date',
}
const PREFLIGHT = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, GET, OPTIONS',
  'access-control-allow-headers':
    'content-type, x-amz-target, x-amz-user-agent, amz-sdk-invocation-id, amz-sdk-request, cache-control',
  'access-control-max-age': '172800',
}

async function readBody(request: Request, limit: number): Promise<string> {
  if (request.body === null) return ''
  const decoder = new TextDecoder()
  const reader = request.body.getReader()
  let text = ''
  let length = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.byteLength
    if (length > limit) {
      reader.cancel().catch(() => {})
      throw new ServiceError('RequestEntityTooLargeException', `The request body is longer than ${limit} bytes`, 413)
    }
    text += decoder.decode(part.value, { stream: true })
  }
  return text + decoder.decode()
}

function parseBody(text: string): Input {
  try {
    return new Input(JSON.parse(text === '' ? '{}' : text))
  } catch (error) {
    if (error instanceof ServiceError) throw error
    throw new ServiceError('SerializationException', 'The request body is not JSON')
  }
}

/** Does what a fault does before the request is looked at. */
function applyFault(host: Host, kind: FaultKind | undefined): void {
  if (kind === 'throttle') throw new ServiceError('TooManyRequestsException', 'Too many requests')
  if (kind === 'server-error') throw new ServiceError('InternalErrorException', 'Something went wrong', 500)
  if (kind === 'drop') throw new DroppedConnection('The connection was dropped before the request took effect')
  for (const pool of host.pools.values()) {
    if (kind === 'device-wiped') for (const user of pool.users.values()) user.devices = []
    if (kind === 'session-expired') {
      for (const [id, session] of pool.sessions) pool.sessions.set(id, { ...session, expiresAt: 0 })
      // Expired, not unknown: an unknown secret block would look like a wrong password.
      for (const [block, exchange] of pool.exchanges) pool.exchanges.set(block, { ...exchange, expiresAt: 0 })
    }
  }
}

const unknownOperation = (name: string): ServiceError =>
  new ServiceError('UnknownOperationException', `Unknown operation ${name}`)

/** The service has this operation, and this emulator does not. */
const notPlayed = (name: string): ServiceError =>
  new ServiceError(
    'UnsupportedOperationException',
    `The emulator does not play ${name}. The README of cognito-user-pool-emulator lists the operations that it plays.`,
  )

async function run(host: Host, request: Request, name: string, input: Input): Promise<Json> {
  const operation = operations.get(name)
  const model = own(operationModels, name)
  if (operation === undefined) throw model === undefined ? unknownOperation(name) : notPlayed(name)
  if (operation.access === 'signed' && !request.headers.get('authorization')?.startsWith('AWS4-HMAC-SHA256 ')) {
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token')
  }
  const fault = host.faults.take(name, input.optionalString('ChallengeName'))
  applyFault(host, fault)
  try {
    if (model !== undefined) validateRequest(model, input.fields)
    return await operation.run({ host, input, origin: new URL(request.url).origin })
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: answers and refusals are lost alike
    if (fault === 'drop-after') throw new DroppedConnection('The connection was dropped before the answer was sent')
  }
}

function toResponse(host: Host, status: number, body: Json, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-RequestId': toUuid(host.random(16)),
      ...CORS,
      ...headers,
    },
  })
}

/** Header values are Latin-1 without line ends; the body has the message as it is. */
const headerText = (message: string): string => message.replace(/[^\x20-\x7e]/g, '?')

async function post(
  host: Host,
  request: Request,
  maximumBodyBytes: number,
  log: (entry: Exchanged) => void,
): Promise<Response> {
  const started = performance.now()
  const target = request.headers.get('x-amz-target') ?? ''
  const isService = target.startsWith(TARGET)
  const operation = isService ? target.slice(TARGET.length) : target
  let sent: Json = {}
  const record = (status: number, reply: Json): void =>
    log({ operation, request: sent, status, reply, milliseconds: performance.now() - started })
  const done = (status: number, reply: Json, headers?: Readonly<Record<string, string>>): Response => {
    record(status, reply)
    return toResponse(host, status, reply, headers)
  }
  try {
    const input = parseBody(await readBody(request, maximumBodyBytes))
    sent = input.fields
    if (!isService) throw unknownOperation(target)
    return done(200, await run(host, request, operation, input))
  } catch (error) {
    if (error instanceof DroppedConnection) {
      record(0, { message: error.message })
      throw error
    }
    const known =
      error instanceof ServiceError
        ? error
        : new ServiceError('InternalErrorException', `The emulator itself failed: ${String(error)}`, 500)
    const { name, message, status } = known
    return done(
      status,
      { __type: name, message },
      {
        'x-amzn-ErrorType': `${name}:`,
        'x-amzn-ErrorMessage': headerText(message),
      },
    )
  }
}

/** Answers one HTTP request, and says in each reply who does. */
export async function dispatch(
  host: Host,
  request: Request,
  maximumBodyBytes: number,
  log: (entry: Exchanged) => void,
): Promise<Response> {
  const response = await route(host, request, maximumBodyBytes, log)
  response.headers.set('server', 'cognito-user-pool-emulator (for development and tests, not Amazon Cognito)')
  return response
}

/** A POST of AWS JSON 1.1, a preflight, a `.well-known` document, or a look inside. */
async function route(
  host: Host,
  request: Request,
  maximumBodyBytes: number,
  log: (entry: Exchanged) => void,
): Promise<Response> {
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: PREFLIGHT })
  if (request.method === 'POST') return post(host, request, maximumBodyBytes, log)
  if (request.method === 'GET' || request.method === 'HEAD') {
    const url = new URL(request.url)
    const document = await wellKnown(host, url)
    if (document !== undefined) return toResponse(host, 200, document, { 'content-type': 'application/json' })
    const view = statusPage(host, url.pathname)
    if (view !== undefined) return view
  }
  return toResponse(host, 404, { message: 'Not found' }, { 'content-type': 'application/json' })
}
