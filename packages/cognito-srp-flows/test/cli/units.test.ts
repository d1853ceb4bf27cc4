import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { readArguments } from '../../cli/arguments.js'
import { readClaims } from '../../cli/claims.js'
import { explain } from '../../cli/explain.js'
import { Failure } from '../../cli/failure.js'
import { COMMANDS, OPTIONS } from '../../cli/options.js'
import { shellQuoted } from '../../cli/print.js'
import { PrivateFolder, stateFolder } from '../../cli/private-folder.js'
import { qrCode } from '../../cli/qr.js'
import { readSettings } from '../../cli/settings.js'
import { printable, style } from '../../cli/style.js'
import { traceBody } from '../../cli/trace.js'
import { duration, localTime, relative } from '../../cli/words.js'

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
    expect(readArguments(['sign-in', '--client-secret=-x']).values).toEqual({ 'client-secret': '-x' })
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
    ['a pool id that is none', ['-p', 'us-east-1'], {}, undefined, 'The user pool id is not one.'],
    ['two regions', ['-p', POOL, '-r', 'eu-west-1'], {}, undefined, 'The user pool is in us-east-1'],
    ['two forms of output', ['--json', '--env'], {}, undefined, 'Choose one of --json and --env'],
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
      'happens to lie in a folder',
    ],
  ])('refuse %s', (_, args, env, config, message) => {
    const text = failure(() => settings(args, env, config === undefined ? folder : withConfig(config)))
    expect(text).toMatch(/^2 /)
    expect(text).toContain(message)
    expect(text).not.toContain('hush')
  })

  it('take endpoints that are safe, or that somebody answers for', () => {
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

describe('a private folder', () => {
  const warnings: string[] = []
  const open = (name: string) => new PrivateFolder(join(folder, name), (message) => warnings.push(message))

  it('gives back what was put in, whatever the keys are', async () => {
    const keys = ['a', '../a', 'a/b', '\u0000', 'ä'.repeat(500)]
    for (const key of keys) await open('keys').set(key, `value of ${key}`)
    for (const key of keys) expect(await open('keys').get(key)).toBe(`value of ${key}`)
    expect((await open('keys').list()).map(({ key }) => key).sort()).toEqual([...keys].sort())
    await open('keys').remove('../a')
    await open('keys').remove('never there')
    expect(await open('keys').get('../a')).toBeUndefined()
    expect(readdirSync(join(folder, 'keys'))).toHaveLength(keys.length - 1)
    expect(await open('nothing').list()).toEqual([])
  })

  it('holds one whole value after many at once, and no drafts', async () => {
    const values = Array.from({ length: 20 }, (_, i) => String(i).repeat(10_000))
    await Promise.all(values.map((value) => open('race').set('key', value)))
    expect(values).toContain(await open('race').get('key'))
    expect(readdirSync(join(folder, 'race'))).toHaveLength(1)
    expect(warnings).toEqual([])
  })

  it('says where it could not write', async () => {
    writeFileSync(join(folder, 'a-file'), '')
    await expect(open('a-file/below').set('key', 'value')).rejects.toThrow(
      /^Cannot write .*a-file\/below: (ENOTDIR|EEXIST)/,
    )
  })

  it('lies where the platform keeps state', () => {
    expect(stateFolder({}, '/home/a', 'linux')).toBe('/home/a/.local/state/cognito-srp-flows')
    expect(stateFolder({ XDG_STATE_HOME: '/s' }, '/home/a', 'linux')).toBe('/s/cognito-srp-flows')
    expect(stateFolder({ XDG_STATE_HOME: 'relative' }, '/home/a', 'linux')).toBe(
      '/home/a/.local/state/cognito-srp-flows',
    )
  })
})

describe('words', () => {
  it.each([
    [1, '1 second'],
    [89, '89 seconds'],
    [90, '2 minutes'],
    [3540, '59 minutes'],
    [3541, '1 hour'],
    [3600, '1 hour'],
    [86_400, '24 hours'],
    [36 * 3600, '2 days'],
    [30 * 86_400, '30 days'],
    [365 * 86_400, '12 months'],
    [5 * 365.25 * 86_400, '5 years'],
  ])('%i seconds are %s', (seconds, text) => expect(duration(seconds)).toBe(text))

  it('say when', () => {
    const now = new Date('2026-11-21T12:00:00Z')
    expect(relative(new Date('2026-11-21T13:00:00Z'), now)).toBe('in 1 hour')
    expect(relative(new Date('2026-11-19T12:00:00Z'), now)).toBe('2 days ago')
    expect(relative(now, now)).toBe('now')
    expect(new Date(localTime(now).replace(/ (?=[+-])/, ''))).toEqual(now)
  })

  it('quote any text for a shell', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("'", '"', '\\', '$', '`', '\n', ' ', 'a', '!', 'é') }), (text) => {
        expect(execFileSync('sh', ['-c', `printf %s ${shellQuoted(text)}`]).toString()).toBe(text)
      }),
      { numRuns: 30 },
    )
  })

  it('hold nothing that moves a cursor', () => {
    expect(printable('a\u001b[2Jb\r\nc\u009bd\u202ee')).toBe('a·[2Jb··c·d·e')
    expect(printable('Zoë 🐎 日本')).toBe('Zoë 🐎 日本')
  })
})

