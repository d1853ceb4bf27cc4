// The demo's one server: the page, the user pools, and what the page asks about them. It answers on 127.0.0.1 only.
import { generateKeyPairSync } from 'node:crypto'
import { type FaultKind, type PrivateJwk, serve, type UserPool } from 'cognito-user-pool-emulator'
import { poolOf, STORIES } from '../stories.js'
import { bundle } from './bundle.js'
import { newPool } from './pools.js'

/** The page loads nothing from anywhere else, and its scripts can reach nothing else. */
const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  // With both, the browser's clock ticks in 5 µs instead of 100.
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}

/** Trouble that the page offers. Three throttled attempts are all that `fetchApi` makes. */
const TROUBLE: Readonly<Record<string, { kind: FaultKind; times?: number }>> = {
  'throttle-once': { kind: 'throttle' },
  throttle: { kind: 'throttle', times: 3 },
  'session-expired': { kind: 'session-expired' },
}

/** One key for all pools: to draw a new one takes a second, which the first sign-in would wait for. */
function newSigningKey(): PrivateJwk {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })
}

/** Browsers send a request again by themselves when a connection they kept is cut: both must fail, and no other. */
const SECOND_TRY_MS = 300

const notFound = (): Response => new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain' } })

/**
 * Builds the page and serves it.
 * @param port - 0 for any free one
 * @throws Error with `code` EADDRINUSE when the port is taken
 */
export async function startDemo(port: number): Promise<{ url: string; close(): Promise<void> }> {
  const assets = await bundle()
  const signingKey = newSigningKey()
  const pools = new Map<string, UserPool>(STORIES.map((story) => [story.id, newPool(story, signingKey)]))

  /** Pools whose next request gets no answer; once it has come, its body, and until when that is not answered either. */
  const cut = new Map<string, { body?: string; until: number }>()

  function order(id: string, pool: UserPool, trouble: string): Response {
    const fault = TROUBLE[trouble]
    if (fault) pool.faults.add(fault)
    else if (trouble === 'drop') cut.set(id, { until: Number.POSITIVE_INFINITY })
    else return notFound()
    return new Response(null, { status: 204 })
  }

  function begin(id: string): Response {
    const story = STORIES.find((one) => one.id === id)
    if (!story) return notFound()
    pools.set(id, newPool(story, signingKey))
    cut.delete(id)
    return new Response(null, { status: 204 })
  }

  async function callPool(id: string, pool: UserPool, request: Request): Promise<Response> {
    const waiting = cut.get(id)
    if (waiting) {
      const body = await request.clone().text()
      if (waiting.body === undefined) Object.assign(waiting, { body, until: Date.now() + SECOND_TRY_MS })
      if (waiting.body === body && Date.now() <= waiting.until) pool.faults.add({ kind: 'drop' })
    }
    const began = performance.now()
    const response = await pool.handle(request)
    response.headers.set('server-timing', `pool;dur=${(performance.now() - began).toFixed(2)}`)
    return response
  }

  async function handle(request: Request): Promise<Response> {
    // A name of someone else's that leads here (DNS rebinding) gets nothing.
    if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(request.headers.get('host') ?? '')) return notFound()
    const { pathname } = new URL(request.url)
    const asset = assets.get(pathname)
    if (asset && request.method === 'GET') {
      return new Response(Uint8Array.from(asset.body), { headers: { 'content-type': asset.type, ...PAGE_HEADERS } })
    }
    const [, area = '', id = '', detail = ''] = pathname.split('/')
    const pool = pools.get(id)
    if (request.method === 'POST' && pool) {
      if (area === 'pool') return callPool(id, pool, request)
      if (area === 'begin') return begin(id)
      if (area === 'trouble') return order(id, pool, detail)
    }
    if (request.method === 'GET' && area === 'phone' && pool) {
      return Response.json(pool.outbox.messages, { headers: { 'cache-control': 'no-store' } })
    }
    // The keys that tokens are verified with, where their issuer says they are.
    const issuer = STORIES.find((story) => poolOf(story).userPoolId === area)
    return (issuer && (await pools.get(issuer.id)?.handle(request))) ?? notFound()
  }

  const server = await serve({ handle }, { port })
  return { url: `http://localhost:${server.port}`, close: server.close }
}
