import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CognitoApi } from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import { createSession, memoryStorage } from 'cognito-srp-flows/session'
import type { UserPoolOptions } from 'cognito-user-pool-emulator'
import { describe, expect, it } from 'vitest'
import { filesIn } from './files.js'
import { inProcess } from './in-process.js'
import { ALICE, CLIENT_ID, POOL_ID } from './pool.js'
import { emptyHome, emulator } from './support.js'

const user = { ...ALICE, username: 'alice' }
const { password } = ALICE
const rotating = [{ clientId: CLIENT_ID, refreshTokenRotation: true }]
const HOUR = 3_600_000

/** A home in which alice's session is kept, a clock that can be set, and what the service was asked since. */
async function kept(options: Partial<UserPoolOptions> = {}) {
  let now = Date.now()
  const { pool, where, server } = await emulator({ users: [user], ...options })
  const { env, home } = emptyHome()
  const operations: string[] = []
  pool.onExchange(({ operation }) => operations.push(operation))
  const run = (args: string[], more: Record<string, string> = {}) =>
    inProcess(args, { env: { ...env, ...more }, now: () => new Date(now) })
  const first = await run(['sign-in', 'alice@example.com', ...where, '--flow', 'password', '--save', '--json'], {
    COGNITO_PASSWORD: password,
  })
  expect(first.code).toBe(0)
  operations.splice(0)
  const folder = join(home, 'state/cognito-srp/sessions')
  const [file = ''] = filesIn(folder)
  const content = () => JSON.parse(JSON.parse(readFileSync(file, 'utf8')).value)
  const change = (make: (content: Record<string, unknown>) => object) => {
    const { key } = JSON.parse(readFileSync(file, 'utf8'))
    writeFileSync(file, JSON.stringify({ key, value: JSON.stringify(make(content())) }))
  }
  return {
    run,
    pool,
    where,
    server,
    env,
    home,
    operations,
    folder,
    file,
    content,
    change,
    tokens: JSON.parse(first.stdout),
    /** Revoke the refresh token that is kept now, as another program may. */
    async revoke() {
      const [path = ''] = filesIn(folder)
      const { record } = JSON.parse(JSON.parse(readFileSync(path, 'utf8')).value)
      const input = { Token: JSON.parse(record).tokens.refreshToken, ClientId: CLIENT_ID }
      const reply = await fetchApi({ endpoint: server.url }).call('RevokeToken', input)
      expect(reply).toEqual({})
    },
    pass: (milliseconds: number) => {
      now += milliseconds
    },
  }
}

/** The fields of a kept session that say of which user and of which pool it is. */
const leadingTo = (endpoint: string) => ({
  userPoolId: POOL_ID,
  region: 'us-east-1',
  clientId: CLIENT_ID,
  endpoint,
  username: 'alice',
  alias: 'alice@example.com',
})