describe('a trace', () => {
  it('hides every field that is not known to be harmless', () => {
    const name = fc.string({ minLength: 1 })
    fc.assert(
      fc.property(name, name, (field, inner) => {
        const value = 'SECRET-VALUE'
        const text = traceBody(
          JSON.stringify({ [`x${field}`]: value, y: { [`x${inner}`]: value, list: [value] } }),
          '>',
        ).join('\n')
        expect(text).not.toContain(value)
      }),
    )
    const secrets = { PASSWORD: 'a', SMS_MFA_CODE: 'b', ANSWER: 'c', ClientSecret: 'd', Token: 'e', SECRET_HASH: 'f' }
    for (const line of traceBody(JSON.stringify(secrets), '>')) expect(line).toMatch(/: \(hidden, 1 characters\)$/)
    expect(
      traceBody('{"ChallengeName":"SELECT_CHALLENGE","ChallengeResponses":{"ANSWER":"EMAIL_OTP"}}', '>').at(-1),
    ).toContain('EMAIL_OTP')
    expect(
      traceBody('{"ChallengeName":"CUSTOM_CHALLENGE","ChallengeResponses":{"ANSWER":"fish"}}', '>').at(-1),
    ).not.toContain('fish')
    expect(traceBody('<html>secret', '<')).toEqual(['<   12 characters that are not JSON'])
    for (const odd of ['null', '7', '"x"', '[]', '']) expect(traceBody(odd, '<')).toEqual([])
  })
})

describe('claims', () => {
  it.each([
    '',
    'a',
    'a.b',
    'a.b.c',
    '..',
    `.${Buffer.from('[]').toString('base64url')}.`,
    `.${Buffer.from('7').toString('base64url')}.`,
  ])('are not in %j', (text) => expect(readClaims(text)).toBeUndefined())
})

describe('a QR code', () => {
  it('is as wide as its lines, and absent where it does not fit', () => {
    const lines = qrCode('otpauth://totp/x', 80, style(false)) ?? []
    const width = lines[0]?.length ?? 0
    expect(lines.every((line) => line.length === width)).toBe(true)
    expect(lines).toHaveLength(Math.ceil(width / 2))
    expect(qrCode('otpauth://totp/x', width, style(false))).toEqual(lines)
    expect(qrCode('otpauth://totp/x', width - 1, style(false))).toBeUndefined()
    // With colours it is black ink on white, and so the other way round.
    const inverse: Record<string, string> = { ' ': '█', '█': ' ', '▄': '▀', '▀': '▄' }
    const coloured = qrCode('otpauth://totp/x', 80, style(true)) ?? []
    expect(coloured[3]).toBe(style(true).paper([...(lines[3] ?? '')].map((block) => inverse[block]).join('')))
  })
})

