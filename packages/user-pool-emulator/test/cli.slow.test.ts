import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ended } from 'srp6a-tools/workspace/program.mjs'
import { afterAll, describe, expect, it } from 'vitest'
import { command, killAll } from './support/command.js'
import { PASSWORD, start } from './support/pool.js'
import { post } from './support/wire.js'

const folder = mkdtempSync(join(tmpdir(), 'emulator-'))
afterAll(async () => {
  await killAll()
  rmSync(folder, { recursive: true })
})

function write(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}
const seed = write(
  'pool.json',
  JSON.stringify({ clients: [{ clientId: 'web' }], users: [{ username: 'alice', password: PASSWORD }] }),
)

const run = (args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended> => command(args, env).ended

// Each case starts a Node process that compiles the sources first, so a busy machine needs its time.
describe('cognito-user-pool-emulator', { timeout: 120_000 }, () => {
  it('serves a seed until it is told to stop', async () => {
    const emulator = command(['--port', '0', '--seed', seed])
    const reply = await post(await emulator.url, 'InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: 'web',
      AuthParameters: { USERNAME: 'alice', PASSWORD },
    })
    const { code, stdout, stderr } = await emulator.kill('SIGTERM')
    expect(stderr).toBe('')
    expect(reply.body.AuthenticationResult.IdToken).toBeTruthy()
    expect(stdout).toMatch(/\d\d:\d\d:\d\d InitiateAuth USER_PASSWORD_AUTH alice \(web\) -> tokens \(\d+ ms\)\n/)
    expect(stdout).not.toContain(PASSWORD)
    expect(stdout).toContain('it is not Amazon Cognito')
    expect(code).toBe(0)
  })

  it('starts the pool afresh when the seed changes, and not when the new one is broken', async () => {
    const file = write('watched.json', '{"clients": [{"clientId": "first"}]}')
    const emulator = command(['--port', '0', '--watch', '--quiet', '--seed', file])
    const url = await emulator.url
    const initiate = async (ClientId: string) => {
      const request = { AuthFlow: 'USER_AUTH', ClientId, AuthParameters: { USERNAME: 'x' } }
      const { body } = await post(url, 'InitiateAuth', request)
      return body.ChallengeName ?? body.__type
    }
    const kid = async () => {
      const reply = await fetch(`${url}/us-east-1_Emulator0/.well-known/jwks.json`)
      return ((await reply.json()) as { keys: { kid: string }[] }).keys[0]?.kid
    }
    const first = await kid()
    expect(await initiate('first')).toBe('SELECT_CHALLENGE')
    write('watched.json', '{"clients": [')
    await emulator.until(/stays as it is/)
    expect(await initiate('first')).toBe('SELECT_CHALLENGE')
    write('watched.json', '{"clients": [{"clientId": "second"}]}')
    await emulator.until(/started afresh/)
    expect(await kid()).toBe(first)
    expect(await initiate('first')).toBe('ResourceNotFoundException')
    expect(await initiate('second')).toBe('SELECT_CHALLENGE')
    const { stdout, stderr } = await emulator.kill('SIGTERM')
    expect(stderr).toMatch(/watched\.json: .*JSON.*\nThe running pool stays as it is\.\n/)
    expect(stdout).not.toContain('InitiateAuth')
  })

  it('explains itself', async () => {
    const { code, stdout } = await run(['--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('--seed FILE')
    expect(stdout).toContain('development tool')
  })

  it('says what is wrong with its options and its seed, on one line, without a stack', async () => {
    const cases: [string[], number, string][] = [
      [[], 2, '--seed is missing'],
      [['--sed', 'x'], 2, "Unknown option '--sed'"],
      [['--seed', seed, '--port', 'http'], 2, '--port must be a number from 0 to 65535, not http'],
      [['--seed', join(folder, 'none.json')], 2, 'cannot read the seed: ENOENT'],
      [['--seed', write('broken.json', '{"clients": [')], 2, 'broken.json: '],
      [
        ['--seed', write('typo.json', '{"clients": [{"clientid": "x"}]}')],
        2,
        'typo.json: clients[0].clientId is missing',
      ],
      [['--seed', write('function.json', '{"clients": [], "clock": 1}')], 2, 'clock is not a known setting'],
    ]
    const ends = await Promise.all(cases.map(([args]) => run(args)))
    for (const [i, [, expected, message]] of cases.entries()) {
      const { code, stderr } = ends[i] ?? { code: undefined, stderr: '' }
      expect(stderr).toContain(message)
      expect(stderr).toMatch(/^cognito-user-pool-emulator: /)
      expect(stderr).not.toMatch(/\n\s+at /)
      expect(code).toBe(expected)
    }
  })

  it('lets no other machine in unless it is told to, and then warns', async () => {
    const args = ['--port', '0', '--seed', seed, '--host', '0.0.0.0']
    const refused = await run(args)
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain(
      '--host 0.0.0.0 can be reached from other machines; if that is meant, add --allow-r',
    )
    const emulator = command([...args, '--allow-remote'])
    await Promise.all([emulator.until(/not Amazon Cognito/), emulator.until(/EmulatorWarning/)])
    const allowed = await emulator.kill('SIGTERM')
    expect(allowed.stderr).toMatch(/EmulatorWarning: 0\.0\.0\.0 can be reached from other machines\. Anyone who/)
    expect(allowed.code).toBe(0)
  })

  it('refuses to be part of a production', async () => {
    const { code, stdout, stderr } = await run(['--port', '0', '--seed', seed], { NODE_ENV: 'production' })
    expect(stderr).toMatch(/^cognito-user-pool-emulator: NODE_ENV is production, .* refuses to start/)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  it('says that a port is busy', async () => {
    const { server } = await start()
    const { code, stderr } = await run(['--port', String(server.port), '--seed', seed])
    expect(stderr).toContain(`port ${server.port} of 127.0.0.1 is in use`)
    expect(code).toBe(1)
  })
})
