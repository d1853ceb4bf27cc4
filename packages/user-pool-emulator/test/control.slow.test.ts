import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { PASSWORD, SIGNED } from './support/pool.js'
import { post } from './support/wire.js'

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
const root = fileURLToPath(new URL('../../../', import.meta.url))
const program = fileURLToPath(new URL('control.py', import.meta.url))
const PYTHON = '/usr/bin/python3'
const TOKEN = 'token-of-this-test'
const folder = mkdtempSync(join(tmpdir(), 'emulator-control-'))
const children = new Set<ChildProcess>()
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

const seed = join(folder, 'pools.json')
const pool = (id: string, clientId: string) => ({
  id,
  clients: [{ clientId }],
  users: [{ username: 'ada', password: PASSWORD, attributes: { email: 'ada@example.com' } }],
})
writeFileSync(seed, JSON.stringify({ pools: [pool('us-east-1_First', 'first'), pool('us-east-1_Second', 'second')] }))

function launch(args: readonly string[]): Promise<{ url: string; child: ChildProcess }> {
  const env = { ...process.env, EMULATOR_CONTROL_TOKEN: TOKEN }
  const child = spawn(process.execPath, ['--import', 'tsx', cli, '--port', '0', '--seed', seed, ...args], {
    cwd: root,
    env,
  })
  children.add(child)
  let text = ''
  return new Promise((resolve, reject) => {
    const read = (data: unknown): void => {
      text += String(data)
      const url = /at (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1]
      if (url !== undefined) resolve({ url, child })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('close', () => reject(new Error(text)))
  })
}

const control = (url: string, method: string, path: string, body?: unknown, token = TOKEN): Promise<Response> =>
  fetch(`${url}/_emulator/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

const signIn = (url: string, ClientId: string) =>
  post(url, 'InitiateAuth', { AuthFlow: 'USER_PASSWORD_AUTH', ClientId, AuthParameters: { USERNAME: 'ada', PASSWORD } })

describe('the command', { timeout: 120_000 }, () => {
  it.skipIf(!existsSync(PYTHON))(
    'is controlled by a Python program: outbox, clock, faults, reset, snapshot, users',
    async () => {
      const { url, child } = await launch(['--quiet'])
      const python = spawn(PYTHON, [program, url, TOKEN])
      let text = ''
      for (const stream of [python.stdout, python.stderr]) stream.on('data', (data) => (text += data))
      const code = await new Promise((resolve) => python.once('close', resolve))
      expect(text).toBe('outbox clock faults reset snapshot confirm\n')
      expect(code).toBe(0)
      expect((await control(url, 'POST', 'reset', {}, 'another')).status).toBe(401)
      expect((await control(url, 'POST', 'faults', { kind: 'no-such' })).status).toBe(400)
      expect((await control(url, 'PUT', 'reset')).status).toBe(405)
      expect((await fetch(`${url}/_emulator/outbox`)).headers.get('access-control-allow-origin')).toBeNull()
      child.kill('SIGTERM')
    },
  )
  if (!existsSync(PYTHON)) console.log(`skipped: there is no ${PYTHON}`)

  it('keeps its state over a SIGKILL, in a file for its owner alone', async () => {
    const state = join(folder, 'state.json')
    const first = await launch(['--quiet', '--state', state])
    const { AccessToken } = (await signIn(first.url, 'second')).body.AuthenticationResult
    await post(first.url, 'AdminCreateUser', { UserPoolId: 'us-east-1_First', Username: 'grace' }, SIGNED)
    await control(first.url, 'POST', 'clock/advance', { seconds: 60 })
    await new Promise((resolve) => setTimeout(resolve, 1500))
    first.child.kill('SIGKILL')
    expect(statSync(state).mode & 0o777).toBe(0o600)
    const second = await launch(['--quiet', '--state', state])
    expect((await post(second.url, 'GetUser', { AccessToken })).body.Username).toBe('ada')
    const grace = await post(second.url, 'AdminGetUser', { UserPoolId: 'us-east-1_First', Username: 'grace' }, SIGNED)
    expect(grace.body.UserStatus).toBe('FORCE_CHANGE_PASSWORD')
    const { now } = (await (await control(second.url, 'GET', 'clock')).json()) as { now: string }
    expect(Date.parse(now) - Date.now()).toBeGreaterThan(50_000)
    second.child.kill('SIGTERM')
  })
})
