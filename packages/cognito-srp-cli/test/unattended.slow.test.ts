import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ALICE } from './pool.js'
import { record } from './recorder.js'
import { bundled, emptyHome, emulator } from './support.js'

const cli = bundled()
const user = { ...ALICE, username: 'alice' }
const { password } = ALICE

describe('with a terminal behind a pipe', { timeout: 60_000 }, () => {
  it('does not ask at the terminal when standard input is something else', async () => {
    const { where } = await emulator({ users: [user] })
    const { env, home } = emptyHome()
    const script = `"${process.execPath}" "${cli.file}" sign-in alice ${where.join(' ')} </dev/null`
    const { text, code } = await record('sh', ['-c', script], { env, cwd: home })
    expect(text).toContain('The password must be asked for, and there is no terminal')
    expect(code).toBe(4)
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

describe('a reader that has gone', { timeout: 60_000 }, () => {
  it.each(['2>&1 >/dev/null', '2>/dev/null'])('ends no command before its work is done: %s', async (redirection) => {
    const { where } = await emulator({ users: [user] })
    const { env, home } = emptyHome()
    const command = `"${process.execPath}" "${cli.file}" sign-in alice ${where.join(' ')} --save --trace`
    // `exec` closes the only end that reads, before anything is written.
    const script = `{ sleep 0.3; ${command}; echo $? > ended; } ${redirection} | exec <&- sleep 0; while ! [ -s ended ]; do sleep 0.1; done; cat ended; ${command.replace(/sign-in alice/, 'token').replace(' --save', '')} | cut -c1-3`
    const { text } = await record('sh', ['-c', script], { env: { ...env, COGNITO_PASSWORD: password }, cwd: home })
    expect(text).toMatch(/^0\neyJ\n$/m)
  })

  it.runIf(existsSync('/dev/full'))('is told from a full disk', async () => {
    const { where } = await emulator({ users: [user] })
    const { env, home } = emptyHome()
    const script = `"${process.execPath}" "${cli.file}" sign-in alice ${where.join(' ')} > /dev/full`
    const { text, code } = await record('sh', ['-c', script], {
      env: { ...env, COGNITO_PASSWORD: password },
      cwd: home,
    })
    expect(text).toMatch(/\nSigned in as alice\.\ncognito-srp: Cannot write to standard output: ENOSPC\n$/)
    expect(code).toBe(2)
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
