import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { readArguments } from '../src/arguments.js'
import { readClaims } from '../src/claims.js'
import { explain } from '../src/explain.js'
import { shellQuoted } from '../src/print.js'
import { PrivateFolder, stateFolder } from '../src/private-folder.js'
import { qrCode } from '../src/qr.js'
import { readSettings } from '../src/settings.js'
import { printable, style } from '../src/style.js'
import { traceBody } from '../src/trace.js'
import { duration, localTime, relative } from '../src/words.js'

const folder = mkdtempSync(join(tmpdir(), 'cli-units-'))
afterAll(() => rmSync(folder, { recursive: true }))
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
    expect(stateFolder({}, '/home/a', 'linux')).toBe('/home/a/.local/state/cognito-srp')
    expect(stateFolder({ XDG_STATE_HOME: '/s' }, '/home/a', 'linux')).toBe('/s/cognito-srp')
    expect(stateFolder({ XDG_STATE_HOME: 'relative' }, '/home/a', 'linux')).toBe('/home/a/.local/state/cognito-srp')
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
      settings: readSettings(readArguments(['sign-in', '-p', 'us-east-1_A', '-c', 'web', '--flow', flow]), {}, folder),
      address: 'https://x/',
      env: {},
    })
    return [exitCode, message, ...advice].join(' ')
  }

  it.each([
    [
      'NotAuthorizedException',
      'Client web is configured with secret but SECRET_HASH was not received',
      '2 This app client has a secret. Set COGNITO_CLIENT_SECRET',
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
