import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { serve } from 'cognito-user-pool-emulator'
import { describe, expect, it } from 'vitest'
import { filesIn } from './files.js'
import { ALICE, CLIENT_ID, POOL_ID } from './pool.js'
import { bundled, emptyHome, emulator, piped } from './support.js'

const cli = bundled()
const password = ALICE.password

/** A kept session at a service that takes its time to refresh tokens. */
async function slowService(milliseconds: number) {
  const clients = [{ clientId: CLIENT_ID, refreshTokenRotation: true }]
  const { pool } = await emulator({ users: [{ ...ALICE, username: 'alice' }], clients })
  let refreshed = 0
  const server = await serve({
    async handle(request) {
      if (request.headers.get('x-amz-target')?.endsWith('GetTokensFromRefreshToken')) {
        refreshed++
        await new Promise((done) => setTimeout(done, milliseconds))
      }
      return pool.handle(request)
    },
  })
  const { env, home } = emptyHome()
  const where = ['-p', POOL_ID, '-c', CLIENT_ID, '--endpoint', server.url]
  const signIn = () =>
    piped(cli.file, ['sign-in', 'alice', ...where, '--save'], { env: { ...env, COGNITO_PASSWORD: password } })
  expect((await signIn()).code).toBe(0)
  return { env, home, server, refreshes: () => refreshed, files: () => filesIn(join(home, 'state')) }
}

describe('processes that want new tokens at once', { timeout: 60_000 }, () => {
  it.each([2, 8])('%i of them send one request, and print the same token', async (count) => {
    const { env, server, refreshes, files } = await slowService(1500)
    const all = await Promise.all(
      Array.from({ length: count }, () => piped(cli.file, ['refresh', '--token', 'access'], { env })),
    )
    await server.close()
    expect(all.map(({ code }) => code)).toEqual(all.map(() => 0))
    expect(new Set(all.map(({ stdout }) => stdout)).size).toBe(1)
    expect(refreshes()).toBe(1)
    expect(files()).toHaveLength(1)
  })

  it('go on where the one that held the lock was killed', async () => {
    const { env, home, server, refreshes, files } = await slowService(1500)
    const first = spawn(process.execPath, [cli.file, 'refresh'], { env, cwd: home, stdio: 'ignore' })
    await expect.poll(refreshes, { timeout: 20_000 }).toBe(1)
    const gone = new Promise((done) => first.once('exit', done))
    first.kill('SIGKILL')
    await gone
    expect(files().some((file) => file.endsWith('.lock'))).toBe(true)
    const { code, stderr } = await piped(cli.file, ['refresh'], { env })
    await server.close()
    // The service has rotated the token for the one that was killed: that is its word, and the lock did not keep us from hearing it.
    expect(stderr).toMatch(/Refreshed|used before|not valid/)
    expect([0, 1]).toContain(code)
    expect(files().filter((file) => file.endsWith('.lock'))).toEqual([])
  })
})
