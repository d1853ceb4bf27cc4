import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { anything, boolean, integer, list, object, string } from '../config/check.js'
import { hostCheck } from './allowed-hosts.js'
import { isLoopback, remoteWarning } from './loopback.js'

/** Anything that answers requests: a `UserPool`, or a wrapper of one. */
export interface Handler {
  /** Answer one request of the service's API. */
  handle(request: Request): Promise<Response>
}

/** Milliseconds for which a connection without requests stays open; Node's own are 5,000. */
const KEEP_ALIVE = 60_000

/** The address to listen on. */
export interface ServeOptions {
  /** default 0: any free port */
  readonly port?: number
  /** default 127.0.0.1, so that only this machine can reach it; another one needs `allowRemote` */
  readonly host?: string
  /** lets it listen where other machines reach it, with a warning of the process; default false */
  readonly allowRemote?: boolean
  /**
   * names beside its own and localhost under which it may be called, as in a Host header without port; requests under
   * other names are refused, so that no foreign page can reach it by DNS rebinding
   */
  readonly allowedHosts?: readonly string[]
}

/** A listening server. */
export interface Server {
  /** as in http://127.0.0.1:9229 */
  readonly url: string
  readonly port: number
  /** stops listening and cuts what is still open */
  close(): Promise<void>
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'DELETE', 'PATCH'])

function toRequest(message: IncomingMessage, base: string): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  const method = message.method ?? 'GET'
  // Always our own address, whatever Host or an absolute request target says: it ends up in `iss`.
  const url = new URL(base)
  url.pathname = message.url?.startsWith('/') ? message.url.replace(/\?.*$/s, '') : '/'
  url.search = /\?.*$/s.exec(message.url ?? '')?.[0] ?? ''
  // HEAD is GET without the body, which Node leaves out by itself.
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method: 'GET', headers })
  const body = Readable.toWeb(message) as ReadableStream
  return new Request(url, { method, headers, body, duplex: 'half' } as RequestInit)
}

/** Refuse a request without looking at it further. */
function refuse(reply: ServerResponse, status: number, message: string, headers: Record<string, string> = {}): void {
  reply.writeHead(status, { 'content-type': 'application/json', connection: 'close', ...headers })
  reply.end(JSON.stringify({ message }))
}

async function answer(handler: Handler, message: IncomingMessage, reply: ServerResponse, base: string): Promise<void> {
  try {
    const response = await handler.handle(toRequest(message, base))
    const body = Buffer.from(await response.arrayBuffer())
    const headers = Object.fromEntries(response.headers)
    if (response.status === 413) headers.connection = 'close'
    reply.writeHead(response.status, { ...headers, 'content-length': body.length })
    reply.end(body)
  } catch (error) {
    // An upload that was broken off leaves no one to answer.
    const gone = message.errored !== null || message.socket.destroyed
    if (gone || (error as Error).name === 'DroppedConnection') message.socket.destroy()
    else if (reply.headersSent) reply.end()
    else refuse(reply, 500, 'The emulator itself failed')
  }
}

/** Return the name under which this machine reaches a server that listens here: never "all addresses", which is no name. */
function nameOf({ address, family }: AddressInfo): string {
  if (address === '0.0.0.0') return '127.0.0.1'
  if (address === '::') return '[::1]'
  return family === 'IPv6' ? `[${address}]` : address
}

/**
 * Serve a pool over HTTP, to this machine only unless told otherwise.
 * @param pool what answers the requests
 * @param options `port`, 0 to 65535, a free one if left out; `host`, 127.0.0.1 if left out; `allowRemote` for hosts
 * that other machines reach; `allowedHosts`: further names for the Host header
 * @returns the listening server, with its address
 * @throws RangeError for a port out of range, or a host that other machines reach without `allowRemote`
 * @throws Error with `code` EADDRINUSE when the port is taken, EACCES when it is not allowed
 */
export function serve(pool: Handler, options: ServeOptions = {}): Promise<Server> {
  if (typeof pool?.handle !== 'function') throw new TypeError('pool must be a user pool, with a function handle')
  object({ port: anything, host: string(), allowRemote: boolean, allowedHosts: list(string()) })(options, 'options')
  const { port = 0, host = '127.0.0.1', allowRemote = false, allowedHosts = [] } = options
  integer(0, 65_535)(port, 'port')
  if (!isLoopback(host)) {
    if (!allowRemote) {
      throw new RangeError(
        `host must be 127.0.0.1, ::1 or localhost, not ${JSON.stringify(host)}: set allowRemote to let other machines in`,
      )
    }
    process.emitWarning(remoteWarning(host), 'EmulatorWarning')
  }
  const isAllowed = hostCheck(host, allowRemote, allowedHosts)
  let url = ''
  const server = createServer((message, reply) => {
    if (!isAllowed(message.headers.host)) {
      refuse(reply, 403, 'The Host header names another host. If that is meant, add it to allowedHosts (--allow-host).')
    } else if (!METHODS.has(message.method ?? '')) {
      refuse(reply, 405, 'Method not allowed', { allow: 'POST, GET, HEAD, OPTIONS' })
    } else void answer(pool, message, reply, url)
  })
  // A client that computes for seconds on the thread of its connections finds one that was closed meanwhile, and fails.
  server.keepAliveTimeout = KEEP_ALIVE
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo
      url = `http://${nameOf(address)}:${address.port}`
      const close = (): Promise<void> =>
        new Promise((closed, failed) => {
          server.close((error) => (error ? failed(error) : closed()))
          server.closeAllConnections()
        })
      resolve({ url, port: address.port, close })
    })
  })
}
