import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { atTerminal, inProcess } from './in-process.js'
import { ALICE, POOL_ID } from './pool.js'
import { emptyHome, emulator } from './support.js'

const user = { ...ALICE, username: 'alice' }
const { password } = ALICE

describe('what is printed', () => {
  it('is one token, a header, export lines, JSON or a table, and nothing else on standard output', async () => {
    const { where } = await emulator({ users: [user] })
    const { env } = emptyHome()
    const run = (...more: string[]) =>
      inProcess(['sign-in', 'alice', ...where, '--password-stdin', ...more], { env, stdin: `${password}\n` })

    const token = await run('--token', 'access')
    expect(token).toMatchObject({ code: 0, stderr: 'Signed in as alice.\n' })
    expect(token.stdout).toMatch(/^eyJ[\w.-]+\n$/)
    expect((await run('--header', '--token', 'id')).stdout).toMatch(/^Authorization: Bearer eyJ[\w.-]+\n$/)
    const { stdout: table } = await run()
    expect(table).toMatch(/^TOKEN {4}EXPIRES .*\naccess {3}in 1 hour \(.*\) {2}eyJ[\w.-]{300,}\nid .*\nrefresh .*\n$/)

    const json = JSON.parse((await run('--json')).stdout)
    expect(json).toMatchObject({ username: 'alice', userPoolId: POOL_ID, expiresIn: 3600, tokenType: 'Bearer' })
    expect(new Date(json.expiresAt).getTime()).toBeGreaterThan(Date.now())

    const { stdout: lines } = await run('--env')
    const shell = `${lines}\nprintf %s "$COGNITO_ACCESS_TOKEN $COGNITO_ID_TOKEN $COGNITO_REFRESH_TOKEN"`
    expect(execFileSync('sh', ['-c', shell]).toString()).toMatch(/^eyJ[\w.-]+ eyJ[\w.-]+ \w+$/)
  })

  it('has colours on a terminal, unless someone says no', async () => {
    const { env, home } = emptyHome()
    const screen = async (more: Record<string, string>, ...args: string[]) =>
      (await atTerminal(['help', ...args], { env: { ...env, ...more }, cwd: home })).raw
    expect(await screen({})).toContain('\u001b[1m')
    expect(await screen({ NO_COLOR: '1' })).not.toContain('\u001b[')
    expect(await screen({ TERM: 'dumb' })).not.toContain('\u001b[')
    expect(await screen({}, '--no-color')).not.toContain('\u001b[')
    expect((await inProcess(['help'], { env })).stdout).not.toContain('\u001b[')
  })

  it('passes a token on to whoami, refresh and another shell', async () => {
    const { where } = await emulator({ users: [user] })
    const { env } = emptyHome()
    const signedIn = await inProcess(['sign-in', 'alice', ...where, '--json'], {
      env: { ...env, COGNITO_PASSWORD: password },
    })
    const { idToken, accessToken, refreshToken } = JSON.parse(signedIn.stdout)
    const who = await inProcess(['whoami', '--token-stdin'], { env, stdin: idToken })
    expect(who.stdout).toMatch(
      /^alice of us-east-1_AbCdEfGhI, expires in 1 hour .*\nRead from standard input; the signature/,
    )
    const claims = await inProcess(['whoami', '--json'], { env: { ...env, COGNITO_ACCESS_TOKEN: accessToken } })
    expect(JSON.parse(claims.stdout)).toMatchObject({ token_use: 'access', username: 'alice' })
    const remote = await inProcess(['whoami', '--remote', '--token-stdin', ...where.slice(4)], {
      env,
      stdin: accessToken,
    })
    expect(remote.stdout).toContain('alice@example.com')
    const renewed = await inProcess(['refresh', ...where, '--token-stdin', '--token', 'access'], {
      env,
      stdin: refreshToken,
    })
    expect(renewed.stdout).toMatch(/^eyJ/)
    const variable = { ...env, COGNITO_REFRESH_TOKEN: 'no-such-token' }
    expect(await inProcess(['refresh', ...where], { env: variable })).toMatchObject({ code: 1, stdout: '' })
    expect(await inProcess(['whoami', '--token-stdin'], { env, stdin: refreshToken })).toMatchObject({ code: 2 })
  })

  it('ends with 1 for a token that has expired, and says since when', async () => {
    const { env } = emptyHome()
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const old = `${part({})}.${part({ username: 'al\u001b[2Jice', exp: Date.now() / 1000 - 7200 })}.sig`
    const { code, stdout, stderr } = await inProcess(['whoami', '--token-stdin'], { env, stdin: old })
    expect(code).toBe(1)
    expect(stdout).toMatch(/expired 2 hours ago \(/)
    expect(stdout).not.toContain('\u001b')
    expect(stderr).toContain('The token has expired.')
  })
})
