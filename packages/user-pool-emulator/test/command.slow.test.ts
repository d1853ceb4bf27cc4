// The command over its life: start, changed seeds, states that are kept, and ends of every kind.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { version } from '../package.json'
import { command, killAll } from './support/command.js'
import { PASSWORD, POOL_ID, SIGNED } from './support/pool.js'
import { post } from './support/wire.js'

const folder = mkdtempSync(join(tmpdir(), 'emulator-command-'))
afterAll(async () => {
  await killAll()
  rmSync(folder, { recursive: true })
})

let files = 0
function write(content: unknown, name = `file${files++}.json`): string {
  const file = join(folder, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}
const clients = [{ clientId: 'web' }]
const seed = write({ clients, users: [{ username: 'ada', password: PASSWORD }] })
const signIn = (url: string, USERNAME = 'ada', ClientId = 'web') =>
  post(url, 'InitiateAuth', { AuthFlow: 'USER_PASSWORD_AUTH', ClientId, AuthParameters: { USERNAME, PASSWORD } })
const create = (url: string, Username: string) =>
  post(url, 'AdminCreateUser', { UserPoolId: POOL_ID, Username, MessageAction: 'SUPPRESS' }, SIGNED)
const namesIn = (file: string): string[] => {
  const { snapshot } = JSON.parse(readFileSync(file, 'utf8')) as { snapshot: { pools: { users: [string][] }[] } }
  return (snapshot.pools[0]?.users ?? []).map(([name]) => name)
}

describe('the command', { timeout: 180_000 }, () => {
  it('tells its version', async () => {
    expect(await command(['--version']).ended).toMatchObject({ code: 0, output: `${version}\n` })
  })

  it('prints a token for control where it was given none, another one each time, and none that it was given', async () => {
    const run = async (args: readonly string[]) => {
      const emulator = command(['--port', '0', '--quiet', '--seed', seed, ...args])
      const url = await emulator.url
      const token = /^Control: http:\/\/127\.0\.0\.1:\d+\/_emulator\/ with the token ([\w-]{32})$/m.exec(
        emulator.printed.output,
      )?.[1]
      const get = async (bearer: string) =>
        (await fetch(`${url}/_emulator/clock`, { headers: { authorization: `Bearer ${bearer}` } })).status
      const statuses = [await get(token ?? 'given-token'), await get('another')]
      await emulator.kill('SIGTERM')
      return { token, statuses, text: emulator.printed.output }
    }
    const [first, second, given] = await Promise.all([run([]), run([]), run(['--control-token', 'given-token'])])
    expect(first.statuses).toEqual([200, 401])
    expect(second.token).not.toBe(first.token)
    expect(given).toMatchObject({ token: undefined, statuses: [200, 401] })
    expect(given.text).not.toContain('given-token')
  })

  it('refuses a seed with a pool, or a client of two pools, twice', async () => {
    const pool = (id: string, clientId: string) => ({ id, clients: [{ clientId }] })
    const twice = write({ pools: [pool('us-east-1_A', 'a'), pool('us-east-1_A', 'b')] })
    const shared = write({ pools: [pool('us-east-1_A', 'a'), pool('us-east-1_B', 'a')] })
    const ends = await Promise.all([twice, shared].map((file) => command(['--port', '0', '--seed', file]).ended))
    expect(ends[0]).toMatchObject({
      code: 2,
      output: expect.stringContaining('pools[1].id "us-east-1_A" occurs twice'),
    })
    expect(ends[1]).toMatchObject({ code: 2, output: expect.stringContaining('"a" is a client of another pool') })
  })

  it.each([
    ['no JSON', '{"version": 1, "clock"'],
    ['another JSON', '{"hello": "world"}'],
    ['another version', '{"version": 9, "clock": {"offset": 0}, "snapshot": {}}'],
    ['no snapshot', '{"version": 1, "clock": {"offset": 0}, "snapshot": {"version": 1}}'],
  ])('a state file that holds %s stops the start, in one line, and stays as it is', async (_, text) => {
    const state = write(text)
    const { code, output: printed } = await command(['--port', '0', '--seed', seed, '--state', state]).ended
    expect(code).toBe(2)
    expect(printed).toMatch(/^cognito-user-pool-emulator: [^\n]*\.json: [^\n]+\n$/)
    expect(readFileSync(state, 'utf8')).toBe(text)
  })

  it('writes what changed last when SIGTERM comes at once', async () => {
    const state = join(folder, 'flushed.json')
    const emulator = command(['--port', '0', '--quiet', '--seed', seed, '--state', state])
    await create(await emulator.url, 'grace')
    expect((await emulator.kill('SIGTERM')).code).toBe(0)
    expect(namesIn(state)).toEqual(['ada', 'grace'])
  })

  it('leaves the old state or the new one, whole, however it is killed', async () => {
    const state = join(folder, 'killed.json')
    // Some megabytes, so that a writing takes a while.
    const users = Array.from({ length: 3000 }, (_, i) => ({
      username: `user${i}`,
      salt: 'ab',
      verifier: '2',
      attributes: { profile: 'x'.repeat(1000) },
    }))
    const big = write({ clients, users })
    let made = 0
    for (const delay of [150, 200, 205, 210, 230, 260]) {
      const emulator = command(['--port', '0', '--quiet', '--seed', big, '--state', state])
      const url = await emulator.url
      const before = made
      await create(url, `made${made++}`)
      await new Promise((resolve) => setTimeout(resolve, delay))
      await emulator.kill('SIGKILL')
      const names = namesIn(state)
      expect(names.length).toBeGreaterThanOrEqual(3000)
      const kept = names.slice(3000)
      expect(kept).toEqual(kept.map((_name, i) => `made${i}`))
      expect([before, made]).toContain(kept.length)
      made = kept.length
    }
  })

  it('--watch follows a symbolic link: to a file that changes, and to one that takes its place', async () => {
    mkdirSync(join(folder, 'links'))
    const first = write({ clients: [{ clientId: 'first' }] }, 'watched-1.json')
    const second = write({ clients: [{ clientId: 'third' }] }, 'watched-2.json')
    const link = join(folder, 'links', 'seed.json')
    symlinkSync(first, link)
    const emulator = command(['--port', '0', '--quiet', '--watch', '--seed', link])
    const url = await emulator.url
    const has = async (clientId: string) =>
      (await signIn(url, 'x', clientId)).body.__type !== 'ResourceNotFoundException'
    expect([await has('first'), await has('second')]).toEqual([true, false])
    write({ clients: [{ clientId: 'second' }] }, 'watched-1.json')
    await emulator.until(/started afresh/)
    expect([await has('first'), await has('second')]).toEqual([false, true])
    rmSync(link)
    symlinkSync(second, link)
    await emulator.until(/started afresh[\s\S]*started afresh/)
    expect([await has('second'), await has('third')]).toEqual([false, true])
    // Changes of the file that it leads to now are seen as well.
    write({ clients: [{ clientId: 'fourth' }] }, 'watched-2.json')
    await emulator.until(/(started afresh[\s\S]*){3}/)
    expect(await has('fourth')).toBe(true)
    await emulator.kill('SIGTERM')
  })

  it('starts with 5,000 users in less than five seconds, and tells how far a first state is', async () => {
    const users = Array.from({ length: 5000 }, (_, i) => ({
      username: `user${i}`,
      password: PASSWORD,
      attributes: { email: `user${i}@example.com` },
    }))
    const crowd = write({ clients, users })
    const state = join(folder, 'crowd.json')
    // The time of a process with one user depends on the machine.
    const timeTo = async (args: readonly string[]) => {
      const started = performance.now()
      const emulator = command(['--port', '0', '--quiet', ...args])
      await emulator.url
      return { emulator, took: performance.now() - started }
    }
    const one = await timeTo(['--seed', seed])
    await one.emulator.kill('SIGTERM')
    for (const args of [[], ['--state', state]]) {
      const { emulator, took } = await timeTo(['--seed', crowd, ...args])
      const url = await emulator.url
      const times = `${Math.round(took)} ms, ${Math.round(one.took)} ms with one user`
      console.log(`5,000 users${args.length > 0 ? ' with --state' : ''}: listening after ${times}`)
      expect(took - one.took).toBeLessThan(5000)
      expect((await signIn(url, 'user4321')).body.AuthenticationResult).toMatchObject({
        AccessToken: expect.any(String),
      })
      if (args.length > 0) await emulator.until(/verifiers of 4\d{3} more users[\s\S]*verifiers of 3\d{3} more/)
      await emulator.kill('SIGTERM')
    }
    expect(namesIn(state)).toHaveLength(5000)
    const again = command(['--port', '0', '--quiet', '--seed', crowd, '--state', state])
    expect((await signIn(await again.url, 'user77')).body.AuthenticationResult).toMatchObject({
      AccessToken: expect.any(String),
    })
    await again.kill('SIGTERM')
  })
})
