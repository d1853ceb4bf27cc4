import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readArguments } from '../src/arguments.js'
import { COMMANDS } from '../src/command-table.js'
import { Failure } from '../src/failure.js'
import { OPTIONS } from '../src/options.js'
import { readSettings } from '../src/settings.js'

const folder = mkdtempSync(join(tmpdir(), 'cli-units-'))
afterAll(() => rmSync(folder, { recursive: true }))
/** A folder of its own with a cognito.json in it. */
function withConfig(config: unknown): string {
  const cwd = mkdtempSync(join(folder, 'c-'))
  writeFileSync(join(cwd, 'cognito.json'), typeof config === 'string' ? config : JSON.stringify(config))
  return cwd
}
const settings = (args: string[], env: Record<string, string> = {}, cwd = folder) =>
  readSettings(readArguments(['sign-in', ...args]), env, cwd)
/** The message and advice of a failure. */
function failure(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Failure) return [error.exitCode, error.message, ...error.advice].join(' ')
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('arguments', () => {
  it('are a command, options in every way of writing, and a user name', () => {
    expect(
      readArguments(['sign-in', 'alice', '-p', 'a_b', '--client-id=c', '-sd', '--attribute', 'a=b', '--attribute=c=d']),
    ).toEqual({
      command: 'sign-in',
      values: {
        username: 'alice',
        'user-pool-id': 'a_b',
        'client-id': 'c',
        save: true,
        'remember-device': true,
        attribute: ['a=b', 'c=d'],
      },
    })
    expect(readArguments(['whoami', '--', '-alice']).values).toEqual({ username: '-alice' })
    expect(readArguments(['sign-in', '--issuer=-x']).values).toEqual({ issuer: '-x' })
  })

  it.each([
    [['sgin-in'], 'no such command. Did you mean sign-in?'],
    [['sign-in', '--usrname', 'x'], 'no option --usrname. Did you mean --username?'],
    [['sign-in', '--token-stdin'], 'sign-in has no option --token-stdin'],
    [['sign-in', '--username'], '--username needs a value'],
    [['sign-in', '--username='], '--username needs a value'],
    [['sign-in', '--username', '--json'], 'an option follows. If the value begins with a dash, write --username='],
    [['sign-in', '--json=yes'], '--json takes no value'],
    [['sign-in', '-u', 'a', '-u', 'b'], '--username is given twice'],
    [['sign-in', 'a', 'b'], 'One user name is enough'],
    [['sign-in', '--password'], '--password is not taken'],
    [['sign-in', '--passwd=x'], '--passwd is not taken'],
    [['sign-in', '--client-secret=x'], '--client-secret is not taken'],
    [['forget-device', '--password', 'x'], 'COGNITO_PASSWORD'],
  ])('%j is refused', (args, message) => {
    const text = failure(() => readArguments(args))
    expect(text).toMatch(/^2 /)
    expect(text).toContain(message)
  })

  it('name every option in some command, and none that is not there', () => {
    const used = new Set(Object.values(COMMANDS).flatMap(({ groups }) => groups.flatMap(([, names]) => names)))
    expect([...used].sort()).toEqual(Object.keys(OPTIONS).sort())
  })
})

