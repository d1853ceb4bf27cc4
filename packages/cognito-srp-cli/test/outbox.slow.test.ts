import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Program, startProgram } from 'srp6a-tools/workspace/program.mjs'
import { afterAll, describe, expect, it } from 'vitest'
import { CONTROL_TOKEN } from './controlled.js'
import { ALICE, CLIENT_ID, POOL_ID } from './pool.js'
import { bundled, emptyHome, piped } from './support.js'

const cli = bundled()
const emulator = fileURLToPath(new URL('../../user-pool-emulator/src/cli.ts', import.meta.url))
const root = fileURLToPath(new URL('../../../', import.meta.url))
const programs: Program[] = []
afterAll(() => Promise.all(programs.map((program) => program.kill())))

/** Start the emulator's command with a seed, and return its address. */
async function start(seed: string, env: Record<string, string>): Promise<string> {
  const args = ['--import', 'tsx', emulator, '--port', '0', '--seed', seed]
  const program = startProgram(process.execPath, args, { cwd: root, env })
  programs.push(program)
  const [, url = ''] = await program.until(/at (http:\/\/127\.0\.0\.1:\d+)/)
  return url
}

describe('the codes of the command cognito-user-pool-emulator', { timeout: 60_000 }, () => {
  it('finish a sign-in without a keyboard', async () => {
    const { env, home } = emptyHome()
    const seed = join(home, 'pool.json')
    const users = [{ ...ALICE, username: 'alice', mfa: { sms: true } }]
    writeFileSync(seed, JSON.stringify({ id: POOL_ID, clients: [{ clientId: CLIENT_ID }], users, mfa: 'OPTIONAL' }))
    const withToken = { ...env, EMULATOR_CONTROL_TOKEN: CONTROL_TOKEN }
    const url = await start(seed, withToken)
    const where = ['-p', POOL_ID, '-c', CLIENT_ID, '--endpoint', url]
    const run = (args: string[], more: Record<string, string> = {}, stdin = '') =>
      piped(cli.file, args, { env: { ...withToken, ...more }, stdin })

    const args = ['initiate', 'alice', '--auth-flow', 'USER_PASSWORD_AUTH', ...where]
    const first = await run(args, { COGNITO_PASSWORD: ALICE.password })
    expect(first).toMatchObject({ code: 0, stderr: '' })
    writeFileSync(join(home, 'reply.json'), first.stdout)
    const outbox = await run(['outbox', 'alice', '--endpoint', url, '--json'])
    expect(outbox).toMatchObject({ code: 0, stderr: '' })
    const { code } = JSON.parse(outbox.stdout)[0]
    const last = await run(['respond', '--reply', 'reply.json', '--code', '-', ...where], {}, `${code}\n`)
    expect(JSON.parse(last.stdout).AuthenticationResult.TokenType).toBe('Bearer')

    const wrong = await run(['outbox', '--endpoint', url], { EMULATOR_CONTROL_TOKEN: 'another-token' })
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('refuses the token') })
  })
})
