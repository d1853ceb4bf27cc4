import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { type Command, command, killAll } from './support/command.js'
import { PASSWORD, SIGNED } from './support/pool.js'
import { post } from './support/wire.js'

const program = fileURLToPath(new URL('control.py', import.meta.url))
const PYTHON = '/usr/bin/python3'
const TOKEN = 'token-of-this-test'
const folder = mkdtempSync(join(tmpdir(), 'emulator-control-'))
afterAll(async () => {
  await killAll()
  rmSync(folder, { recursive: true })
})

const seed = join(folder, 'pools.json')
const pool = (id: string, clientId: string) => ({
  id,
  clients: [{ clientId }],
  users: [{ username: 'ada', password: PASSWORD, attributes: { email: 'ada@example.com' } }],
})
writeFileSync(seed, JSON.stringify({ pools: [pool('us-east-1_First', 'first'), pool('us-east-1_Second', 'second')] }))

const launch = (args: readonly string[]): Command =>
  command(['--port', '0', '--seed', seed, ...args], { EMULATOR_CONTROL_TOKEN: TOKEN })

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
      const emulator = launch(['--quiet'])
      const url = await emulator.url
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
      await emulator.kill('SIGTERM')
    },
  )
  if (!existsSync(PYTHON)) console.log(`skipped: there is no ${PYTHON}`)

  it('keeps its state over a SIGKILL, in a file for its owner alone', async () => {
    const state = join(folder, 'state.json')
    const first = launch(['--quiet', '--state', state])
    const { AccessToken } = (await signIn(await first.url, 'second')).body.AuthenticationResult
    await post(await first.url, 'AdminCreateUser', { UserPoolId: 'us-east-1_First', Username: 'grace' }, SIGNED)
    await control(await first.url, 'POST', 'clock/advance', { seconds: 60 })
    await new Promise((resolve) => setTimeout(resolve, 1500))
    await first.kill('SIGKILL')
    expect(statSync(state).mode & 0o777).toBe(0o600)
    const second = launch(['--quiet', '--state', state])
    expect((await post(await second.url, 'GetUser', { AccessToken })).body.Username).toBe('ada')
    const grace = await post(
      await second.url,
      'AdminGetUser',
      { UserPoolId: 'us-east-1_First', Username: 'grace' },
      SIGNED,
    )
    expect(grace.body.UserStatus).toBe('FORCE_CHANGE_PASSWORD')
    const { now } = (await (await control(await second.url, 'GET', 'clock')).json()) as { now: string }
    expect(Date.parse(now) - Date.now()).toBeGreaterThan(50_000)
    await second.kill('SIGTERM')
  })
})
