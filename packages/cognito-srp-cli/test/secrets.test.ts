import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inProcess } from './in-process.js'
import { ALICE, CLIENT_ID } from './pool.js'
import { scriptedService } from './service.js'
import { emptyHome, emulator } from './support.js'

const user = { ...ALICE, username: 'alice' }
const { password } = ALICE
const clientSecret = 'do0not0tell0this0secret0to'

async function world(text?: string, mode = 0o600) {
  const { where } = await emulator({ users: [user], clients: [{ clientId: CLIENT_ID, clientSecret }] })
  const { env, home } = emptyHome()
  const file = join(home, 'secret.txt')
  if (text !== undefined) {
    writeFileSync(file, text)
    chmodSync(file, mode)
  }
  const args = ['sign-in', 'alice', ...where, '--token', 'id', '--client-secret-file', 'secret.txt']
  const run = (more: Record<string, string> = {}) =>
    inProcess(args, { env: { ...env, COGNITO_PASSWORD: password, ...more } })
  return { run, file }
}

describe('--client-secret-file', () => {
  it.each([clientSecret, `${clientSecret}\n`, `  ${clientSecret}\r\n`])('holds the secret (%j)', async (text) => {
    const { run } = await world(text)
    const { code, stdout, stderr } = await run({ COGNITO_CLIENT_SECRET: 'of another client' })
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Signed in as alice.\n' })
    expect(stdout).toMatch(/^eyJ/)
  })

  it.each([
    ['is not there', undefined, /--client-secret-file: cannot read \S+secret\.txt \(ENOENT\)/],
    ['is empty', ' \n', /--client-secret-file: \S+secret\.txt is empty\./],
    ['has more than a secret', 'one\ntwo', /--client-secret-file: \S+secret\.txt has several lines/],
  ])('is refused where it %s', async (_, text, message) => {
    const { run } = await world(text)
    const { code, stderr } = await run()
    expect(stderr).toMatch(message)
    expect(stderr).not.toContain('two')
    expect(code).toBe(2)
  })

  it('is said to be open where others can read it', async () => {
    const { run, file } = await world(clientSecret, 0o644)
    const { code, stderr } = await run()
    expect(stderr).toContain(`${file} can be read by others on this machine`)
    expect(code).toBe(0)
  })
})

describe('a password that the service asks for itself', () => {
  const ask = (ChallengeName: string, more: object = {}) => ({
    ChallengeName,
    ChallengeParameters: {},
    Session: 'session-of-the-first-step-20',
    ...more,
  })
  const tokens = { AccessToken: 'a.b.c', IdToken: 'a.b.c', TokenType: 'Bearer', ExpiresIn: 3600 }
  const choice = (_: unknown, i: number) =>
    i === 0 ? ask('SELECT_CHALLENGE', { AvailableChallenges: ['PASSWORD'] }) : { AuthenticationResult: tokens }

  it('is sent once the person at the terminal has chosen that', async () => {
    const { where, calls } = await scriptedService(choice)
    const { env } = emptyHome()
    const { code, stderr } = await inProcess(['sign-in', 'alice', ...where, '--flow', 'choice'], {
      env,
      types: [
        ['Number (1, or Ctrl-C): ', '1'],
        ['Password: ', password],
      ],
    })
    expect(stderr).toContain('password (sent to the service)')
    expect(code).toBe(0)
    expect(JSON.stringify(calls[1])).toContain(password)
  })

  it('is not sent when the person leaves', async () => {
    const { where, calls } = await scriptedService(choice)
    const { env } = emptyHome()
    const { code } = await inProcess(['sign-in', 'alice', ...where, '--flow', 'choice'], {
      env: { ...env, COGNITO_PASSWORD: password },
      types: [['Number (1, or Ctrl-C): ', '\u0003']],
    })
    expect(code).toBe(130)
    expect(calls).toHaveLength(1)
    expect(JSON.stringify(calls)).not.toContain(password)
  })

  it('is sent by --flow password at once, where SRP says no word of it', async () => {
    const { where, calls } = await scriptedService(() => ({ AuthenticationResult: tokens }))
    const { env } = emptyHome()
    await inProcess(['sign-in', 'alice', ...where, '--flow', 'password'], {
      env: { ...env, COGNITO_PASSWORD: password },
    })
    expect(calls[0]?.body.AuthParameters).toMatchObject({ PASSWORD: password })
    await inProcess(['sign-in', 'alice', ...where], { env: { ...env, COGNITO_PASSWORD: password } })
    expect(JSON.stringify(calls[1])).not.toContain(password)
  })
})
