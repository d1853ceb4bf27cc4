import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { filesIn } from './files.js'
import { inProcess } from './in-process.js'
import { ALICE, CLIENT_ID } from './pool.js'
import { emptyHome, emulator } from './support.js'

const user = { ...ALICE, username: 'alice' }
const { password } = ALICE

describe('what is kept', () => {
  it('is readable by its owner only, and complete', async () => {
    const { where } = await emulator({ users: [user], deviceTracking: 'always' })
    const { env, home } = emptyHome()
    mkdirSync(join(home, 'state/cognito-srp/sessions'), { recursive: true, mode: 0o755 })
    const run = (...args: string[]) => inProcess(args, { env: { ...env, COGNITO_PASSWORD: password } })
    expect((await run('sign-in', 'alice', ...where, '--remember-device', '--save')).code).toBe(0)
    const files = filesIn(home)
    expect(files).toHaveLength(2)
    for (const file of files) expect(statSync(file).mode & 0o777, file).toBe(0o600)
    for (const name of ['devices', 'sessions']) {
      expect(statSync(join(home, 'state/cognito-srp', name)).mode & 0o777, name).toBe(0o700)
    }
    expect(files.map((file) => readFileSync(file, 'utf8')).join()).not.toContain(password)

    // The refresh token of a remembered device is good with the key that was kept beside it only.
    const renewed = await run('refresh', '--json')
    expect(renewed.code).toBe(0)
    expect(JSON.parse(renewed.stdout).deviceKey).toMatch(/^us-east-1_/)
    expect((await run('forget-device', 'alice', ...where, '--local')).stderr).toContain('the service was not asked')
    expect(filesIn(join(home, 'state/cognito-srp/devices'))).toEqual([])
    expect((await run('forget-device', 'alice', ...where)).code).toBe(1)
  })

  it('is nothing unless asked for', async () => {
    const { where } = await emulator({ users: [user], deviceTracking: 'always' })
    const { env, home } = emptyHome()
    const { code } = await inProcess(['sign-in', 'alice', ...where], {
      env: { ...env, COGNITO_PASSWORD: password },
    })
    expect(code).toBe(0)
    expect(filesIn(home)).toEqual([])
  })

  it('counts as absent when it is damaged, and is said to be open when it is', async () => {
    const { where } = await emulator({ users: [user] })
    const { env, home } = emptyHome()
    const withPassword = { ...env, COGNITO_PASSWORD: password }
    await inProcess(['sign-in', 'alice', ...where, '--save'], { env: withPassword })
    const [file = ''] = filesIn(home)
    chmodSync(file, 0o644)
    expect((await inProcess(['whoami'], { env })).stderr).toContain('can be read by others')
    writeFileSync(file, '{"key":')
    expect(await inProcess(['whoami'], { env })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('damaged'),
    })
  })

  it('stays good when the client rotates its refresh tokens', async () => {
    const { where } = await emulator({
      users: [user],
      clients: [{ clientId: CLIENT_ID, clientSecret: 'do0not0tell0this0secret0to', refreshTokenRotation: true }],
    })
    const { env } = emptyHome()
    const withSecrets = { ...env, COGNITO_PASSWORD: password, COGNITO_CLIENT_SECRET: 'do0not0tell0this0secret0to' }
    const run = (...args: string[]) => inProcess(args, { env: withSecrets })
    const first = JSON.parse((await run('sign-in', 'alice', ...where, '--save', '--json')).stdout)
    const second = JSON.parse((await run('refresh', '--json')).stdout)
    const third = JSON.parse((await run('refresh', '--json')).stdout)
    expect(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size).toBe(3)
    const reused = { env: { ...withSecrets, COGNITO_REFRESH_TOKEN: first.refreshToken } }
    const { code, stderr } = await inProcess(['refresh', ...where], reused)
    expect(code).toBe(1)
    expect(stderr).toContain('used before, and replaced')
    expect((await run('sign-out')).code).toBe(0)
    expect((await run('sign-out')).code).toBe(1)
  })

  it('is dropped when the service no longer knows the device, and the sign-in goes on', async () => {
    const { pool, where } = await emulator({ users: [user], deviceTracking: 'always' })
    const { env, home } = emptyHome()
    const run = () =>
      inProcess(['sign-in', 'alice', ...where, '--json'], { env: { ...env, COGNITO_PASSWORD: password } })
    await inProcess(['sign-in', 'alice', ...where, '-d'], { env: { ...env, COGNITO_PASSWORD: password } })
    const before = JSON.parse((await run()).stdout).deviceKey
    pool.faults.add({ kind: 'device-wiped' })
    const { stdout, stderr } = await run()
    expect(JSON.parse(stdout).deviceKey).toBeTruthy()
    expect(JSON.parse(stdout).deviceKey).not.toBe(before)
    expect(stderr).toContain('This device is remembered')
    expect(filesIn(join(home, 'state/cognito-srp/devices'))).toHaveLength(1)
  })

  it('asks which one when several fit', async () => {
    const { where } = await emulator({ users: [user, { ...user, username: 'bob', attributes: {} }] })
    const { env } = emptyHome()
    for (const name of ['alice', 'bob']) {
      await inProcess(['sign-in', name, ...where, '--save'], { env: { ...env, COGNITO_PASSWORD: password } })
    }
    const { code, stderr } = await inProcess(['whoami'], { env })
    expect(code).toBe(2)
    expect(stderr).toMatch(/Several .*\n.*alice --user-pool-id.*\n.*bob/)
    expect((await inProcess(['whoami', 'bob'], { env })).stdout).toMatch(/^bob of/)
  })
})
