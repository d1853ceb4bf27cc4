import { describe, expect, it } from 'vitest'
import { CONTROL_TOKEN, controlled } from './controlled.js'
import { inProcess } from './in-process.js'
import { ALICE } from './pool.js'
import { emptyHome, emulator } from './support.js'

const users = ['alice', 'bob'].map((username, i) => ({
  ...ALICE,
  username,
  attributes: { phone_number: `+1555555012${i}` },
  mfa: { sms: true },
}))

/** An emulator that has sent a code to each user, and the command that reads them. */
async function withCodes() {
  const { pool, where } = await emulator({ users, mfa: 'OPTIONAL' })
  const { env } = emptyHome()
  for (const { username } of users)
    await inProcess(['sign-in', username, ...where], { env: { ...env, COGNITO_PASSWORD: ALICE.password } })
  const { url, asked } = await controlled(pool)
  const run = (args: string[], token?: string, stdin = '') =>
    inProcess(['outbox', '--endpoint', url, ...args], {
      env: { ...env, ...(token && { EMULATOR_CONTROL_TOKEN: token }) },
      stdin,
    })
  return { pool, run, asked }
}

describe('outbox', () => {
  it.each([undefined, CONTROL_TOKEN])('shows the codes that an emulator has sent (token %s)', async (token) => {
    const { pool, run, asked } = await withCodes()
    const [alice, bob] = users.map(({ username }) => pool.outbox.last(username)?.code ?? 'none')
    const all = await run([], token)
    expect(all).toMatchObject({ code: 0, stderr: '' })
    expect(all.stdout).toContain(`code=${alice}`)
    expect(all.stdout).toContain(`code=${bob}`)
    for (const name of ['alice', '+15555550120']) {
      const one = await run([name], token)
      expect(one.stdout).toContain(`code=${alice}`)
      expect(one.stdout).not.toContain(`code=${bob}`)
    }
    expect(JSON.parse((await run(['bob', '--json'], token)).stdout)).toMatchObject([{ code: bob }])
    expect(JSON.parse((await run(['carol', '--json'], token)).stdout)).toEqual([])
    expect(new Set(asked)).toEqual(new Set([token ? '/_emulator/outbox' : '/outbox']))
  })

  it('takes the token of the control from standard input as well', async () => {
    const { run, asked } = await withCodes()
    expect((await run(['alice', '--token-stdin'], undefined, `${CONTROL_TOKEN}\n`)).stdout).toContain('code=')
    expect(asked).toEqual(['/_emulator/outbox'])
  })

  it('says that a token is wrong, and does not repeat it', async () => {
    const { run } = await withCodes()
    const { code, stderr, stdout } = await run(['alice'], 'not-that-token')
    expect(stderr).toContain('The emulator refuses the token of its control path.')
    expect(stderr).toContain('EMULATOR_CONTROL_TOKEN')
    expect(stdout + stderr).not.toContain('not-that-token')
    expect(code).toBe(1)
  })

  it('says that nothing listens, and that what answers is no emulator', async () => {
    const { env } = emptyHome()
    const run = (endpoint: string) => inProcess(['outbox', '--endpoint', endpoint], { env })
    expect(await run('http://127.0.0.1:1')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('No emulator answers'),
    })
    const own = globalThis.fetch
    try {
      for (const reply of [
        new Response('<html>', { status: 404 }),
        Response.json({ a: 1 }),
        Response.json({ messages: [7] }),
        Response.json([null]),
      ]) {
        globalThis.fetch = async () => reply
        expect(await run('http://127.0.0.1:1')).toMatchObject({
          code: 3,
          stderr: expect.stringContaining('is no emulator'),
        })
      }
    } finally {
      globalThis.fetch = own
    }
  })
})
