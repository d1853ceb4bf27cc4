import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { anything, boolean, integer, object, string } from '../config/check.js'

import { isLoopback, remoteWarning } from './loopback.js'

/** Anything that answers requests: a `UserPool`, or a wrapper of one. */
export interface Handler {
  handle(request: Request): Promise<Response>
}

/** Where to listen. */
export interface ServeOptions {
  /** default 0: any free port */
  readonly port?: number
  /** default 127.0.0.1, so that nobody else can reach it; another one needs `allowRemote` */
  readonly host?: string
  /** lets it listen where other machines reach it, with a warning of the process; default false */
  readonly allowRemote?: boolean
}

/** A listening server. */
export interface Server {
  /** as in http://127.0.0.1:9229 */
  readonly url: string
  readonly port: number
  /** stops listening and cuts what is still open */
  close(): Promise<void>
}

function toRequest(message: IncomingMessage, base: string): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  const method = message.method ?? 'GET'
  // Always our own address, whatever Host or an absolute request target says: it ends up in `iss`.
  const url = new URL(base)
  url.pathname = message.url?.startsWith('/') ? message.url.replace(/\?.*$/s, '') : '/'
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers })
  const body = Readable.toWeb(message) as ReadableStream
  return new Request(url, { method, headers, body, duplex: 'half' } as RequestInit)
}

async function answer(pool: Handler, message: IncomingMessage, reply: ServerResponse, base: string): Promise<void> {
  try {
    const response = await pool.handle(toRequest(message, base))
    const body = Buffer.from(await response.arrayBuffer())
    const headers = Object.fromEntries(response.headers)
    if (response.status === 413) headers.connection = 'close'
    reply.writeHead(response.status, { ...headers, 'content-length': body.length })
    reply.end(body)
  } catch (error) {
    if ((error as Error).name !== 'DroppedConnection') reply.writeHead(500)
    if (reply.headersSent) reply.end()
    else message.socket.destroy()
  }
}

/**
 * Serves a pool over HTTP, to this machine only unless told otherwise.
 * @throws RangeError for a port that is none, or a host that other machines reach without `allowRemote`
 * @throws Error with `code` EADDRINUSE when the port is taken, EACCES when it is not allowed
 */
export function serve(pool: Handler, options: ServeOptions = {}): Promise<Server> {
  if (typeof pool?.handle !== 'function') throw new TypeError('pool must be a user pool, with a function handle')
  object({ port: anything, host: string(), allowRemote: boolean })(options, 'options')
  const { port = 0, host = '127.0.0.1', allowRemote = false } = options
  integer(0, 65_535)(port, 'port')
  if (!isLoopback(host)) {
    if (!allowRemote) {
      throw new RangeError(
        `host must be 127.0.0.1, ::1 or localhost, not ${JSON.stringify(host)}: set allowRemote to let other machines in`,
      )
    }
    process.emitWarning(remoteWarning(host), 'EmulatorWarning')
  }
  let url = ''
  const server = createServer((message, reply) => {
    void answer(pool, message, reply, url)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo
      const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
      url = `http://${name}:${address.port}`
      const close = (): Promise<void> =>
        new Promise((closed, failed) => {
          server.close((error) => (error ? failed(error) : closed()))
          server.closeAllConnections()
        })
      resolve({ url, port: address.port, close })
    })
  })
}
