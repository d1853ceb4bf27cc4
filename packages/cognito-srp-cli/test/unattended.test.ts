import { describe, expect, it } from 'vitest'
import { inProcess } from './in-process.js'
import { ALICE } from './pool.js'
import { emptyHome, emulator } from './support.js'

const user = { ...ALICE, username: 'alice' }
const { password } = ALICE

describe('without a terminal', () => {
  it('says what would have to be asked, and does not wait', async () => {
    const { where } = await emulator({ users: [{ ...user, mfa: { sms: true } }], mfa: 'OPTIONAL' })
    const { env } = emptyHome()
    const cases: [string[], Record<string, string>, string, number, string][] = [
      [['sign-in', 'alice', ...where], {}, '', 4, 'The password must be asked for, and there is no terminal'],
      [['sign-in', ...where], {}, '', 4, 'The user name must be asked for'],
      [
        ['sign-in', 'alice', ...where],
        { COGNITO_PASSWORD: password },
        '',
        4,
        'The code that was sent by text message to +*******0123 must',
      ],
      [['sign-in', 'alice', ...where, '--password-stdin'], {}, password, 4, 'The code that was sent'],
      [['sign-in', 'alice', ...where, '--password-stdin'], {}, '', 2, 'Standard input is empty'],
      [['sign-in', 'alice', ...where, '--password-stdin'], {}, 'two\nlines', 2, 'several lines'],
    ]
    for (const [args, more, stdin, expected, message] of cases) {
      const { code, stdout, stderr } = await inProcess(args, { env: { ...env, ...more }, stdin })
      expect(stderr).toContain(message)
      expect(stderr).not.toMatch(/\n\s+at /)
      expect({ code, stdout }).toEqual({ code: expected, stdout: '' })
    }
  })
})

describe('what can be neither read nor kept', () => {
  it('keeps no one from signing in: a home that is not a folder', async () => {
    const { where } = await emulator({ users: [user] })
    const env = { HOME: '/dev/null', COGNITO_PASSWORD: password }
    const run = (...args: string[]) => inProcess([...args, ...where], { env, cwd: '/' })
    expect(await run('sign-in', 'alice', '--token', 'id')).toMatchObject({ code: 0 })
    // The result is printed, with a word that it could not be kept.
    const { code, stdout, stderr } = await run('token', 'alice')
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^eyJ/) })
    expect(stderr).toContain('the tokens could not be kept')
    expect(await run('sign-out')).toMatchObject({ code: 1 })
  })

  it('is an empty user name', async () => {
    const { code, stderr } = await inProcess(['sign-in', '', '-p', 'us-east-1_AbCdEfGhI', '-c', 'web'])
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'cognito-srp: The user name is empty.\n' })
  })
})

describe('an interruption', () => {
  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('by %s ends with 130', async (_, key) => {
    const { where } = await emulator({ users: [user] })
    const { env } = emptyHome()
    const ended = await inProcess(['sign-in', 'alice', ...where], { env, types: [['Password: ', key]] })
    expect(ended).toMatchObject({ code: 130, stderr: expect.stringMatching(/Interrupted\.\n$/) })
  })
})
