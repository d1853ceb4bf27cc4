import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ALICE, CLIENT_ID, POOL_ID } from '../transports.js'
import { record } from './recorder.js'
import { bundled, emptyHome, emulator, piped } from './support.js'

const cli = bundled()
const user = { ...ALICE, username: 'alice' }
const { password } = ALICE

/** Every file below a folder. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  )

describe('what is printed', { timeout: 60_000 }, () => {
  it('is one token, a header, export lines, JSON or a table, and nothing else on standard output', async () => {
    const { where } = await emulator({ users: [user] })
    const { env } = emptyHome()
    const run = (...more: string[]) =>
      piped(cli.file, ['sign-in', 'alice', ...where, '--password-stdin', ...more], { env, stdin: `${password}\n` })

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

  it('has colours on a terminal, unless somebody says no', async () => {
    const { env, home } = emptyHome()
    const screen = async (more: Record<string, string>, ...args: string[]) =>
      (await record(process.execPath, [cli.file, 'help', ...args], { env: { ...env, ...more }, cwd: home })).raw
    expect(await screen({})).toContain('\u001b[1m')
    expect(await screen({ NO_COLOR: '1' })).not.toContain('\u001b[')
    expect(await screen({ TERM: 'dumb' })).not.toContain('\u001b[')
    expect(await screen({}, '--no-color')).not.toContain('\u001b[')
    expect((await piped(cli.file, ['help'], { env })).stdout).not.toContain('\u001b[')
  })

  it('passes a token on to whoami, refresh and another shell', async () => {
    const { where } = await emulator({ users: [user] })
    const { env } = emptyHome()
    const signedIn = await piped(cli.file, ['sign-in', 'alice', ...where, '--json'], {
      env: { ...env, COGNITO_PASSWORD: password },
    })
    const { idToken, accessToken, refreshToken } = JSON.parse(signedIn.stdout)
    const who = await piped(cli.file, ['whoami', '--token-stdin'], { env, stdin: idToken })
    expect(who.stdout).toMatch(
      /^alice of us-east-1_AbCdEfGhI, expires in 1 hour .*\nRead from standard input; the signature/,
    )
    const claims = await piped(cli.file, ['whoami', '--json'], { env: { ...env, COGNITO_ACCESS_TOKEN: accessToken } })
    expect(JSON.parse(claims.stdout)).toMatchObject({ token_use: 'access', username: 'alice' })
    const remote = await piped(cli.file, ['whoami', '--remote', '--token-stdin', ...where.slice(4)], {
      env,
      stdin: accessToken,
    })
    expect(remote.stdout).toContain('alice@example.com')
    const renewed = await piped(cli.file, ['refresh', ...where, '--token-stdin', '--token', 'access'], {
      env,
      stdin: refreshToken,
    })
    expect(renewed.stdout).toMatch(/^eyJ/)
    const variable = { ...env, COGNITO_REFRESH_TOKEN: 'no-such-token' }
    expect(await piped(cli.file, ['refresh', ...where], { env: variable })).toMatchObject({ code: 1, stdout: '' })
    expect(await piped(cli.file, ['whoami', '--token-stdin'], { env, stdin: refreshToken })).toMatchObject({ code: 2 })
  })

  it('ends with 1 for a token that has expired, and says since when', async () => {
    const { env } = emptyHome()
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const old = `${part({})}.${part({ username: 'al\u001b[2Jice', exp: Date.now() / 1000 - 7200 })}.sig`
    const { code, stdout, stderr } = await piped(cli.file, ['whoami', '--token-stdin'], { env, stdin: old })
    expect(code).toBe(1)
    expect(stdout).toMatch(/expired 2 hours ago \(/)
    expect(stdout).not.toContain('\u001b')
    expect(stderr).toContain('The token has expired.')
  })
})

describe('what is kept', { timeout: 60_000 }, () => {
  it('is readable by its owner only, and complete', async () => {
    const { where } = await emulator({ users: [user], deviceTracking: 'always' })
    const { env, home } = emptyHome()
    mkdirSync(join(home, 'state/cognito-srp-flows/sessions'), { recursive: true, mode: 0o755 })
    const run = (...args: string[]) => piped(cli.file, args, { env: { ...env, COGNITO_PASSWORD: password } })
    expect((await run('sign-in', 'alice', ...where, '--remember-device', '--save')).code).toBe(0)
    const files = filesIn(home)
    expect(files).toHaveLength(2)
    for (const file of files) expect(statSync(file).mode & 0o777, file).toBe(0o600)
    for (const name of ['devices', 'sessions']) {
      expect(statSync(join(home, 'state/cognito-srp-flows', name)).mode & 0o777, name).toBe(0o700)
    }
    expect(files.map((file) => readFileSync(file, 'utf8')).join()).not.toContain(password)

    // The refresh token of a remembered device is good with the key that was kept beside it only.
    expect((await run('refresh', '--json')).code).toBe(0)
    expect((await run('forget-device', 'alice', ...where, '--local')).stderr).toContain('the service was not asked')
    expect(filesIn(join(home, 'state/cognito-srp-flows/devices'))).toEqual([])
    expect((await run('forget-device', 'alice', ...where)).code).toBe(1)
  })

  it('is nothing unless asked for', async () => {
    const { where } = await emulator({ users: [user], deviceTracking: 'always' })
    const { env, home } = emptyHome()
    const { code } = await piped(cli.file, ['sign-in', 'alice', ...where], {
      env: { ...env, COGNITO_PASSWORD: password },
    })
    expect(code).toBe(0)
    expect(filesIn(home)).toEqual([])
  })

  it('counts as absent when it is damaged, and is said to be open when it is', async () => {
    const { where } = await emulator({ users: [user] })
    const { env, home } = emptyHome()
    const withPassword = { ...env, COGNITO_PASSWORD: password }
    await piped(cli.file, ['sign-in', 'alice', ...where, '--save'], { env: withPassword })
    const [file = ''] = filesIn(home)
    execFileSync('chmod', ['644', file])
    expect((await piped(cli.file, ['whoami'], { env })).stderr).toContain('can be read by others')
    writeFileSync(file, '{"key":')
    expect(await piped(cli.file, ['whoami'], { env })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('damaged'),
    })
  })

  it('asks which one when several fit', async () => {
    const { where } = await emulator({ users: [user, { ...user, username: 'bob', attributes: {} }] })
    const { env } = emptyHome()
    for (const name of ['alice', 'bob']) {
      await piped(cli.file, ['sign-in', name, ...where, '--save'], { env: { ...env, COGNITO_PASSWORD: password } })
    }
    const { code, stderr } = await piped(cli.file, ['whoami'], { env })
    expect(code).toBe(2)
    expect(stderr).toMatch(/Several .*\n.*alice --user-pool-id.*\n.*bob/)
    expect((await piped(cli.file, ['whoami', 'bob'], { env })).stdout).toMatch(/^bob of/)
  })
})

describe('without a terminal', { timeout: 60_000 }, () => {
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
      const { code, stdout, stderr } = await piped(cli.file, args, { env: { ...env, ...more }, stdin })
      expect(stderr).toContain(message)
      expect(stderr).not.toMatch(/\n\s+at /)
      expect({ code, stdout }).toEqual({ code: expected, stdout: '' })
    }
  })

  it('asks at the terminal behind the pipes when only the password is piped', async () => {
    const { pool, where } = await emulator({ users: [{ ...user, mfa: { sms: true } }], mfa: 'OPTIONAL' })
    const { env, home } = emptyHome()
    const script = `printf %s "$PW" | "${process.execPath}" "${cli.file}" sign-in alice ${where.join(' ')} --password-stdin --token id | head -c 3`
    const { text, code } = await record(
      'sh',
      ['-c', script],
      { env: { ...env, PW: password }, cwd: home },
      async (user) => {
        await user.sees('Code: ')
        user.types(pool.outbox.last()?.code ?? '')
      },
    )
    expect(code).toBe(0)
    expect(text).toMatch(/Signed in as alice.\neyJ$/)
  })
})

describe('an interruption', { timeout: 60_000 }, () => {
  // `stty` says how the terminal was left.
  const after = 'echo "code $?"; stty -a | tr " ;" "\\n\\n" | grep -xE -e "-?(echo|icanon|isig)"'

  it.each([
    ['Ctrl-C at the password', 'Password: ', '\u0003'],
    ['Ctrl-D at the password', 'Password: ', '\u0004'],
    ['Ctrl-C at the user name', 'User name: ', '\u0003'],
  ])('%s ends with 130 and leaves the terminal as it was', async (_, question, key) => {
    const { where } = await emulator({ users: [user] })
    const { env, home } = emptyHome()
    const name = question === 'Password: ' ? 'alice' : ''
    const script = `"${process.execPath}" "${cli.file}" sign-in ${name} ${where.join(' ')}; ${after}`
    const { text } = await record('sh', ['-c', script], { env, cwd: home }, async (user) => {
      await user.sees(question)
      user.presses(key)
    })
    expect(text).toMatch(/Interrupted\.\ncode 130\n/)
    expect(text.trim().split('\n').slice(-3).sort()).toEqual(['echo', 'icanon', 'isig'])
  })

  it('by a signal at the password leaves the terminal as it was', async () => {
    const { where } = await emulator({ users: [user] })
    const { env, home } = emptyHome()
    const script = `exec 3<&0; "${process.execPath}" "${cli.file}" sign-in alice ${where.join(' ')} <&3 & echo "pid $!"; wait $!; ${after}`
    const { text } = await record('sh', ['-c', script], { env, cwd: home }, async (user) => {
      await user.sees('Password: ')
      process.kill(Number(/pid (\d+)/.exec(user.screen)?.[1]), 'SIGTERM')
    })
    expect(text).toContain('code 143')
    expect(text.trim().split('\n').slice(-3).sort()).toEqual(['echo', 'icanon', 'isig'])
  })
})

describe('an error', { timeout: 60_000 }, () => {
  it('mentions the clock when it is wrong', async () => {
    const { env } = emptyHome()
    const server = createServer((_, reply) => {
      reply.writeHead(400, {
        date: new Date(Date.now() + 7_200_000).toUTCString(),
        'x-amzn-errortype': 'NotAuthorizedException',
      })
      reply.end(JSON.stringify({ message: 'Incorrect username or password.' }))
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const { code, stderr } = await piped(
      cli.file,
      ['sign-in', 'alice', '-p', POOL_ID, '-c', CLIENT_ID, '--endpoint', endpoint],
      {
        env: { ...env, COGNITO_PASSWORD: password },
      },
    )
    server.close()
    expect(stderr).toContain("This machine's clock is 2 hours behind the service's.")
    expect(code).toBe(1)
  })

  it('never repeats a secret, wherever it was given', async () => {
    const { env } = emptyHome()
    const secret = 'Sesame-open-7'
    const server = createServer((message, reply) => {
      let body = ''
      message.on('data', (data) => {
        body += data
      })
      message.on('end', () => {
        reply.writeHead(400, { 'x-amzn-errortype': 'InvalidParameterException' })
        reply.end(JSON.stringify({ message: `What is ${body}?` }))
      })
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const where = [
      '-p',
      POOL_ID,
      '-c',
      CLIENT_ID,
      '--endpoint',
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ]
    const runs = [
      piped(cli.file, ['sign-in', 'alice', ...where, '--flow', 'password', '--trace'], {
        env: { ...env, COGNITO_PASSWORD: secret },
      }),
      piped(cli.file, ['sign-in', 'alice', ...where, '--flow', 'password', '--password-stdin', '--trace'], {
        env,
        stdin: secret,
      }),
      piped(cli.file, ['refresh', ...where, '--client-secret', 'sesame-client', '--token-stdin', '--trace'], {
        env,
        stdin: secret,
      }),
      piped(cli.file, ['sign-in', 'alice', `--password=${secret}`], { env }),
      piped(cli.file, ['sign-in', 'alice', '--passwort', secret], { env }),
      piped(cli.file, ['sign-in', 'alice', secret, ...where], { env }),
      piped(cli.file, [secret], { env }),
    ]
    const ends = await Promise.all(runs)
    server.close()
    for (const { code, stdout, stderr } of ends) {
      expect(code).toBe(2)
      expect(`${stdout}${stderr}`).not.toContain(secret)
      expect(`${stdout}${stderr}`).not.toContain('sesame-client')
    }
    expect(ends[0]?.stderr).toContain('(hidden)')
  })

  it('follows no redirect with what holds a password', async () => {
    const { env } = emptyHome()
    let reached = 0
    const server = createServer((message, reply) => {
      if (message.url === '/elsewhere') reached++
      reply.writeHead(307, { location: '/elsewhere' }).end()
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const { code } = await piped(
      cli.file,
      ['sign-in', 'alice', '-c', CLIENT_ID, '--endpoint', endpoint, '--flow', 'password'],
      {
        env: { ...env, COGNITO_PASSWORD: password },
      },
    )
    server.close()
    expect({ code, reached }).toEqual({ code: 3, reached: 0 })
  })

  it('is answered by the usage when nothing is asked', async () => {
    const { env } = emptyHome()
    expect(await piped(cli.file, [], { env })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('Usage:'),
    })
    expect(await piped(cli.file, ['--version'], { env })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    })
  })
})