describe('explanations', () => {
  const exception = (name: string, message: string, more: object = {}) =>
    Object.assign(new Error(message), { name, ...more })
  const text = (error: unknown, flow = 'srp') => {
    const { exitCode, message, advice } = explain(error, {
      settings: settings(['-p', 'us-east-1_A', '-c', 'web', '--flow', flow]),
      address: 'https://x/',
      env: {},
    })
    return [exitCode, message, ...advice].join(' ')
  }

  it.each([
    [
      'NotAuthorizedException',
      'Client web is configured with secret but SECRET_HASH was not received',
      '2 This app client has a secret. Pass --client-secret',
    ],
    [
      'NotAuthorizedException',
      'Unable to verify secret hash for client web',
      '2 This app client has a secret, and it was not given',
    ],
    [
      'InvalidParameterException',
      'USER_SRP_AUTH is not enabled for the client.',
      '2 USER_SRP_AUTH is not enabled for this client. Enable ALLOW_USER_SRP_AUTH',
    ],
    [
      'NotAuthorizedException',
      'Auth flow not enabled for this client',
      '2 USER_SRP_AUTH is not enabled for this client.',
    ],
    [
      'NotAuthorizedException',
      'Incorrect username or password.',
      '1 Incorrect user name or password. Are they of us-east-1_A?',
    ],
    ['UserNotFoundException', 'User does not exist.', '1 Incorrect user name or password.'],
    ['NotAuthorizedException', 'Password attempts exceeded', '1 Too many wrong passwords'],
    ['NotAuthorizedException', 'User is disabled.', '1 The user is disabled.'],
    ['NotAuthorizedException', 'Invalid Refresh Token', '1 The refresh token is not valid'],
    ['NotAuthorizedException', 'Access Token has expired', '1 The access token is not valid'],
    ['NotAuthorizedException', 'Something else', '1 Refused: Something else'],
    ['RefreshTokenReuseException', 'used', '1 This refresh token was used before'],
    ['ResourceNotFoundException', 'User pool client web does not exist.', '2 There is no app client web'],
    ['ResourceNotFoundException', 'User pool us-east-1_A does not exist.', '2 There is no user pool us-east-1_A'],
    ['UserNotConfirmedException', 'User is not confirmed.', '1 The user has not confirmed'],
    ['PasswordResetRequiredException', 'Password reset required for the user', '1 The password must be reset'],
    [
      'UserLambdaValidationException',
      'PreAuthentication failed: no',
      '1 A Lambda trigger of the pool refused: PreAuthentication',
    ],
    ['TooManyRequestsException', 'Too many requests', '3 The service has had too many'],
    ['InvalidParameterException', 'x', '2 The service does not take this: x'],
  ])('%s: %s', (name, message, expected) => expect(text(exception(name, message))).toContain(expected))

  it('tell the service from the user, and a mistake of ours from both', () => {
    expect(
      text(exception('InternalErrorException', 'x', { $fault: 'server', $metadata: { httpStatusCode: 500 } })),
    ).toMatch(/^3 .*HTTP 500/)
    expect(
      text(exception('UnknownError', 'HTTP 404', { $fault: 'client', $metadata: { httpStatusCode: 404 } })),
    ).toMatch(/^3 .*no user pool/)
    expect(text(exception('ForbiddenException', 'x', { $fault: 'client' }))).toMatch(/^1 ForbiddenException: x/)
    expect(text(new TypeError('x'))).toMatch(/^70 .*please report/)
    expect(text(undefined)).toMatch(/^70 /)
  })
})
