import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { atTerminal, inProcess } from './in-process.js'
import { ALICE, CLIENT_ID, POOL_ID } from './pool.js'
import { emptyHome, emulator } from './support.js'

const user = { ...ALICE, username: 'alice' }
const { password } = ALICE

describe('an error', () => {
  it('mentions the clock when it is wrong', async () => {
    const { env } = emptyHome()
    const server = createServer((_, reply) => {
      reply.writeHead(400, {
        date: new Date(Date.now() + 7_200_000).toUTCString(),
        'x-amzn-errortype': 'NotAuthorizedException',
      })
      reply.end(JSON.stringify({ message: 'Incorrect username or password.' }))
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const { code, stderr } = await inProcess(
      ['sign-in', 'alice', '-p', POOL_ID, '-c', CLIENT_ID, '--endpoint', endpoint],
      {
        env: { ...env, COGNITO_PASSWORD: password },
      },
    )
    server.close()
    expect(stderr).toContain("This machine's clock is 2 hours behind the service's.")
    expect(code).toBe(1)
  })

  it('never repeats a secret, wherever it was given', async () => {
    const { env } = emptyHome()
    const secret = 'Sesame-open-7'
    const server = createServer((message, reply) => {
      let body = ''
      message.on('data', (data) => {
        body += data
      })
      message.on('end', () => {
        reply.writeHead(400, { 'x-amzn-errortype': 'InvalidParameterException' })
        reply.end(JSON.stringify({ message: `What is ${body}?` }))
      })
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const where = [
      '-p',
      POOL_ID,
      '-c',
      CLIENT_ID,
      '--endpoint',
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ]
    const runs = [
      inProcess(['sign-in', 'alice', ...where, '--flow', 'password', '--trace'], {
        env: { ...env, COGNITO_PASSWORD: secret },
      }),
      inProcess(['sign-in', 'alice', ...where, '--flow', 'password', '--password-stdin', '--trace'], {
        env,
        stdin: secret,
      }),
      inProcess(['refresh', ...where, '--client-secret', 'sesame-client', '--token-stdin', '--trace'], {
        env,
        stdin: secret,
      }),
      inProcess(['sign-in', 'alice', `--password=${secret}`], { env }),
      inProcess(['sign-in', 'alice', '--passwort', secret], { env }),
      inProcess(['sign-in', 'alice', secret, ...where], { env }),
      inProcess([secret], { env }),
    ]
    const ends = await Promise.all(runs)
    server.close()
    for (const { code, stdout, stderr } of ends) {
      expect(code).toBe(2)
      expect(`${stdout}${stderr}`).not.toContain(secret)
      expect(`${stdout}${stderr}`).not.toContain('sesame-client')
    }
    expect(ends[0]?.stderr).toContain('(hidden)')
  })

  it('follows no redirect with what holds a password', async () => {
    const { env } = emptyHome()
    let reached = 0
    const server = createServer((message, reply) => {
      if (message.url === '/elsewhere') reached++
      reply.writeHead(307, { location: '/elsewhere' }).end()
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const { code } = await inProcess(
      ['sign-in', 'alice', '-c', CLIENT_ID, '--endpoint', endpoint, '--flow', 'password'],
      {
        env: { ...env, COGNITO_PASSWORD: password },
      },
    )
    server.close()
    expect({ code, reached }).toEqual({ code: 3, reached: 0 })
  })

  it('names the setting that is missing, and what does without it', async () => {
    const { where } = await emulator({ users: [user] })
    const { env } = emptyHome()
    const run = (...args: string[]) =>
      inProcess(['sign-in', 'alice', ...args], { env: { ...env, COGNITO_PASSWORD: password } })
    expect((await run()).stderr).toMatch(/Which user pool\?\n {2}Say so by --user-pool-id .* COGNITO_USER_POOL_ID/)
    expect((await run('-p', POOL_ID)).stderr).toMatch(/Which app client\?\n {2}Say so by --client-id/)
    expect((await run('-r', 'us-east-1', '-c', CLIENT_ID)).stderr).toContain('A region alone is not enough')
    expect((await run('-r', 'nowhere', '-c', CLIENT_ID, '--flow', 'password')).stderr).toContain(
      'There is no region nowhere',
    )
    expect(await run('-r', 'us-east-1', ...where.slice(2), '--flow', 'password')).toMatchObject({ code: 0 })
    expect(
      await run('-r', 'us-east-1', ...where.slice(2), '--flow', 'choice', '--first-factor', 'PASSWORD'),
    ).toMatchObject({ code: 0 })
  })

  it('says that the service has ended the sign-in, or that it does not answer', async () => {
    const { pool, where } = await emulator({ users: [{ ...user, mfa: { sms: true } }], mfa: 'OPTIONAL' })
    const { env, home } = emptyHome()
    const { text, code } = await atTerminal(['sign-in', 'alice', ...where], { env, cwd: home }, async (user) => {
      await user.sees('Password: ')
      user.types(password, { hidden: true })
      await user.sees('Code: ')
      pool.faults.add({ kind: 'session-expired' })
      user.types(pool.outbox.last()?.code ?? '')
    })
    expect(text).toContain('The service has ended this sign-in')
    expect(code).toBe(1)
    const run = () => inProcess(['sign-in', 'alice', ...where], { env: { ...env, COGNITO_PASSWORD: password } })
    for (const [kind, message] of [
      ['server-error', 'The service failed (HTTP 500)'],
      ['drop', 'The connection to 127.0.0.1'],
    ] as const) {
      pool.faults.add({ kind })
      const { code, stderr } = await run()
      expect(stderr).toContain(message)
      expect(code).toBe(3)
    }
  })

  it('is answered by the usage when nothing is asked', async () => {
    const { env } = emptyHome()
    expect(await inProcess([], { env })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('Usage:'),
    })
    expect(await inProcess(['--version'], { env })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    })
  })
})
