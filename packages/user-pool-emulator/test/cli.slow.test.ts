import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { PASSWORD, start } from './support/pool.js'
import { post } from './support/wire.js'

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
const root = fileURLToPath(new URL('../../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'emulator-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}
const seed = write(
  'pool.json',
  JSON.stringify({ clients: [{ clientId: 'web' }], users: [{ username: 'alice', password: PASSWORD }] }),
)

interface Ended {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

/** The command line from its sources; `until` is called with what it printed so far. */
function run(
  args: readonly string[],
  until?: (output: string, child: ChildProcess) => void,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', cli, ...args], { cwd: root, env })
  let output = ''
  let errors = ''
  child.stdout.on('data', (data) => {
    output += data
    until?.(output + errors, child)
  })
  child.stderr.on('data', (data) => {
    errors += data
    until?.(output + errors, child)
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output, errors })))
}

// Each case starts a Node process that compiles the sources first, so a busy machine needs its time.
describe('cognito-user-pool-emulator', { timeout: 120_000 }, () => {
  it('serves a seed until it is told to stop', async () => {
    let reply: Awaited<ReturnType<typeof post>> | undefined
    const { code, output, errors } = await run(['--port', '0', '--seed', seed], (text, child) => {
      const url = /at (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1]
      if (url === undefined || reply !== undefined) return
      reply = { status: 0, headers: new Headers(), body: undefined }
      const parameters = { USERNAME: 'alice', PASSWORD }
      void post(url, 'InitiateAuth', { AuthFlow: 'USER_PASSWORD_AUTH', ClientId: 'web', AuthParameters: parameters })
        .then((answer) => {
          reply = answer
        })
        .finally(() => child.kill('SIGTERM'))
    })
    expect(errors).toBe('')
    expect(reply?.body.AuthenticationResult.IdToken).toBeTruthy()
    expect(output).toMatch(/\d\d:\d\d:\d\d InitiateAuth USER_PASSWORD_AUTH alice \(web\) -> tokens \(\d+ ms\)\n/)
    expect(output).not.toContain(PASSWORD)
    expect(output).toContain('it is not Amazon Cognito')
    expect(code).toBe(0)
  })

  it('starts the pool afresh when the seed changes, and not when the new one is broken', async () => {
    const file = write('watched.json', '{"clients": [{"clientId": "first"}]}')
    const initiate = async (url: string, ClientId: string) =>
      (await post(url, 'InitiateAuth', { AuthFlow: 'USER_AUTH', ClientId, AuthParameters: { USERNAME: 'x' } })).body
    const kid = async (address: string): Promise<void> => {
      const reply = await fetch(`${address}/us-east-1_Emulator0/.well-known/jwks.json`)
      kids.add(((await reply.json()) as { keys: { kid: string }[] }).keys[0]?.kid ?? '')
    }
    const kids = new Set<string>()
    const replies: Record<string, unknown>[] = []
    let url: string | undefined
    let step = 0
    const onText = async (text: string, child: ChildProcess): Promise<void> => {
      url ??= /at (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1]
      if (url === undefined) return
      if (step === 0) {
        step = 1
        await kid(url)
        replies.push(await initiate(url, 'first'))
        write('watched.json', '{"clients": [')
      } else if (step === 1 && text.includes('stays as it is')) {
        step = 2
        replies.push(await initiate(url, 'first'))
        write('watched.json', '{"clients": [{"clientId": "second"}]}')
      } else if (step === 2 && text.includes('started afresh')) {
        step = 3
        await kid(url)
        replies.push(await initiate(url, 'first'), await initiate(url, 'second'))
        child.kill('SIGTERM')
      }
    }
    const { output, errors } = await run(['--port', '0', '--watch', '--quiet', '--seed', file], (text, child) => {
      void onText(text, child)
    })
    expect(errors).toMatch(/watched\.json: .*JSON.*\nThe running pool stays as it is\.\n/)
    expect(output).not.toContain('InitiateAuth')
    expect(kids.size).toBe(1)
    expect(replies.map((reply) => reply.ChallengeName ?? reply.__type)).toEqual([
      'SELECT_CHALLENGE',
      'SELECT_CHALLENGE',
      'ResourceNotFoundException',
      'SELECT_CHALLENGE',
    ])
  })

  it('explains itself', async () => {
    const { code, output } = await run(['--help'])
    expect(code).toBe(0)
    expect(output).toContain('--seed FILE')
    expect(output).toContain('development tool')
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
      const { code, errors } = ends[i] ?? { code: undefined, errors: '' }
      expect(errors).toContain(message)
      expect(errors).toMatch(/^cognito-user-pool-emulator: /)
      expect(errors).not.toMatch(/\n\s+at /)
      expect(code).toBe(expected)
    }
  })

  it('lets no other machine in unless it is told to, and then warns', async () => {
    const args = ['--port', '0', '--seed', seed, '--host', '0.0.0.0']
    const refused = await run(args)
    expect(refused).toMatchObject({ code: 2, output: '' })
    expect(refused.errors).toContain(
      '--host 0.0.0.0 can be reached from other machines; if that is meant, add --allow-r',
    )
    const allowed = await run([...args, '--allow-remote'], (text, child) => {
      if (text.includes('not Amazon Cognito') && text.includes('EmulatorWarning')) child.kill('SIGTERM')
    })
    expect(allowed.errors).toMatch(/EmulatorWarning: 0\.0\.0\.0 can be reached from other machines\. Anyone who/)
    expect(allowed.code).toBe(0)
  })

  it('refuses to be part of a production', async () => {
    const { code, output, errors } = await run(['--port', '0', '--seed', seed], undefined, {
      ...process.env,
      NODE_ENV: 'production',
    })
    expect(errors).toMatch(/^cognito-user-pool-emulator: NODE_ENV is production, .* refuses to start/)
    expect({ code, output }).toEqual({ code: 2, output: '' })
  })

  it('says that a port is busy', async () => {
    const { server } = await start()
    const { code, errors } = await run(['--port', String(server.port), '--seed', seed])
    expect(errors).toContain(`port ${server.port} of 127.0.0.1 is in use`)
    expect(code).toBe(1)
  })
})