describe('a kept session', () => {
  it('is a record of the library, with what leads to it beside', async () => {
    const { content, server, tokens, file } = await kept()
    const { key, record, ...beside } = content()
    expect(beside).toEqual({
      v: 2,
      ...leadingTo(server.url),
    })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const storage = memoryStorage()
    await storage.set(key, record)
    const api: CognitoApi = { call: async () => Promise.reject(new Error('asked')) }
    const session = createSession({ api, userPoolId: POOL_ID, clientId: CLIENT_ID }, { storage, tabs: false })
    expect((await session.user())?.username).toBe('alice')
    expect((await session.tokens())?.accessToken).toBe(tokens.accessToken)
  })

  it('is renewed once where two commands want that at once', async () => {
    const { run, operations, pass, folder } = await kept({ clients: rotating })
    pass(HOUR - 30_000)
    const [one, two] = await Promise.all([run(['token']), run(['token'])])
    expect(one).toMatchObject({ code: 0, stderr: '' })
    expect(two.stdout).toBe(one.stdout)
    expect(operations.splice(0)).toEqual(['GetTokensFromRefreshToken'])
    const all = await Promise.all([1, 2, 3].map(() => run(['refresh', '--token', 'access'])))
    for (const { code, stdout } of all) expect({ code, stdout }).toEqual({ code: 0, stdout: all[0]?.stdout })
    expect(operations).toEqual(['GetTokensFromRefreshToken'])
    await expect.poll(() => filesIn(folder).length).toBe(1)
  })

  it('is renewed by the next command where the process that held the lock has died', async () => {
    const { run, operations, folder, file } = await kept()
    mkdirSync(folder, { recursive: true })
    const gone = 2 ** 22 - 7
    writeFileSync(`${file}.lock`, JSON.stringify({ pid: gone, host: (await import('node:os')).hostname(), id: 'x' }))
    expect((await run(['refresh'])).code).toBe(0)
    expect(operations).toEqual(['GetTokensFromRefreshToken'])
    await expect.poll(() => filesIn(folder)).toEqual([file])
  })

  it('outlives a service that does not answer', async () => {
    const { run, pool, operations, pass, file, tokens } = await kept()
    const before = readFileSync(file, 'utf8')
    // Ahead of the end of the tokens there is time to try again.
    pass(HOUR - 30_000)
    pool.faults.add({ kind: 'drop' })
    expect(await run(['token'])).toMatchObject({ code: 0, stdout: `${tokens.accessToken}\n` })
    pass(HOUR)
    for (const [kind, message] of [
      ['drop', 'The connection to 127.0.0.1'],
      ['server-error', 'The service failed (HTTP 500)'],
    ] as const) {
      pool.faults.add({ kind })
      const { code, stdout, stderr } = await run(['token'], { COGNITO_PASSWORD: password })
      expect(stderr).toContain(message)
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
      expect(readFileSync(file, 'utf8')).toBe(before)
    }
    operations.splice(0)
    expect((await run(['token'])).code).toBe(0)
    expect(operations).toEqual(['GetTokensFromRefreshToken'])
  })

  it('ends when the service refuses to renew it, and token signs in again', async () => {
    const { run, where, operations, pass, revoke, folder } = await kept()
    pass(HOUR)
    await revoke()
    const refused = await run(['refresh'])
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain('The refresh token is not valid')
    await expect.poll(() => filesIn(folder)).toEqual([])
    operations.splice(0)
    // No one to ask, and nothing kept.
    expect(await run(['token', 'alice', ...where])).toMatchObject({ code: 4, stdout: '' })
    expect((await run(['token', 'alice', ...where], { COGNITO_PASSWORD: password })).stdout).toMatch(/^eyJ/)
    expect(operations).toEqual(['InitiateAuth', 'RespondToAuthChallenge'])
    pass(HOUR)
    await revoke()
    operations.splice(0)
    expect((await run(['token', 'alice', ...where], { COGNITO_PASSWORD: password })).stdout).toMatch(/^eyJ/)
    expect(operations).toEqual(['GetTokensFromRefreshToken', 'InitiateAuth', 'RespondToAuthChallenge'])
  })

  it.each(['http://x.localhost:9229', 'http://example.com', 'http://127.0.0.1.example.com', 'file:///etc/passwd'])(
    'with the endpoint %s is asked nothing',
    async (endpoint) => {
      const { run, change, operations, pass } = await kept()
      change((content) => ({ ...content, endpoint }))
      pass(HOUR)
      for (const args of [['token'], ['refresh'], ['sign-out'], ['whoami', '--remote'], ['forget-device']]) {
        const { code, stderr } = await run(args)
        expect(stderr).toMatch(/The endpoint .*is (neither https nor on this machine|not an address)/)
        expect(code).toBe(2)
      }
      expect(operations).toEqual([])
      // Nothing is sent to read what stands here.
      expect((await run(['whoami'])).stdout).toMatch(/^alice of /)
      expect((await run(['sign-out', '--local'])).code).toBe(0)
    },
  )

  it('stays when the service could not be told of its end', async () => {
    const { run, pool, file, folder } = await kept()
    const before = readFileSync(file, 'utf8')
    pool.faults.add({ kind: 'drop' })
    const { code, stderr } = await run(['sign-out'])
    expect(stderr).toContain('The connection to 127.0.0.1')
    expect(code).toBe(3)
    expect(readFileSync(file, 'utf8')).toBe(before)
    expect((await run(['sign-out'])).code).toBe(0)
    expect(filesIn(folder)).toEqual([])
  })

  it('is only found as its own pool, client and user', async () => {
    const { run, change } = await kept()
    for (const args of [
      ['-c', 'another'],
      ['-p', 'us-east-1_Another'],
      ['bob'],
      ['--endpoint', 'https://vpce.example.com'],
    ])
      expect((await run(['token', ...args])).code).not.toBe(0)
    expect((await run(['token', 'alice', '-c', CLIENT_ID])).code).toBe(0)
    change((content) => ({ ...content, clientId: 'another' }))
    expect(await run(['whoami'])).toMatchObject({ code: 2, stderr: expect.stringContaining('damaged') })
  })

  it('knows its device, and takes no other', async () => {
    const { run, operations } = await kept()
    const { code, stderr } = await run(['refresh', '--device-key', 'us-east-1_another'])
    expect(stderr).toContain('a kept session knows its device')
    expect({ code, operations }).toEqual({ code: 2, operations: [] })
  })

  it.each(['{', '[]', '{"v":2}', '{"v":2,"clientId":"web","username":"alice"}', '{"clientId":7,"tokens":{}}'])(
    'with %s in its file counts as absent, and the file is named',
    async (value) => {
      const { run, file, home } = await kept()
      writeFileSync(file, JSON.stringify({ key: JSON.parse(readFileSync(file, 'utf8')).key, value }))
      const { code, stderr } = await run(['whoami'])
      expect(stderr).toContain(`${file} is damaged and counts as absent.`)
      expect({ code, home: filesIn(home) }).toEqual({ code: 2, home: [file] })
    },
  )

  it('of the version before is taken over', async () => {
    const { run, change, content, tokens, server, operations } = await kept()
    const { accessToken, idToken, refreshToken, tokenType, expiresIn } = tokens
    change(() => ({
      ...leadingTo(server.url),
      tokens: { accessToken, idToken, refreshToken, tokenType, expiresIn },
    }))
    expect(await run(['token'])).toMatchObject({ code: 0, stdout: `${accessToken}\n`, stderr: '' })
    expect(content()).toMatchObject({ v: 2, alias: 'alice@example.com', record: expect.stringContaining(accessToken) })
    expect((await run(['refresh'])).code).toBe(0)
    expect(operations).toEqual(['GetTokensFromRefreshToken'])
  })

  it('of a version to come is left alone, and said to be', async () => {
    const { run, change, file } = await kept()
    change(() => ({ v: 3, anything: 'else' }))
    const before = readFileSync(file, 'utf8')
    const { code, stderr } = await run(['whoami'])
    expect(stderr).toContain('was kept by a newer version of this program')
    expect(code).toBe(2)
    expect(readFileSync(file, 'utf8')).toBe(before)
  })
})