describe('settings', () => {
  const POOL = 'us-east-1_AbCdEfGhI'

  it('come from an option, a profile asked for, the environment, the default profile, the file: nearest first', () => {
    const cwd = withConfig({
      clientId: 'file',
      region: 'eu-west-1',
      profiles: { one: { clientId: 'one', username: 'one' }, two: { clientId: 'two' } },
      defaultProfile: 'one',
    })
    const env = { COGNITO_CLIENT_ID: 'env' }
    expect(settings(['-c', 'option', '--profile', 'two'], env, cwd).clientId).toBe('option')
    expect(settings(['--profile', 'two'], env, cwd).clientId).toBe('two')
    expect(settings([], env, cwd).clientId).toBe('env')
    expect(settings([], { ...env, COGNITO_PROFILE: 'two' }, cwd).clientId).toBe('env')
    expect(settings([], { COGNITO_CLIENT_ID: '' }, cwd)).toMatchObject({
      clientId: 'one',
      username: 'one',
      region: 'eu-west-1',
    })
    expect(settings([], { COGNITO_PROFILE: 'two' }, cwd).clientId).toBe('two')
  })

  it('take the region from the pool, and flows by either name', () => {
    expect(settings(['-p', POOL]).region).toBe('us-east-1')
    expect(settings(['-p', POOL], { COGNITO_REGION: 'eu-west-1' }).region).toBe('us-east-1')
    expect(settings([]).flow).toBe('srp')
    expect(settings(['--flow', 'USER_PASSWORD_AUTH']).flow).toBe('password')
    expect(settings(['--flow', 'custom-srp', '--client-metadata', 'a=b=c']).clientMetadata).toEqual({ a: 'b=c' })
  })

  it.each<[string, string[], Record<string, string>, unknown, string]>([
    ['an invalid pool id', ['-p', 'us-east-1'], {}, undefined, 'The user pool id is not one.'],
    ['two regions', ['-p', POOL, '-r', 'eu-west-1'], {}, undefined, 'The user pool is in us-east-1'],
    ['two forms of output', ['--json', '--env'], {}, undefined, 'Choose one of --json and --env'],
    ['one token as JSON', ['--json', '--token', 'id'], {}, undefined, 'Choose one of --json and --token'],
    ['an unknown flow', ['--flow', 'magic'], {}, undefined, 'There is no flow magic. Flows: srp'],
    ['an unknown flow of a prototype', ['--flow', 'constructor'], {}, undefined, 'There is no flow constructor'],
    ['an unknown token', ['--token', 'all'], {}, undefined, 'There is no token all'],
    ['an attribute without a value', ['--attribute', 'name'], {}, undefined, '--attribute expects NAME=VALUE'],
    [
      'http to another machine',
      ['--endpoint', 'http://example.com'],
      {},
      undefined,
      'neither https nor on this machine',
    ],
    [
      'http to what only looks like this one',
      ['--endpoint', 'http://127.0.0.1.example.com'],
      {},
      undefined,
      'neither https nor',
    ],
    ['an endpoint with a password', ['--endpoint', 'https://a:b@example.com'], {}, undefined, 'is not an address'],
    ['an endpoint of another kind', ['--endpoint', 'file:///etc/passwd'], {}, undefined, 'is not an address'],
    ['a file that is not JSON', [], {}, '{"clientSecret": "hush', 'cognito.json is not JSON.'],
    ['a file that is a list', [], {}, [], 'must be an object'],
    ['a misspelt setting', [], {}, { clientid: 'x' }, 'clientid is not a known setting'],
    ['a setting of the wrong type', [], {}, { clientId: 7 }, 'clientId must be a string'],
    ['an empty setting', [], {}, { clientId: '' }, 'clientId is empty'],
    ['a password in the file', [], {}, { password: 'x' }, 'no place for a password'],
    ['a password in a profile', [], {}, { profiles: { a: { password: 'x' } } }, 'no place for a password'],
    ['an unknown profile', ['--profile', 'c'], {}, { profiles: { a: {}, b: {} } }, 'has no profile c. It has: a, b'],
    ['a profile of a prototype', ['--profile', 'toString'], {}, { profiles: { a: {} } }, 'has no profile toString'],
    ['a profile without a file', ['--profile', 'a'], {}, undefined, 'so there is no profile in it'],
    ['a named file that is not there', ['--config', 'x.json'], {}, undefined, 'x.json (ENOENT)'],
    [
      'a found file that leads elsewhere',
      [],
      {},
      { endpoint: 'https://evil.example.com' },
      'happens to lie in the folder',
    ],
  ])('refuse %s', (_, args, env, config, message) => {
    const text = failure(() => settings(args, env, config === undefined ? folder : withConfig(config)))
    expect(text).toMatch(/^2 /)
    expect(text).toContain(message)
    expect(text).not.toContain('hush')
  })

  it('take endpoints that are safe, or that someone answers for', () => {
    for (const endpoint of [
      'http://127.0.0.1:9229',
      'http://localhost:1',
      'http://[::1]:1',
      'https://vpce.example.com',
    ]) {
      expect(settings(['--endpoint', endpoint]).endpoint).toBe(endpoint)
    }
    expect(settings(['--endpoint', 'http://example.com', '--allow-http']).endpoint).toBe('http://example.com')
    const cwd = withConfig({ endpoint: 'https://vpce.example.com' })
    expect(settings(['--config', 'cognito.json'], {}, cwd).endpoint).toBe('https://vpce.example.com')
  })
})
