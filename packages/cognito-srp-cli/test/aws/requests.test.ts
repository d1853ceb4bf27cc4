import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { filesIn } from '../files.js'
import { inProcess, type World } from '../in-process.js'
import { ALICE, CLIENT_ID, POOL_ID } from '../pool.js'
import { scriptedService } from '../service.js'
import { emptyHome, emulator } from '../support.js'

const user = { ...ALICE, username: 'alice' }
const { password } = ALICE

/** Run commands in a home, each reply in a file of it. */
function commands(where: readonly string[]) {
  const { env, home } = emptyHome()
  const run = (args: readonly string[], world: World = {}) =>
    inProcess([...args, ...where], { ...world, env: { ...env, ...world.env } })
  const write = (name: string, text: string) => writeFileSync(join(home, name), text)
  return { run, write, env, home }
}

describe('one request at a time', () => {
  it('signs in by SRP, with the secret of the handshake sealed between two commands', async () => {
    const { where } = await emulator({ users: [user] })
    const { run, write, home } = commands(where)
    const first = await run(['initiate', '--auth-flow', 'USER_SRP_AUTH', '--auth-parameters', 'USERNAME=alice'])
    expect(first).toMatchObject({ code: 0, stderr: '' })
    const reply = JSON.parse(first.stdout)
    expect(reply).toMatchObject({ ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters: { USERNAME: 'alice' } })
    for (const file of filesIn(home)) expect(statSync(file).mode & 0o777).toBe(0o600)
    write('reply.json', first.stdout)
    const withPassword = { env: { COGNITO_PASSWORD: password } }
    const second = await run(
      ['respond', '--reply', 'reply.json', '--query', 'AuthenticationResult.IdToken', '--output', 'text'],
      withPassword,
    )
    expect(second.stdout).toMatch(/^eyJ[\w.-]+\n$/)
    const again = await run(['respond', '--reply', 'reply.json'], withPassword)
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('No handshake is kept') })
  })

  it('opens a handshake under the key that sealed it, and not under another', async () => {
    const { where } = await emulator({ users: [user] })
    const { run, write } = commands(where)
    const key = (fill: number) => Buffer.alloc(32, fill).toString('base64')
    const { stdout } = await run(['initiate', 'alice'], { env: { COGNITO_STATE_KEY: key(1) } })
    write('reply.json', stdout)
    const other = { env: { COGNITO_PASSWORD: password, COGNITO_STATE_KEY: key(2) } }
    expect((await run(['respond', '--reply', 'reply.json'], other)).stderr).toContain('sealed under another key')
    const bad = { env: { COGNITO_STATE_KEY: 'short' } }
    expect((await run(['initiate', 'alice'], bad)).stderr).toContain('COGNITO_STATE_KEY: expected 32 bytes')
  })

  it.each([
    [14.9, 'refused', 1, 'Incorrect user name or password'],
    [15.1, 'not opened', 2, 'it is older than 15 minutes'],
  ])('keeps a handshake for 15 minutes: after %d it is %s', async (minutes, _, expected, message) => {
    const { where } = await emulator({ users: [user] })
    const { run, write } = commands(where)
    const began = Date.now()
    write('reply.json', (await run(['initiate', 'alice'], { now: () => new Date(began) })).stdout)
    const { code, stderr } = await run(['respond', '--reply', 'reply.json'], {
      env: { COGNITO_PASSWORD: `not ${password}` },
      now: () => new Date(began + minutes * 60_000),
    })
    expect(stderr).toContain(message)
    expect(code).toBe(expected)
  })

  it('sends what the AWS CLI would send', async () => {
    const { calls, where } = await scriptedService(() => ({
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeParameters: {},
      Session: 's',
    }))
    const { run, write } = commands(where)
    write(
      'request.json',
      JSON.stringify({
        AuthFlow: 'CUSTOM_AUTH',
        AuthParameters: { USERNAME: 'bob' },
        ClientMetadata: { from: 'file' },
        ClientId: '',
      }),
    )
    const extra = [
      '--analytics-metadata',
      'AnalyticsEndpointId=e',
      '--context-data',
      'EncodedData=d,IpAddress=1.2.3.4',
      '--client-metadata',
      'a=b,c=d',
    ]
    await run(['initiate', '--cli-input-json', 'file://request.json', ...extra], {
      env: { COGNITO_CLIENT_SECRET: 'hush' },
    })
    expect(calls[0]?.body).toEqual({
      ClientId: CLIENT_ID,
      AuthFlow: 'CUSTOM_AUTH',
      AuthParameters: { USERNAME: 'bob', SECRET_HASH: expect.any(String) },
      ClientMetadata: { a: 'b', c: 'd' },
      AnalyticsMetadata: { AnalyticsEndpointId: 'e' },
      UserContextData: { EncodedData: 'd', IpAddress: '1.2.3.4' },
    })
    write(
      'reply.json',
      JSON.stringify({ ChallengeName: 'SMS_MFA', Session: 'abc', ChallengeParameters: { USER_ID_FOR_SRP: 'bob' } }),
    )
    await run(['respond', '--reply', 'file://reply.json', '--code-stdin'], { stdin: '123 456\n' })
    expect(calls[1]?.body).toEqual({
      ClientId: CLIENT_ID,
      ChallengeName: 'SMS_MFA',
      Session: 'abc',
      ChallengeResponses: { USERNAME: 'bob', SMS_MFA_CODE: '123456' },
    })
  })

  it('is sent only where the reply can be printed', async () => {
    const { where, calls } = await scriptedService(() => ({ ChallengeName: 'X', ChallengeParameters: {} }))
    const { run } = commands(where)
    for (const out of [
      ['--output', 'table'],
      ['--query', ']['],
      ['--query', 'nonsense(@)'],
    ]) {
      for (const args of [
        ['initiate', 'a', '--auth-flow', 'CUSTOM_AUTH'],
        ['respond', 'a', '--challenge-name', 'CUSTOM_CHALLENGE', '--challenge-responses', 'ANSWER=1'],
      ]) {
        expect((await run([...args, ...out])).code).toBe(2)
      }
    }
    expect(calls).toEqual([])
    const found = await run(['initiate', 'a', '--auth-flow', 'CUSTOM_AUTH', '--query', 'length(ChallengeName)'])
    expect(found.stdout).toBe('1\n')
  })

  it('takes no secret on the command line, and from a reply no order to send a password', async () => {
    const { calls, where } = await scriptedService(() => ({}))
    const { run, write } = commands(where)
    for (const args of [
      ['initiate', '--auth-parameters', 'USERNAME=a,PASSWORD=hush-hush'],
      ['initiate', '--auth-parameters', '{"REFRESH_TOKEN":"hush-hush"}'],
      [
        'respond',
        '--challenge-name',
        'NEW_PASSWORD_REQUIRED',
        '--challenge-responses',
        'USERNAME=a,NEW_PASSWORD=hush-hush',
      ],
      ['initiate', '--auth-parameters', 'USERNAME=a,ACCESS_TOKEN=hush-hush'],
      ['initiate', '--cli-input-json', '{"AuthParameters":{"USERNAME":"a","PASSWORD":"hush-hush"}}'],
      ['respond', '--cli-input-json', '{"ChallengeResponses":{"NEW_PASSWORD":"hush-hush"}}'],
      ['initiate', '--cli-input-json', 'AuthParameters={USERNAME=a,REFRESH_TOKEN=hush-hush}'],
    ]) {
      const { code, stderr } = await run(args)
      expect(code).toBe(2)
      expect(stderr).toContain('a command line is no place for')
      expect(stderr).not.toContain('hush-hush')
    }
    write(
      'reply.json',
      JSON.stringify({ ChallengeName: 'PASSWORD', Session: 'abc', ChallengeParameters: { USERNAME: 'bob' } }),
    )
    const env = { COGNITO_PASSWORD: password }
    expect((await run(['respond', '--reply', 'reply.json'], { env })).stderr).toContain('asks for the password itself')
    expect(calls).toEqual([])
    await run(['respond', '--reply', 'reply.json', '--challenge-name', 'PASSWORD'], { env })
    expect(calls).toHaveLength(1)
  })

  it('prints JSON, YAML or text, and the part that --query picks', async () => {
    const { where } = await scriptedService(() => ({
      ChallengeName: 'X',
      Session: 's',
      ChallengeParameters: { b: '1', a: '2' },
      List: [],
      N: null,
    }))
    const { run } = commands(where)
    const out = async (...args: string[]) =>
      (await run(['initiate', 'a', '--auth-flow', 'CUSTOM_AUTH', ...args])).stdout
    expect(JSON.parse(await out())).toMatchObject({ ChallengeName: 'X' })
    expect(await out('--output', 'text', '--query', '[ChallengeName, N]')).toBe('X\tNone\n')
    expect(await out('--output', 'text', '--query', '{n: ChallengeName, p: ChallengeParameters}')).toBe('X\nP\t2\t1\n')
    expect(await out('--output', 'yaml', '--query', '{l: List, p: ChallengeParameters}')).toBe(
      'l: []\np:\n  b: "1"\n  a: "2"\n',
    )
    expect(await out('--output', 'off')).toBe('')
    expect((await run(['initiate', 'a', '--auth-flow', 'CUSTOM_AUTH', '--query', '[['])).stderr).toContain('--query')
    expect((await run(['initiate', 'a', '--output', 'table'])).stderr).toContain('There is no output table')
    expect(JSON.parse(await out('--generate-cli-skeleton', 'input'))).toMatchObject({
      AuthFlow: 'USER_SRP_AUTH',
      ClientId: '',
    })
  })
})

