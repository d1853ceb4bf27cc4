import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { CLIENT_ID, POOL_ID } from './pool.js'

export interface ServiceCall {
  readonly operation: string
  readonly body: Record<string, unknown>
}

/** A service that answers as a test wants it, and the options that lead to it. */
export async function scriptedService(answer: (call: ServiceCall, index: number) => object) {
  const calls: ServiceCall[] = []
  const server = createServer((message, reply) => {
    let text = ''
    message.on('data', (data) => {
      text += data
    })
    message.on('end', () => {
      const operation = String(message.headers['x-amz-target']).replace(/^.*\./, '')
      const call = { operation, body: JSON.parse(text) as Record<string, unknown> }
      calls.push(call)
      const content = answer(call, calls.length - 1)
      if ('__type' in content) reply.statusCode = 400
      reply.end(JSON.stringify(content))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    return new Promise<void>((done) => server.close(() => done()))
  })
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { calls, endpoint, where: ['-p', POOL_ID, '-c', CLIENT_ID, '--endpoint', endpoint] }
}
