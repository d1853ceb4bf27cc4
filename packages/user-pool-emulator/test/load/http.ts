import { Agent, request } from 'node:http'
import type { FetchLike } from 'cognito-srp-flows/fetch'

// A thousand users are not a thousand connections at one moment: those that find none free wait, without a limit of time.
const agent = new Agent({ keepAlive: true, maxSockets: 256 })

type Init = Omit<Parameters<FetchLike>[1], 'body' | 'signal'> & {
  readonly body?: string
  readonly signal?: AbortSignal
}

/** `fetch` over node:http, whose own gives up on a busy server after ten seconds. */
export const httpFetch = (url: string, { method, headers, body, signal }: Init): ReturnType<FetchLike> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent, ...(signal && { signal }) }, (reply) => {
      const text = new Promise<string>((done, failed) => {
        const parts: Buffer[] = []
        reply.on('data', (part: Buffer) => parts.push(part))
        reply.once('end', () => done(Buffer.concat(parts).toString()))
        reply.once('error', failed)
      })
      const get = (name: string) => reply.headers[name]?.toString() ?? null
      resolve({ status: reply.statusCode ?? 0, headers: { get }, text: () => text })
    })
    sent.once('error', reject)
    sent.end(body)
  })
