import { execFile } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { inProcess } from '../in-process.js'
import { ALICE, CLIENT_ID } from '../pool.js'
import { emptyHome, emulator } from '../support.js'
import { tableOfOptions } from './table.js'

const AWS = '/usr/bin/aws'
const there = existsSync(AWS)
if (!there) console.log(`skipped: there is no ${AWS}; Debian's package is awscli`)

const user = { ...ALICE, username: 'alice' }
const { password } = ALICE

async function both(options: Parameters<typeof emulator>[0] = {}) {
  const { pool, server, where } = await emulator({ users: [user], ...options })
  const { env, home } = emptyHome()
  const credentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_DEFAULT_REGION: 'us-east-1' }
  return {
    pool,
    write: (name: string, text: string) => writeFileSync(join(home, name), text),
    async aws(...args: string[]) {
      const all = ['cognito-idp', ...args, '--endpoint-url', server.url, '--output', 'json']
      const { stdout } = await promisify(execFile)(AWS, all, { cwd: home, env: { ...env, ...credentials } })
      return stdout
    },
    async ours(args: string[], more: Record<string, string> = {}, stdin = '') {
      const { code, stdout, stderr } = await inProcess([...args, ...where], { env: { ...env, ...more }, stdin })
      expect(stderr).toBe('')
      expect(code).toBe(0)
      return stdout
    },
  }
}
const client = ['--client-id', CLIENT_ID]
const tokens = (reply: string) => JSON.parse(reply).AuthenticationResult.AccessToken

describe.skipIf(!there)('the real AWS CLI', { timeout: 120_000 }, () => {
  it('has no option for admin-initiate-auth that our table lacks, nor the other way round', async () => {
    const { env } = emptyHome()
    // `help` looks for groff by itself, and for a pager where it may not take cat.
    const { stdout } = await promisify(execFile)(AWS, ['cognito-idp', 'admin-initiate-auth', 'help'], {
      env: { ...env, PAGER: 'cat', AWS_PAGER: 'cat', AWS_EC2_METADATA_DISABLED: 'true' },
      maxBuffer: 1 << 24,
    })
    // Bold letters are written twice, one over the other.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it takes away
    const text = stdout.replace(/.\u0008|\u001b\[[\d;]*m/g, '')
    const [, synopsis = ''] = /^SYNOPSIS([\s\S]*?)^OPTIONS/m.exec(text) ?? []
    const theirs = new Set(synopsis.match(/--[a-z-]+/g))
    expect(theirs.size).toBeGreaterThan(20)
    expect(
      tableOfOptions()
        .flatMap(({ options }) => options)
        .sort(),
    ).toEqual([...theirs].sort())
  })

  it('begins a sign-in that ours finishes', async () => {
    const { aws, ours, write, pool } = await both({ users: [{ ...user, mfa: { sms: true } }], mfa: 'OPTIONAL' })
    write(
      'reply.json',
      await aws(
        'initiate-auth',
        ...client,
        '--auth-flow',
        'USER_PASSWORD_AUTH',
        '--auth-parameters',
        `USERNAME=alice,PASSWORD=${password}`,
      ),
    )
    const reply = await ours(['respond', '--reply', 'reply.json', '--code-stdin'], {}, pool.outbox.last()?.code ?? '')
    expect(tokens(reply)).toMatch(/^eyJ/)
  })

  it('finishes a sign-in that ours began', async () => {
    const { aws, ours, pool } = await both({ users: [{ ...user, mfa: { sms: true } }], mfa: 'OPTIONAL' })
    const first = JSON.parse(
      await ours(['initiate', 'alice', '--auth-flow', 'USER_PASSWORD_AUTH'], { COGNITO_PASSWORD: password }),
    )
    const responses = `USERNAME=alice,SMS_MFA_CODE=${pool.outbox.last()?.code}`
    const reply = await aws(
      'respond-to-auth-challenge',
      ...client,
      '--challenge-name',
      first.ChallengeName,
      '--session',
      first.Session,
      '--challenge-responses',
      responses,
    )
    expect(tokens(reply)).toMatch(/^eyJ/)
  })

  it.each([
    ['', 'initiate-auth', 'respond-to-auth-challenge'],
    ['--admin', 'admin-initiate-auth', 'admin-respond-to-auth-challenge'],
  ])('signs in by SRP with requests that ours makes %s', async (admin, begin, finish) => {
    const { aws, ours, write } = await both()
    const more = admin ? [admin] : []
    write('first.json', await ours(['initiate', 'alice', '--auth-flow', 'USER_SRP_AUTH', '--print-request', ...more]))
    write('reply.json', await aws(begin, '--cli-input-json', 'file://first.json'))
    const env = { COGNITO_PASSWORD: password }
    write('second.json', await ours(['respond', '--reply', 'reply.json', '--print-request', ...more], env))
    expect(tokens(await aws(finish, '--cli-input-json', 'file://second.json'))).toMatch(/^eyJ/)
  })

  it('makes a skeleton that ours fills', async () => {
    const { aws, ours, write } = await both()
    write('theirs.json', await aws('initiate-auth', '--generate-cli-skeleton', 'input'))
    const args = ['initiate', 'alice', '--cli-input-json', 'file://theirs.json', '--print-request']
    expect(JSON.parse(await ours(args))).toMatchObject({
      ClientId: CLIENT_ID,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME: 'alice', SRP_A: expect.stringMatching(/^[0-9a-f]+$/) },
    })
  })
})
