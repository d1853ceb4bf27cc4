import { createHash, timingSafeEqual } from 'node:crypto'
import { boolean, integer, object, string } from '../config/check.js'
import type { Fault } from '../model/faults.js'
import type { Snapshot } from '../model/snapshot.js'
import type { Emulator } from './emulator.js'

// Control for those who do not write Node. Under a path of its own, with a token, and without CORS headers: no page of
// another site gets in, and no request of the service's protocol ends up here by mistake.

/** Path that control is below. */
export const CONTROL_PATH = '/_emulator/'

/** A snapshot of thousands of users has megabytes. */
const MAXIMUM_BODY_BYTES = 64 * 1024 * 1024

/** Say what is wrong with a request, as its reply says it. */
class Refused extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

type Body = Record<string, unknown>
type Route = (emulator: Emulator, body: Body, query: URLSearchParams) => unknown

const reply = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  })

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

const clockState = ({ clock }: Emulator): object => ({ now: clock.now().toISOString(), frozen: clock.frozen })

function setClock(emulator: Emulator, body: Body): object {
  object({ now: string(), frozen: boolean }, ['now'])(body, 'clock')
  const time = Date.parse(String(body.now))
  if (Number.isNaN(time)) throw new RangeError('clock.now must be a time, as in 2026-03-05T10:20:30Z')
  emulator.clock.set(time, body.frozen === true)
  return clockState(emulator)
}

function advanceClock(emulator: Emulator, body: Body): object {
  const most = 100 * 366 * 86_400
  object({ seconds: integer(-most, most) }, ['seconds'])(body, 'clock')
  emulator.clock.advance(Number(body.seconds))
  return clockState(emulator)
}

function confirmUser({ pool }: Emulator, body: Body): object {
  object({ userPoolId: string(), username: string() }, ['username'])(body, 'user')
  pool.confirmUser(String(body.username), body.userPoolId === undefined ? undefined : String(body.userPoolId))
  return {}
}

const ROUTES: Readonly<Record<string, Route>> = {
  'GET outbox': ({ pool }, _, query) => {
    const recipient = query.get('recipient')
    const messages = pool.outbox.messages.filter(
      ({ to, username }) => recipient === null || [to, username].includes(recipient),
    )
    return { messages }
  },
  'DELETE outbox': ({ pool }) => {
    pool.outbox.clear()
    return {}
  },
  'GET clock': clockState,
  'PUT clock': setClock,
  'DELETE clock': (emulator) => {
    emulator.clock.reset()
    return clockState(emulator)
  },
  'POST clock/advance': advanceClock,
  'GET faults': ({ pool }) => ({ faults: pool.faults.pending }),
  'POST faults': ({ pool }, body) => {
    pool.faults.add(body as unknown as Fault)
    return { faults: pool.faults.pending }
  },
  'DELETE faults': ({ pool }) => {
    pool.faults.clear()
    return {}
  },
  'POST reset': (emulator) => {
    emulator.reset()
    return {}
  },
  'GET snapshot': ({ pool }) => pool.snapshot(),
  'PUT snapshot': (emulator, body) => {
    emulator.restore(body as unknown as Snapshot)
    return {}
  },
  'POST users/confirm': confirmUser,
}

async function readObject(request: Request): Promise<Body> {
  const parts: Uint8Array[] = []
  let length = 0
  if (request.body !== null) {
    for await (const part of request.body as unknown as AsyncIterable<Uint8Array>) {
      length += part.length
      if (length > MAXIMUM_BODY_BYTES) throw new Refused(413, `The body is longer than ${MAXIMUM_BODY_BYTES} bytes`)
      parts.push(part)
    }
  }
  if (length === 0) return {}
  let body: unknown
  try {
    body = JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch {
    throw new Refused(400, 'The body is not JSON')
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refused(400, 'The body is not a JSON object')
  }
  return body as Body
}

async function control(emulator: Emulator, request: Request, url: URL): Promise<Response> {
  const path = url.pathname.slice(CONTROL_PATH.length)
  const name = `${request.method} ${path}`
  const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined
  if (route === undefined) {
    const methods = Object.keys(ROUTES).flatMap((known) => (known.endsWith(` ${path}`) ? [known.split(' ')[0]] : []))
    if (methods.length > 0) return reply(405, { message: 'Method not allowed' }, { allow: methods.join(', ') })
    return reply(404, { message: `Not found; there is ${Object.keys(ROUTES).join(', ')}` })
  }
  try {
    const result = await route(emulator, await readObject(request), url.searchParams)
    if (request.method !== 'GET') emulator.markChanged()
    return reply(200, result)
  } catch (error) {
    if (error instanceof Refused) return reply(error.status, { message: error.message })
    if (error instanceof TypeError || error instanceof RangeError) return reply(400, { message: error.message })
    throw error
  }
}

/**
 * Wrap an emulator so that it can be controlled over HTTP, below `/_emulator/`.
 * @param emulator what is controlled, and answers every other path
 * @param token what each request must bear, as in `authorization: Bearer <token>`
 * @returns what `serve` takes
 */
export function withControl(emulator: Emulator, token: string): { handle(request: Request): Promise<Response> } {
  const expected = digest(`Bearer ${token}`)
  return {
    async handle(request) {
      const url = new URL(request.url)
      if (!url.pathname.startsWith(CONTROL_PATH)) return emulator.handle(request)
      // Digests, so that the comparison takes the same time whatever is sent.
      if (!timingSafeEqual(digest(request.headers.get('authorization') ?? ''), expected)) {
        return reply(
          401,
          { message: 'Control needs its token: authorization: Bearer …' },
          { 'www-authenticate': 'Bearer' },
        )
      }
      return control(emulator, request, url)
    },
  }
}
