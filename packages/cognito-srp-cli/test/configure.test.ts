import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inProcess } from './in-process.js'
import { ALICE, CLIENT_ID, POOL_ID } from './pool.js'
import { emptyHome, emulator } from './support.js'

const { password } = ALICE
const fileOf = (home: string) => join(home, '.config/cognito-srp/config.json')

describe('configure', () => {
  it('writes a profile that a sign-in uses, for its owner only', async () => {
    const { where, server } = await emulator({ users: [{ ...ALICE, username: 'alice' }] })
    const { env, home } = emptyHome()
    const written = await inProcess(['configure', '--profile', 'work', ...where], { env })
    expect(written.code).toBe(0)
    expect(statSync(fileOf(home)).mode & 0o777).toBe(0o600)
    expect(statSync(join(home, '.config/cognito-srp')).mode & 0o777).toBe(0o700)
    const other = await inProcess(['configure', '-p', 'eu-west-1_Other', '-c', 'other'], { env })
    expect(other.code).toBe(0)
    expect(JSON.parse(readFileSync(fileOf(home), 'utf8'))).toEqual({
      defaultProfile: 'work',
      profiles: {
        work: { userPoolId: POOL_ID, clientId: CLIENT_ID, endpoint: server.url },
        default: { userPoolId: 'eu-west-1_Other', clientId: 'other' },
      },
    })
    for (const args of [['--profile', 'work'], []]) {
      const run = await inProcess(['sign-in', 'alice', ...args, '--json'], {
        env: { ...env, COGNITO_PASSWORD: password },
      })
      expect(run.stderr).toContain('Signed in as alice.')
    }
    // A file of the folder that has no such profile does not hide the user's own.
    writeFileSync(join(home, 'cognito.json'), '{"clientId": "another"}')
    const beside = await inProcess(['sign-in', 'alice', '--profile', 'work', '--json'], {
      env: { ...env, COGNITO_PASSWORD: password },
    })
    expect(beside.code).toBe(0)
    expect((await inProcess(['sign-in', 'alice', '--profile', 'none'], { env })).stderr).toContain('no profile none')
  })

  it('asks at a terminal, and again for what is invalid', async () => {
    const { env, home } = emptyHome()
    const run = await inProcess(['configure'], {
      env,
      types: [
        ['User pool id: ', 'mine'],
        ['User pool id: ', POOL_ID],
        ['App client id: ', 'a b'],
        ['App client id: ', CLIENT_ID],
        ['Endpoint (Enter for Amazon): ', 'http://example.com'],
        ['Endpoint (Enter for Amazon): ', ' '],
      ],
    })
    expect(run.code).toBe(0)
    expect(run.stderr).toContain('It looks like us-east-1_AbCdEfGhI')
    expect(JSON.parse(readFileSync(fileOf(home), 'utf8')).profiles).toEqual({
      default: { userPoolId: POOL_ID, clientId: CLIENT_ID },
    })
  })

  it('refuses what it cannot ask for, a bad name, and a file that others may write', async () => {
    const { env, home } = emptyHome()
    expect(await inProcess(['configure'], { env })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Which user pool'),
    })
    const given = ['-p', POOL_ID, '-c', CLIENT_ID]
    expect(await inProcess(['configure', ...given, '--profile', 'a/b'], { env })).toMatchObject({ code: 2 })
    mkdirSync(join(home, '.config/cognito-srp'), { recursive: true })
    writeFileSync(fileOf(home), '{"profiles": {"a": {}}}')
    chmodSync(fileOf(home), 0o666)
    for (const args of [
      ['configure', ...given],
      ['sign-in', 'alice', '--profile', 'a'],
    ])
      expect((await inProcess(args, { env })).stderr).toContain('can be written by others')
    chmodSync(fileOf(home), 0o600)
    writeFileSync(fileOf(home), '{')
    expect((await inProcess(['configure', ...given], { env })).stderr).toContain('is not JSON')
    expect(readFileSync(fileOf(home), 'utf8')).toBe('{')
  })
})

describe('completion', () => {
  it('completes commands, options and values in bash', async () => {
    const { stdout } = await inProcess(['completion', 'bash'])
    const complete = (...words: string[]) => {
      const typed = words.map((word) => `'${word}'`).join(' ')
      const ask = `COMP_WORDS=(cognito-srp ${typed}); COMP_CWORD=${words.length}; _cognito_srp`
      const script = `${stdout}\n${ask}; printf '%s\\n' "\${COMPREPLY[@]}"`
      return execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8' }).trim().split('\n')
    }
    expect(complete('si')).toEqual(['sign-in', 'sign-out'])
    expect(complete('sign-in', '--pass')).toEqual(['--password-stdin'])
    expect(complete('sign-in', '--flow', 'cu')).toEqual(['custom', 'custom-srp'])
    expect(complete('token', '-t', '')).toEqual(['id', 'access', 'refresh'])
    expect(complete('completion', '')).toContain('zsh')
    expect(complete('help', 'exit')).toEqual(['exit-codes'])
    expect(complete('sign-in', '--username', '')).toEqual([''])
    expect(complete('doctor', '--admi')).toEqual([''])
  })

  it.each([
    ['zsh', '#compdef cognito-srp', "'sign-in:sign in and print the tokens'"],
    ['fish', 'complete -c cognito-srp -f', "-l flow -s f -x -a 'srp password choice custom custom-srp refresh'"],
  ])('prints a script for %s', async (shell, begin, part) => {
    const { code, stdout } = await inProcess(['completion', shell])
    expect(code).toBe(0)
    expect(stdout).toContain(begin)
    expect(stdout).toContain(part)
  })

  it('says which shells there are', async () => {
    expect(await inProcess(['completion', 'tcsh'])).toMatchObject({ code: 2 })
    expect((await inProcess(['completion'])).stderr).toContain('bash, zsh, fish')
  })
})

describe('the host of the service', () => {
  it.each([
    ['cn-north-1', 'https://cognito-idp.cn-north-1.amazonaws.com.cn/'],
    ['us-east-1', 'https://cognito-idp.us-east-1.amazonaws.com/'],
  ])('of %s is in the domain of its partition', async (region, address) => {
    const asked: string[] = []
    const own = globalThis.fetch
    globalThis.fetch = async (url) => {
      asked.push(String(url))
      return new Response('{"ChallengeName":"X","Session":"s"}')
    }
    try {
      await inProcess(['initiate', 'a', '--auth-flow', 'CUSTOM_AUTH', '-p', `${region}_Abc`, '-c', 'web'])
    } finally {
      globalThis.fetch = own
    }
    expect(asked).toEqual([address])
  })
})
