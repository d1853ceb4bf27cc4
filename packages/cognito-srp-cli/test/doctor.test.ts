import { describe, expect, it } from 'vitest'
import { inProcess } from './in-process.js'
import { ALICE, CLIENT_ID, POOL_ID } from './pool.js'
import { emptyHome, emulator } from './support.js'

describe('doctor', () => {
  it('says which flows a client allows, without credentials', async () => {
    const clients = [{ clientId: CLIENT_ID, explicitAuthFlows: ['ALLOW_USER_SRP_AUTH' as const] }]
    const { where } = await emulator({ clients })
    const { code, stdout } = await inProcess(['doctor', ...where], emptyHome())
    expect(code).toBe(0)
    expect(stdout).toMatch(/^USER_SRP_AUTH {7}allowed/m)
    expect(stdout).toMatch(/^USER_PASSWORD_AUTH {2}not enabled for this client$/m)
  })

  it('says that there is no such client', async () => {
    const { server } = await emulator()
    const args = ['doctor', '-p', POOL_ID, '-c', 'unknown', '--endpoint', server.url]
    expect(await inProcess(args, emptyHome())).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no app client'),
    })
  })
})

describe('outbox', () => {
  it('shows the codes that an emulator has sent', async () => {
    const users = [{ ...ALICE, username: 'alice', mfa: { sms: true } }]
    const { pool, server, where } = await emulator({ users, mfa: 'OPTIONAL' })
    const { env } = emptyHome()
    await inProcess(['sign-in', 'alice', ...where], { env: { ...env, COGNITO_PASSWORD: ALICE.password } })
    const sent = pool.outbox.last()?.code ?? 'none'
    const run = (...more: string[]) => inProcess(['outbox', 'alice', '--endpoint', server.url, ...more], { env })
    expect((await run()).stdout).toContain(`code=${sent}`)
    expect(JSON.parse((await run('--json')).stdout)).toMatchObject([{ code: sent }])
    expect((await inProcess(['outbox', '--endpoint', 'http://127.0.0.1:1'], { env })).code).toBe(3)
  })
})
