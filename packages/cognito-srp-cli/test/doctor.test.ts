import { describe, expect, it } from 'vitest'
import { inProcess } from './in-process.js'
import { CLIENT_ID, POOL_ID } from './pool.js'
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
