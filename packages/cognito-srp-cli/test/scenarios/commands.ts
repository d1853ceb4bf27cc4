import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { POOL_ID } from '../pool.js'
import type { Driver, User } from '../screen.js'
import { emulator } from '../support.js'
import { password, sentCode, terminal, user, userOf } from '../transcript.js'

/** Play every command, at a terminal of some kind, and compare each transcript with the recorded one. */
export const commandScenarios = (driver: Driver): void => {
  it('signs in by SRP, keeps the tokens, refreshes, says who it is, signs out', async () => {
    const { where, pool } = await emulator({ users: [user] })
    const { run, matches } = await terminal(driver)
    expect(
      (
        await run(['sign-in', ...where, '--save'], async (user) => {
          await user.sees('User name: ')
          user.types('alice@example.com')
          await password(user)
        })
      ).code,
    ).toBe(0)
    expect((await run(['whoami'])).code).toBe(0)
    expect((await run(['whoami', '--remote'])).code).toBe(0)
    expect((await run(['refresh', '--header'])).text).toMatch(/Authorization: Bearer eyJ\S+\n$/)
    expect(pool.snapshot().pools[0]?.refreshTokens).toHaveLength(1)
    expect((await run(['sign-out'])).code).toBe(0)
    expect((await run(['refresh'])).code).toBe(2)
    await matches('srp')
  })

  it('remembers a device, is not asked again, and forgets it', async () => {
    const users = [{ ...user, mfa: { sms: true } }]
    const { pool, where } = await emulator({ users, mfa: 'OPTIONAL', deviceTracking: 'opt-in' })
    const { run, matches } = await terminal(driver)
    const withCode = async (user: User) => {
      await password(user)
      await user.sees('Code: ')
      user.types(sentCode(pool))
    }
    await run(['sign-in', 'alice@example.com', ...where, '--remember-device'], withCode)
    await run(['sign-in', 'alice@example.com', ...where], (user) => password(user))
    await run(['forget-device', 'alice@example.com', ...where], (user) => password(user))
    expect(userOf(pool)?.devices).toEqual([])
    await run(['sign-in', 'alice@example.com', ...where], withCode)
    await matches('device')
  })

  it('shows what goes over the wire, without the secrets', async () => {
    const { pool, where } = await emulator({ users: [{ ...user, mfa: { sms: true } }], mfa: 'OPTIONAL' })
    const { run, matches } = await terminal(driver)
    const { raw } = await run(['sign-in', 'alice', ...where, '--trace', '--json'], async (user) => {
      await password(user)
      await user.sees('Code: ')
      user.types(sentCode(pool))
    })
    const traced = raw.slice(0, raw.indexOf('Signed in'))
    expect(traced).not.toMatch(/eyJ/)
    await matches('trace', { [/SRP_A: (\w+)/.exec(raw)?.[1] ?? '-']: '5f1c0de5a9b3e7d2' })
  })

  it('shows errors with what to do next', async () => {
    const clients = [
      { clientId: 'secretive', clientSecret: 'do0not0tell0this0client0secret' },
      { clientId: 'nosrp', explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const] },
    ]
    const { where } = await emulator({ users: [user], clients })
    const at = where.filter((_, i) => i < 2 || i > 3)
    const { run, matches } = await terminal(driver)
    const withSecret = async (user: User) => {
      await password(user)
      await user.sees('Client secret: ')
      user.types('do0not0tell0this0client0secret', { hidden: true })
    }
    expect((await run(['sign-in', 'alice', ...at, '-c', 'secretive', '--token', 'id'], withSecret)).code).toBe(0)
    expect((await run(['sign-in', 'alice', ...at, '-c', 'nosrp'], (user) => password(user))).code).toBe(2)
    expect((await run(['sign-in', 'alice', ...at, '-c', 'unknown'], (user) => password(user))).code).toBe(2)
    expect((await run(['sign-in', 'alice', ...at, '-c', 'nosrp', '--password', 'hunter2'])).code).toBe(2)
    expect((await run(['sign-in', 'alice', ...at, '--clientid', 'nosrp'])).code).toBe(2)
    const gone = createServer()
    await new Promise<void>((done) => gone.listen(0, '127.0.0.1', done))
    const { port } = gone.address() as AddressInfo
    await new Promise((done) => gone.close(done))
    const nowhere = ['-p', POOL_ID, '-c', 'nosrp', '--endpoint', `http://127.0.0.1:${port}`]
    expect((await run(['sign-in', 'alice', ...nowhere], (user) => password(user))).code).toBe(3)
    await matches('errors', { [`127.0.0.1:${port}`]: '127.0.0.1:9229' })
  })

  it('explains itself', async () => {
    const { run, matches } = await terminal(driver)
    await run(['help'])
    for (const command of [
      'sign-in',
      'initiate',
      'respond',
      'token',
      'refresh',
      'whoami',
      'doctor',
      'outbox',
      'forget-device',
      'sign-out',
      'configure',
      'completion',
      'settings',
      'exit-codes',
    ])
      await run(['help', command])
    await run(['sign-in', '--help'])
    await matches('help')
  })
}
