// Requests to a listening emulator outside the service's protocol.
import { request } from 'node:http'
import { connect } from 'node:net'
import { createUserPool, serve } from 'cognito-user-pool-emulator'
import { decodeJwt } from 'jose'
import { afterAll, describe, expect, it } from 'vitest'
import { AdjustableClock } from '../../src/control/adjustable-clock.js'
import { Emulator } from '../../src/control/emulator.js'
import { withControl } from '../../src/control/http.js'
import { describeExchange, describeMessage } from '../../src/http/log.js'
import { alice, CLIENT_ID, POOL_ID, start, testKey } from '../support/pool.js'
import { passwordSignIn } from '../support/sign-in.js'
import { post } from '../support/wire.js'

const TOKEN = 'token-of-this-test'
const closers: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closers) await close()
})

async function controlled() {
  const seeds = [{ clients: [{ clientId: CLIENT_ID }], users: [alice()], signingKey: await testKey() }]
  const server = await serve(withControl(new Emulator(seeds, new AdjustableClock()), TOKEN))
  closers.push(() => server.close())
  return server
}

/** Send a request as no fetch would; the status, headers and text of its reply. */
function raw(port: number, method: string, path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; text: string; allow: string | undefined; length: string | undefined }>(
    (resolve, reject) => {
      const sent = request({ port, host: '127.0.0.1', method, path, headers }, (reply) => {
        let text = ''
        reply.on('data', (data) => {
          text += data
        })
        const { allow, 'content-length': length } = reply.headers
        reply.on('end', () => resolve({ status: reply.statusCode ?? 0, text, allow, length }))
      })
      sent.on('error', reject)
      sent.end()
    },
  )
}

describe('the Host header', () => {
  const paths = [
    ['GET', '/'],
    ['GET', '/outbox'],
    ['POST', '/'],
    ['OPTIONS', '/'],
    ['HEAD', '/'],
    ['GET', `/${POOL_ID}/.well-known/jwks.json`],
    ['GET', `/${POOL_ID}/.well-known/openid-configuration`],
    ['GET', '/nothing'],
    ['GET', '/_emulator/outbox'],
    ['GET', '/_emulator/snapshot'],
    ['POST', '/_emulator/faults'],
    ['DELETE', '/_emulator/outbox'],
    ['TRACE', '/'],
  ] as const

  it.each(paths)('is checked at %s %s', async (method, path) => {
    const { port } = await controlled()
    const authorization = `Bearer ${TOKEN}`
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', 'localhost@evil.example']) {
      expect([host, (await raw(port, method, path, { host, authorization })).status]).toEqual([host, 403])
    }
    for (const host of [`localhost:${port}`, '127.0.0.1', '[::1]']) {
      expect((await raw(port, method, path, { host, authorization })).status).not.toBe(403)
    }
  })
})

describe('methods', () => {
  it('TRACE is refused, with those that are allowed', async () => {
    const { server } = await start()
    const reply = await raw(server.port, 'TRACE', '/', { 'x-secret': 'echo' })
    expect(reply).toMatchObject({ status: 405, allow: 'POST, GET, HEAD, OPTIONS' })
    expect(reply.text).not.toContain('echo')
  })

  it('HEAD is GET without the body', async () => {
    const { server } = await start()
    for (const path of ['/', '/outbox', `/${POOL_ID}/.well-known/jwks.json`, '/nothing']) {
      const get = await raw(server.port, 'GET', path)
      const head = await raw(server.port, 'HEAD', path)
      expect([path, head.status, head.length, head.text]).toEqual([path, get.status, get.length, ''])
    }
  })
})

describe('an upload that is broken off', () => {
  const head = (length: number, path = '/') =>
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Length: ${length}\r\n\r\n{"a"`

  it.each(['/', '/_emulator/faults'])('to %s changes nothing, and the next request is answered', async (path) => {
    const failures: unknown[] = []
    const note = (error: unknown) => failures.push(error)
    process.on('unhandledRejection', note)
    const { port, url } = await controlled()
    for (let i = 0; i < 5; i++) {
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(head(100, path), () => socket.destroy()))
        socket.on('close', () => resolve())
      })
    }
    const headers = { authorization: `Bearer ${TOKEN}` }
    expect(await (await fetch(`${url}/_emulator/faults`, { headers })).json()).toEqual({ faults: [] })
    const reply = await post(url, 'InitiateAuth', { ClientId: CLIENT_ID, AuthFlow: 'USER_AUTH', AuthParameters: {} })
    expect(reply.status).toBe(400)
    process.off('unhandledRejection', note)
    expect(failures).toEqual([])
  })

  it('of a body that is too long is answered before it ends', async () => {
    const { server } = await start({ maximumBodyBytes: 1024 })
    const text = await new Promise<string>((resolve, reject) => {
      let read = ''
      const socket = connect(server.port, '127.0.0.1', () => socket.write(head(1e9) + 'x'.repeat(4096)))
      socket.on('data', (data) => {
        read += data
      })
      socket.on('error', reject)
      socket.on('close', () => resolve(read))
    })
    expect(text).toMatch(/^HTTP\/1\.1 413 [\s\S]*RequestEntityTooLargeException/)
  })
})

it('an address that means all addresses does not end up in iss', async () => {
  const pool = createUserPool({ clients: [{ clientId: CLIENT_ID }], users: [alice()], signingKey: await testKey() })
  for (const [host, name] of [
    ['0.0.0.0', '127.0.0.1'],
    ['::', '[::1]'],
  ] as const) {
    const server = await serve(pool, { host, allowRemote: true })
    closers.push(() => server.close())
    expect(server.url).toBe(`http://${name}:${server.port}`)
    const AuthParameters = { USERNAME: 'alice', PASSWORD: 'Correct-Horse-1' }
    const request = { ClientId: CLIENT_ID, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }
    const { body } = await post(`http://127.0.0.1:${server.port}`, 'InitiateAuth', request)
    expect(decodeJwt(body.AuthenticationResult.IdToken).iss).toBe(`${server.url}/${POOL_ID}`)
  }
})

it('updated_at is a number in tokens, as OpenID Connect has it', async () => {
  const running = await start({ users: [alice({ attributes: { updated_at: '1750000000', name: '17' } })] })
  const { body } = await passwordSignIn(running)
  expect(decodeJwt(body.AuthenticationResult.IdToken)).toMatchObject({ updated_at: 1_750_000_000, name: '17' })
})

describe('the log', () => {
  // Right-to-left override, isolates, marks; zero width; line and paragraph separators; C0 and C1 controls.
  const HIDDEN = '\u202e\u2066\u2069\u200f\u200b\u2028\u2029\u0007\u001b\u009b\ufeff'

  it('shows no character that turns the text or hides', () => {
    const hostile = `evil${HIDDEN}name`
    const line = describeExchange(
      {
        operation: hostile,
        request: { Username: hostile, ClientId: hostile, AuthFlow: hostile },
        status: 400,
        reply: { __type: hostile, message: hostile },
        milliseconds: 1,
      },
      new Date(0),
    )
    const message = describeMessage({
      medium: 'EMAIL',
      to: hostile,
      username: 'x',
      purpose: 'sign-in',
      code: hostile,
      sentAt: 0,
    })
    for (const character of HIDDEN) {
      expect(line).not.toContain(character)
      expect(message).not.toContain(character)
    }
    expect(line).toContain('evil???????????name')
  })
})
