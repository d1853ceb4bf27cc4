import { describe, expect, it } from 'vitest'
import { CLIENT_ID, POOL_ID, start } from '../support/pool.js'
import { srpSignIn } from '../support/sign-in.js'
import { outcome, WRONG } from '../support/wire.js'

const post = async (url: string, headers: Record<string, string>): Promise<unknown> =>
  (await fetch(url, { method: 'POST', headers, body: '{"AccessToken":"x"}' })).json()

describe('the shape of a refusal', () => {
  it('has the exception in the body and in the headers', async () => {
    const { call } = await start()
    const reply = await call('InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: CLIENT_ID,
      AuthParameters: { USERNAME: 'alice', PASSWORD: 'wrong' },
    })
    expect(outcome(reply)).toEqual(WRONG)
    expect(reply.headers.get('x-amzn-errortype')).toBe('NotAuthorizedException:')
    expect(reply.headers.get('x-amzn-errormessage')).toBe('Incorrect username or password.')
    expect(reply.headers.get('content-type')).toBe('application/x-amz-json-1.1')
    expect(reply.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/)
    expect(reply.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('answers a browser’s preflight with the headers that the service allows and exposes', async () => {
    const { server } = await start()
    const reply = await fetch(server.url, { method: 'OPTIONS' })
    expect(reply.status).toBe(204)
    expect(reply.headers.get('access-control-allow-headers')).toBe(
      'content-type, x-amz-target, x-amz-user-agent, amz-sdk-invocation-id, amz-sdk-request, cache-control',
    )
    expect(reply.headers.get('access-control-allow-origin')).toBe('*')
    const post = await fetch(server.url, { method: 'POST', body: '{}' })
    expect(post.headers.get('access-control-expose-headers')).toBe(
      'x-amzn-RequestId, x-amzn-ErrorType, x-amzn-ErrorMessage, Date',
    )
  })

  it('names what is wrong with an invalid request', async () => {
    const { call, server } = await start({ maximumBodyBytes: 2048 })
    expect(await call('NoSuchThing', {})).toMatchObject({ status: 400, body: { __type: 'UnknownOperationException' } })
    expect(await post(server.url, { 'x-amz-target': 'GetUser' })).toMatchObject({ __type: 'UnknownOperationException' })
    expect(await call('__proto__', {})).toMatchObject({ status: 400, body: { __type: 'UnknownOperationException' } })
    for (const body of ['{', '[]', 'null', '"text"', '{"ClientId": 5, "AuthFlow": "USER_SRP_AUTH"}']) {
      expect(await call('InitiateAuth', body)).toMatchObject({
        status: 400,
        body: { __type: 'SerializationException' },
      })
    }
    expect(
      await call('InitiateAuth', { ClientId: CLIENT_ID, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { A: 1 } }),
    ).toMatchObject({ status: 400, body: { __type: 'SerializationException' } })
    expect(await call('InitiateAuth', { pad: 'x'.repeat(4096) })).toMatchObject({
      status: 413,
      body: { __type: 'RequestEntityTooLargeException' },
    })
    expect((await fetch(`${server.url}/nothing/here`)).status).toBe(404)
    expect((await fetch(`${server.url}/${POOL_ID}/.well-known/other`)).status).toBe(404)
    expect((await fetch(server.url, { method: 'DELETE' })).status).toBe(404)
  })

  it('keeps to its own address, whatever Host or the request target say', async () => {
    const { server } = await start()
    const { request } = await import('node:http')
    const path = `/${POOL_ID}/.well-known/openid-configuration`
    const get = (target: string, host = 'localhost'): Promise<string> =>
      new Promise((resolve, reject) => {
        const sent = request({ port: server.port, host: '127.0.0.1', path: target, headers: { host } })
        sent.on('error', reject)
        sent.on('response', (reply) => {
          let text = ''
          reply.on('data', (data) => {
            text += data
          })
          reply.on('end', () => resolve(`${reply.statusCode} ${text}`))
        })
        sent.end()
      })
    expect(await get(path)).toContain(`"issuer":"${server.url}/${POOL_ID}"`)
    // DNS rebinding: a foreign name that leads to this machine reads nothing.
    for (const own of [path, '/outbox', '/']) expect(await get(own, 'evil.example')).toMatch(/^403 /)
    expect(await get(`${path}?query`)).toContain(`"issuer":"${server.url}/${POOL_ID}"`)
    for (const target of [`http://evil.example${path}`, `//evil.example${path}`, '/%E0%A4%A', '/..//x']) {
      expect(await get(target)).not.toContain('evil')
    }
    expect(await get('/%E0%A4%A')).toMatch(/^404 /)
  })

  it('survives a connection that is cut in the middle of a body', async () => {
    const running = await start()
    const { connect } = await import('node:net')
    await new Promise<void>((resolve) => {
      const socket = connect(running.server.port, '127.0.0.1', () => {
        socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"a"', () => socket.destroy())
      })
      socket.on('close', () => resolve())
    })
    expect((await srpSignIn(running)).status).toBe(200)
  })
})