describe('the admin operations', () => {
  const credentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' }

  it.each(['srp', 'password', 'ADMIN_NO_SRP_AUTH', 'ADMIN_USER_PASSWORD_AUTH', 'USER_SRP_AUTH'])(
    'sign in by %s',
    async (flow) => {
      const { pool, where } = await emulator({ users: [user] })
      const operations: string[] = []
      pool.onExchange(({ operation }) => operations.push(operation))
      const { run } = commands(where)
      const args = ['sign-in', 'alice', '--admin', '--auth-flow', flow, '--json']
      const { code, stdout, stderr } = await run(args, { env: { ...credentials, COGNITO_PASSWORD: password } })
      expect(stderr).toContain('Signed in as alice.')
      expect(code).toBe(0)
      expect(JSON.parse(stdout)).toMatchObject({ username: 'alice' })
      expect(operations[0]).toBe('AdminInitiateAuth')
    },
  )

  it('take one request at a time as well', async () => {
    const { where } = await emulator({ users: [user] })
    const { run, write } = commands(where)
    const first = await run(['initiate', 'alice', '--admin', '--auth-flow', 'USER_SRP_AUTH'], { env: credentials })
    write('reply.json', first.stdout)
    const second = await run(['respond', '--admin', '--reply', 'reply.json'], {
      env: { ...credentials, COGNITO_PASSWORD: password },
    })
    expect(JSON.parse(second.stdout).AuthenticationResult.TokenType).toBe('Bearer')
    const printed = await run(['initiate', 'alice', '--admin', '--print-request', '--auth-flow', 'USER_SRP_AUTH'])
    expect(JSON.parse(printed.stdout)).toMatchObject({
      UserPoolId: POOL_ID,
      AuthParameters: { SRP_A: expect.any(String) },
    })
  })

  it('say what is missing', async () => {
    const { where } = await emulator({ users: [user] })
    const { run } = commands(where)
    const args = ['sign-in', 'alice', '--admin', '--profile', 'not-there']
    const { code, stderr } = await run(args, { env: { COGNITO_PASSWORD: password } })
    expect(stderr).toContain('There are no AWS credentials for --admin')
    expect(code).toBe(2)
  })
})
