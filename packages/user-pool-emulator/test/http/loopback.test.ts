import { createUserPool, serve } from 'cognito-user-pool-emulator'
import { describe, expect, it } from 'vitest'
import { isLoopback } from '../../src/http/loopback.js'
import { start } from '../support/pool.js'
import { post } from '../support/wire.js'

const pool = createUserPool({ clients: [{ clientId: 'web' }] })

describe('serve', () => {
  it.each(['127.0.0.1', '127.8.9.10', 'localhost', 'LOCALHOST', '::1', '[::1]', '0:0:0:0:0:0:0:1'])(
    'takes %s for this machine',
    (host) => expect(isLoopback(host)).toBe(true),
  )

  it.each([
    ...['0.0.0.0', '::', '10.0.0.1', '192.168.1.2', '8.8.8.8', '127.0.0.1.example.com', '127.1', '::ffff:127.0.0.1'],
    ...['example.com', 'localhost.example.com', '128.0.0.1', '::2'],
  ])('does not listen on %j unless it is told to', (host) => {
    expect(isLoopback(host)).toBe(false)
    expect(() => serve(pool, { host })).toThrow(RangeError)
    expect(() => serve(pool, { host, allowRemote: false })).toThrow(
      `host must be 127.0.0.1, ::1 or localhost, not ${JSON.stringify(host)}: set allowRemote`,
    )
  })

  it('takes no empty name', () => {
    expect(isLoopback('')).toBe(false)
    expect(() => serve(pool, { host: '', allowRemote: true })).toThrow('options.host must be a non-empty string')
  })

  it('warns when it lets other machines in', async () => {
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve))
    const server = await serve(pool, { host: '0.0.0.0', allowRemote: true })
    expect(await warned).toMatchObject({
      name: 'EmulatorWarning',
      message: expect.stringMatching(/^0\.0\.0\.0 can be reached from other machines\. Anyone who gets there/),
    })
    expect((await fetch(`http://127.0.0.1:${server.port}/outbox`)).status).toBe(200)
    await server.close()
  })

  it('says in every reply what it is', async () => {
    const { server } = await start()
    const replies = [
      await fetch(server.url),
      await fetch(`${server.url}/outbox`),
      await fetch(`${server.url}/nothing`),
      await fetch(server.url, { method: 'OPTIONS' }),
      await fetch(`${server.url}/us-east-1_Emulator0/.well-known/jwks.json`),
      await post(server.url, 'InitiateAuth', {}),
    ]
    for (const { headers } of replies) {
      expect(headers.get('server')).toBe('cognito-user-pool-emulator (for development and tests, not Amazon Cognito)')
    }
  })
})
