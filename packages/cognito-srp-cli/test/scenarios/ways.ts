import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { TOTP } from 'otpauth'
import { expect, it } from 'vitest'
import { CONTROL_TOKEN, controlled } from '../controlled.js'
import { CLIENT_ID, POOL_ID } from '../pool.js'
import type { Driver, User } from '../screen.js'
import { emulator } from '../support.js'
import { password, sentCode, terminal, user } from '../transcript.js'

const secret = 'JBSWY3DPEHPK3PXP'
const codeAfter = (seconds: number) => new TOTP({ secret }).generate({ timestamp: Date.now() + seconds * 1000 })

/** The JSON that a command has put on the screen. */
const jsonOf = (text: string): { Session?: string; ChallengeParameters?: Record<string, string> } =>
  JSON.parse(text.slice(text.indexOf('{')))

/** Play each other way to tokens, and the commands beside them, at a terminal of some kind. */
export const wayScenarios = (driver: Driver): void => {
  it('signs in as an administrator', async () => {
    const { where } = await emulator({ users: [user] })
    const { run, matches } = await terminal(driver, {
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      // The SDK's notice about the Node versions of next year.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    })
    const args = ['sign-in', 'alice', '--admin', ...where]
    expect((await run(args, (user) => password(user))).code).toBe(0)
    expect((await run([...args, '--auth-flow', 'ADMIN_USER_PASSWORD_AUTH'], (user) => password(user))).code).toBe(0)
    await matches('admin')
  })

  it('sends one request at a time', async () => {
    const { pool, where } = await emulator({ users: [{ ...user, mfa: { sms: true } }], mfa: 'OPTIONAL' })
    const { run, matches, home } = await terminal(driver)
    const keep = (text: string) => {
      const reply = jsonOf(text)
      writeFileSync(join(home, 'reply.json'), JSON.stringify(reply))
      return reply
    }
    const first = await run(['initiate', 'alice', '--auth-flow', 'USER_SRP_AUTH', ...where])
    const one = keep(first.text)
    const second = await run(['respond', '--reply', 'reply.json', ...where], (user) => password(user))
    const two = keep(second.text)
    const query = ['--query', 'AuthenticationResult.TokenType', '--output', 'text']
    const third = await run(['respond', '--reply', 'reply.json', ...where, ...query], async (user) => {
      await user.sees('Code: ')
      user.types(sentCode(pool))
    })
    expect(third.text).toMatch(/Bearer\n$/)
    expect((await run(['respond', '--reply', 'reply.json', ...where, '--code', '123456'])).code).toBe(2)
    const { SECRET_BLOCK = '', SALT = '', SRP_B = '' } = one.ChallengeParameters ?? {}
    await matches('initiate-respond', {
      [two.Session ?? '']: 'AYABeK3-p2…',
      [SECRET_BLOCK]: 'jK2mVbq8…==',
      [SALT]: '9f3ac1d07b52e864',
      [SRP_B]: '6f0b7d41…',
    })
  })

  it('prints a valid token, and asks once', async () => {
    const { where } = await emulator({ users: [user] })
    const { run, matches } = await terminal(driver)
    const first = await run(['token', 'alice', ...where], (user) => password(user))
    const again = await run(['token'])
    expect(again.text.trim()).toBe(first.text.trim().split('\n').at(-1))
    await run(['token', '--token', 'id', '--header'])
    await run(['token', '--token', 'refresh'])
    await matches('token')
  })

  it('says what an app client allows', async () => {
    const explicitAuthFlows = ['ALLOW_USER_SRP_AUTH' as const, 'ALLOW_USER_AUTH' as const]
    const { server, where } = await emulator({ clients: [{ clientId: CLIENT_ID, explicitAuthFlows }] })
    const { run, matches } = await terminal(driver)
    expect((await run(['doctor', ...where])).code).toBe(0)
    expect((await run(['doctor', '-p', POOL_ID, '-c', 'unknown', '--endpoint', server.url])).code).toBe(2)
    await matches('doctor')
  })

  it('reads the codes of an emulator', async () => {
    const { pool, where } = await emulator({ users: [{ ...user, mfa: { sms: true } }], mfa: 'OPTIONAL' })
    const { url } = await controlled(pool)
    const { run, matches } = await terminal(driver, { EMULATOR_CONTROL_TOKEN: CONTROL_TOKEN })
    await run(['sign-in', 'alice', ...where], async (user) => {
      await password(user)
      await user.sees('Code: ')
      const outbox = await run(['outbox', 'alice', '--endpoint', url])
      user.types(/code=(\d+)/.exec(outbox.text)?.[1] ?? '')
    })
    await run(['outbox', 'bob', '--endpoint', url, '--json'])
    const sentAt = String(pool.outbox.last()?.sentAt)
    await matches('outbox', { [sentAt]: '1795262400000' })
  })

  it('writes a profile, and signs in by it', async () => {
    const { server } = await emulator({ users: [user] })
    const { run, matches, home } = await terminal(driver)
    mkdirSync(join(home, 'elsewhere'))
    await run(['configure', '--profile', 'local'], async (user) => {
      await user.sees('User pool id: ')
      user.types('my pool')
      await user.sees('User pool id: ')
      user.types(POOL_ID)
      await user.sees('App client id: ')
      user.types(CLIENT_ID)
      await user.sees('Endpoint (Enter for Amazon): ')
      user.types('http://example.com')
      await user.sees('Endpoint (Enter for Amazon): ')
      user.types(server.url)
    })
    expect((await run(['sign-in', 'alice', '--profile', 'local'], (user) => password(user))).code).toBe(0)
    await matches('configure')
  })

  it('asks again for a code that was used before', async () => {
    const { where } = await emulator({ mfa: 'ON', users: [{ ...user, mfa: { totpSecret: secret } }] })
    const { run, matches } = await terminal(driver)
    const [code, next] = [codeAfter(0), codeAfter(30)]
    const types =
      (...codes: string[]) =>
      async (user: User) => {
        await password(user)
        for (const one of codes) {
          await user.sees('Code: ')
          user.types(one)
        }
      }
    await run(['sign-in', 'alice', ...where], types(code))
    expect((await run(['sign-in', 'alice', ...where], types(code, next))).code).toBe(0)
    await matches('used-code', { [code]: '123456', [next]: '456789' })
  })

  it('sends the password itself where that is chosen', async () => {
    const { where } = await emulator({ users: [user] })
    const { run, matches } = await terminal(driver)
    const flow = ['--flow', 'choice']
    await run(['sign-in', 'alice', ...where, ...flow], async (user) => {
      await user.sees('Number (1 to ')
      user.types('PASSWORD')
      await password(user)
    })
    await run(['sign-in', 'alice', ...where, '--flow', 'password'], (user) => password(user))
    await matches('plain-password')
  })
}
