import type { UserPoolOptions } from 'cognito-user-pool-emulator'
import { describe, expect, it } from 'vitest'
import { inProcess } from './in-process.js'
import { ALICE } from './pool.js'
import { scriptedService } from './service.js'
import { emptyHome, emulator } from './support.js'

const secret = 'JBSWY3DPEHPK3PXP'
const user = { ...ALICE, username: 'alice' }
const { password } = ALICE
const withTotp: Partial<UserPoolOptions> = { users: [{ ...user, mfa: { totpSecret: secret } }], mfa: 'OPTIONAL' }
const withSms: Partial<UserPoolOptions> = { users: [{ ...user, mfa: { sms: true } }], mfa: 'OPTIONAL' }

describe('a code that no one types', () => {
  it.each([
    ['its variable', { COGNITO_TOTP_SECRET: secret }, [], ''],
    ['standard input', {}, ['--totp-secret-stdin'], `${secret.toLowerCase().replace(/(.{4})/g, '$1 ')}\n`],
    ['an otpauth address', { COGNITO_TOTP_SECRET: `otpauth://totp/x:alice?secret=${secret}&issuer=x` }, [], ''],
  ])('is computed from the secret in %s', async (_, more, args, stdin) => {
    const { where } = await emulator(withTotp)
    const { env } = emptyHome()
    const all = { ...env, COGNITO_PASSWORD: password, ...more } as Record<string, string>
    const { code, stdout, stderr } = await inProcess(['sign-in', 'alice', ...where, ...args, '--token', 'id'], {
      env: all,
      stdin,
    })
    expect(stderr).toBe('Signed in as alice.\n')
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^eyJ/) })
  })

  it('is piped in', async () => {
    const { calls, where } = await scriptedService((_, i) =>
      i === 0
        ? { ChallengeName: 'SMS_MFA', Session: 'session-of-the-first-step-20', ChallengeParameters: {} }
        : { AuthenticationResult: { AccessToken: 'a.b.c', IdToken: 'a.b.c', TokenType: 'Bearer', ExpiresIn: 3600 } },
    )
    const { env } = emptyHome()
    const args = ['sign-in', 'alice', ...where, '--flow', 'password', '--code-stdin']
    const { code } = await inProcess(args, { env: { ...env, COGNITO_PASSWORD: password }, stdin: '123 456\n' })
    expect(code).toBe(0)
    expect(calls[1]?.body.ChallengeResponses).toMatchObject({ SMS_MFA_CODE: '123456' })
  })

  it.each([['--code', '-'], ['--code=-']])('is piped in by %s as well', async (...option) => {
    const { calls, where } = await scriptedService((_, i) =>
      i === 0
        ? { ChallengeName: 'EMAIL_OTP', Session: 'session-of-the-first-step-20', ChallengeParameters: {} }
        : { AuthenticationResult: { AccessToken: 'a.b.c', IdToken: 'a.b.c', TokenType: 'Bearer', ExpiresIn: 3600 } },
    )
    const { env } = emptyHome()
    const args = ['sign-in', 'alice', ...where, '--flow', 'password', ...option]
    const { code, stderr } = await inProcess(args, { env: { ...env, COGNITO_PASSWORD: password }, stdin: '654321\n' })
    expect(stderr).toBe('Signed in as alice.\n')
    expect(code).toBe(0)
    expect(calls[1]?.body.ChallengeResponses).toMatchObject({ EMAIL_OTP_CODE: '654321' })
  })

  it('is not taken from the command line', async () => {
    const { code, stderr } = await inProcess(['sign-in', 'alice', '--code', '654321'])
    expect(stderr).toContain('--code takes - alone')
    expect(stderr).not.toContain('654321')
    expect(code).toBe(2)
  })

  it('ends the command when it is wrong and there is no terminal', async () => {
    const { where } = await emulator(withSms)
    const { env } = emptyHome()
    const options = { env: { ...env, COGNITO_PASSWORD: password }, stdin: '000000' }
    const { code, stderr } = await inProcess(['sign-in', 'alice', ...where, '--code-stdin'], options)
    expect(stderr).toContain('The code is wrong.')
    expect(code).toBe(1)
  })

  it('shares standard input with nothing else, and is no secret in a message', async () => {
    const { env } = emptyHome()
    const { where } = await emulator(withTotp)
    const args = ['sign-in', 'alice', ...where]
    const two = await inProcess([...args, '--password-stdin', '--code', '-'], { env })
    expect(two).toMatchObject({ code: 2, stderr: expect.stringContaining('Standard input is one') })
    const bad = await inProcess(args, {
      env: { ...env, COGNITO_PASSWORD: password, COGNITO_TOTP_SECRET: 'not-base-32!' },
    })
    expect(bad).toMatchObject({ code: 2, stderr: expect.stringContaining('is not base32') })
    expect(bad.stderr).not.toContain('not-base-32!')
  })
})

describe('a code that was used or has expired', () => {
  it('is asked for again at a terminal', async () => {
    const { where } = await scriptedService((_, i) =>
      i === 0
        ? { ChallengeName: 'SOFTWARE_TOKEN_MFA', Session: 'session-of-the-first-step-20', ChallengeParameters: {} }
        : i === 1
          ? { __type: 'ExpiredCodeException', message: 'Your software token has already been used once.' }
          : { AuthenticationResult: { AccessToken: 'a.b.c', IdToken: 'a.b.c', TokenType: 'Bearer', ExpiresIn: 3600 } },
    )
    const { env } = emptyHome()
    const types = [
      ['Code: ', '111111'],
      ['Code: ', '222222'],
    ] as const
    const { code, stderr } = await inProcess(['sign-in', 'alice', ...where, '--flow', 'password'], {
      env: { ...env, COGNITO_PASSWORD: password },
      types,
    })
    expect(stderr).toContain('Not taken: Your software token has already been used once. Once more:')
    expect(code).toBe(0)
  })
})

describe('token', () => {
  it('prints a kept token, refreshes it near its end, and signs in only when that is refused', async () => {
    const { pool, where } = await emulator({ users: [user] })
    const operations: string[] = []
    pool.onExchange(({ operation }) => operations.push(operation))
    const { env } = emptyHome()
    let now = Date.now()
    const run = () =>
      inProcess(['token', 'alice', ...where], { env: { ...env, COGNITO_PASSWORD: password }, now: () => new Date(now) })
    const first = await run()
    expect(first.stdout).toMatch(/^eyJ[\w.-]+\n$/)
    expect(operations.splice(0)).toEqual(['InitiateAuth', 'RespondToAuthChallenge'])
    expect((await run()).stdout).toBe(first.stdout)
    expect(operations).toEqual([])
    now += 3_590_000
    expect((await run()).stdout).not.toBe(first.stdout)
    expect(operations.splice(0)).toEqual(['GetTokensFromRefreshToken'])
  })
})
