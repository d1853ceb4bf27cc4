import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inProcess } from './in-process.js'
import { ALICE, CLIENT_ID, POOL_ID } from './pool.js'
import { scriptedService } from './service.js'
import { emptyHome } from './support.js'

const { password } = ALICE
const session = 'session-of-the-first-step-20'
const ask = (ChallengeName: string, more: object = {}) => ({
  ChallengeName,
  ChallengeParameters: {},
  Session: session,
  ...more,
})

describe('a service that asks for the password itself', () => {
  const downgrades = [
    ['PASSWORD', ask('PASSWORD')],
    ['ADMIN_NO_SRP_AUTH', ask('ADMIN_NO_SRP_AUTH')],
    ['SELECT_CHALLENGE with one choice', ask('SELECT_CHALLENGE', { AvailableChallenges: ['PASSWORD'] })],
  ] as const
  const ways = [
    ['srp', []],
    ['custom-srp', ['--flow', 'custom-srp']],
    ['custom', ['--flow', 'custom']],
    ['a choice of SRP', ['--flow', 'choice', '--first-factor', 'PASSWORD_SRP']],
  ] as const

  it.each(ways.flatMap(([way, args]) => downgrades.map(([name, reply]) => [name, way, args, reply] as const)))(
    '%s after %s gets nothing',
    async (_, __, args, reply) => {
      const { where, calls } = await scriptedService(() => reply)
      const { env } = emptyHome()
      const ended = await inProcess(['sign-in', 'alice', ...where, ...args], {
        env: { ...env, COGNITO_PASSWORD: password },
      })
      expect(JSON.stringify(calls)).not.toContain(password)
      expect(ended.stderr).toContain('asks for the password itself')
      expect(ended.code).toBe(3)
    },
  )

  it('and offers nothing else is not answered without being asked', async () => {
    const { where, calls } = await scriptedService(() => ask('SELECT_CHALLENGE', { AvailableChallenges: ['PASSWORD'] }))
    const { env } = emptyHome()
    const args = ['sign-in', 'alice', ...where, '--flow', 'choice']
    const ended = await inProcess(args, { env: { ...env, COGNITO_PASSWORD: password } })
    expect(JSON.stringify(calls)).not.toContain(password)
    expect(ended.code).toBe(4)
    expect(ended.stderr).toContain('--first-factor PASSWORD')
  })

  it.each(['PASSWORD_VERIFIER', 'PASSWORD_NO_SRP', 'PASSWORD_SPR'])(
    'under a name like %s gets nothing',
    async (name) => {
      const offer = ask('SELECT_CHALLENGE', { AvailableChallenges: [name] })
      for (const how of [[], ['--flow', 'choice'], ['--flow', 'choice', '--first-factor', name]]) {
        const { where, calls } = await scriptedService((_, i) => (i === 0 ? offer : ask('CUSTOM_CHALLENGE')))
        const { env } = emptyHome()
        await inProcess(['sign-in', 'alice', ...where, ...how], { env: { ...env, COGNITO_PASSWORD: password } })
        expect(calls).not.toEqual([])
        expect(JSON.stringify(calls)).not.toContain(password)
      }
    },
  )

  it('and was never told that it may gets nothing without being asked', async () => {
    const { where, calls } = await scriptedService(() => ask('PASSWORD'))
    const { env } = emptyHome()
    const args = ['sign-in', 'alice', ...where, '--flow', 'choice']
    const ended = await inProcess(args, { env: { ...env, COGNITO_PASSWORD: password } })
    expect(JSON.stringify(calls)).not.toContain(password)
    expect(ended.code).toBe(4)
  })

  it('gets it where the flow asked for does so', async () => {
    const tokens = { AccessToken: 'eyJh.e30.c2ln', IdToken: 'eyJh.e30.c2ln', TokenType: 'Bearer', ExpiresIn: 3600 }
    const { env } = emptyHome()
    const withPassword = { env: { ...env, COGNITO_PASSWORD: password } }
    const { where, calls } = await scriptedService((_, i) =>
      i === 0 ? ask('PASSWORD') : { AuthenticationResult: tokens },
    )
    const args = ['sign-in', 'alice', ...where, '--flow', 'choice', '--first-factor', 'PASSWORD']
    expect((await inProcess(args, withPassword)).code).toBe(0)
    expect(JSON.stringify(calls[1])).toContain(password)
  })
})

describe('a cognito.json that merely lies in the folder', () => {
  function folder(config: object) {
    const { env, home } = emptyHome()
    writeFileSync(join(home, 'cognito.json'), JSON.stringify(config))
    return env
  }

  it.each(
    Object.entries({
      endpoint: 'http://127.0.0.1:1',
      flow: 'password',
      firstFactor: 'PASSWORD',
      save: true,
      rememberDevice: true,
      clientSecret: 'of-somebody-else',
      issuer: 'Example',
    }),
  )('may not set %s, in a profile of its choice neither', async (name, value) => {
    for (const config of [{ [name]: value }, { profiles: { a: { [name]: value } }, defaultProfile: 'a' }]) {
      const env = folder({ userPoolId: POOL_ID, clientId: CLIENT_ID, ...config })
      const { code, stderr } = await inProcess(['whoami'], { env })
      expect(stderr).toContain(`sets ${name}`)
      expect(stderr).toContain('--config cognito.json')
      expect(stderr).not.toContain('of-somebody-else')
      expect(code).toBe(2)
    }
  })

  it('sends tokens of the environment nowhere', async () => {
    const { calls, endpoint } = await scriptedService(() => ({}))
    const env = {
      ...folder({ endpoint }),
      COGNITO_USER_POOL_ID: 'us-east-1_MyOwnPool',
      COGNITO_CLIENT_ID: 'web',
      COGNITO_REFRESH_TOKEN: 'the-real-refresh-token',
      COGNITO_ACCESS_TOKEN: 'the-real-access-token',
    }
    for (const args of [['refresh'], ['whoami', '--remote']]) expect((await inProcess(args, { env })).code).toBe(2)
    expect(calls).toEqual([])
  })

  it('is shown where it sets ids', async () => {
    const env = folder({ userPoolId: POOL_ID, clientId: CLIENT_ID, username: 'ada' })
    const { stderr } = await inProcess(['sign-in', '-c', 'mine'], { env })
    expect(stderr).toContain(`cognito.json sets userPoolId ${POOL_ID}, username ada\n`)
    const named = await inProcess(['sign-in', '-c', 'mine', '--config', 'cognito.json'], { env })
    expect(named.stderr).not.toContain('sets userPoolId')
  })

  it('does not say where a password goes that is sent in clear', async () => {
    const { endpoint, calls } = await scriptedService(() => ({}))
    const env = { ...folder({ userPoolId: 'us-east-1_Elsewhere', clientId: 'web' }), COGNITO_PASSWORD: password }
    for (const args of [
      ['sign-in', 'alice', '--flow', 'password'],
      ['sign-in', 'alice', '--flow', 'choice', '--first-factor', 'password'],
      ['token', 'alice', '--flow', 'password'],
      ['forget-device', 'alice', '--flow', 'password', '--device-key', 'key'],
      ['initiate', 'alice', '--auth-flow', 'USER_PASSWORD_AUTH'],
      ['initiate', 'alice', '--auth-flow', 'USER_AUTH', '--auth-parameters', 'PREFERRED_CHALLENGE=PASSWORD'],
      ['initiate', '--cli-input-json', '{"AuthFlow":"USER_PASSWORD_AUTH","AuthParameters":{"USERNAME":"alice"}}'],
      ['respond', 'alice', '--challenge-name', 'PASSWORD', '--session', session],
    ]) {
      const { code, stderr } = await inProcess([...args, '--endpoint', endpoint], { env })
      expect({ args, code, calls }).toEqual({ args, code: 2, calls: [] })
      expect(stderr).toContain('--config cognito.json')
    }
  })
})

describe('this machine', () => {
  it.each([
    ['http://x.localhost:9229', 2],
    ['http://localhost.example.com', 2],
    ['http://localhost:1', 3],
  ])('is not %s', async (endpoint, expected) => {
    const { env } = emptyHome()
    const args = ['sign-in', 'alice', '-p', POOL_ID, '-c', 'web', '--endpoint', endpoint]
    const { code } = await inProcess(args, { env: { ...env, COGNITO_PASSWORD: password } })
    expect(code).toBe(expected)
  })
})

describe('what a service says', () => {
  const ESC = '\u001b'
  const HOSTILE = `${ESC}]0;PWNED\u0007${ESC}[2J\u009b1m\u202e`
  const raw = {
    test: (text: string) => [`${ESC}]`, '\u0007', `${ESC}[2J`, '\u009b', '\u202e'].some((part) => text.includes(part)),
  }
  const run = async (replies: object[], args: string[], types?: [string, string][]) => {
    const { where } = await scriptedService((_, i) => replies[Math.min(i, replies.length - 1)] ?? {})
    const { env } = emptyHome()
    const options = { env: { ...env, COGNITO_PASSWORD: password }, ...(types && { types }), isTerminal: true }
    return inProcess(['sign-in', 'alice', ...where, ...args], options)
  }
  const result = (AccessToken: string) => [
    { AuthenticationResult: { AccessToken, IdToken: 'b', TokenType: 'Bearer', ExpiresIn: 3600 } },
  ]

  it('never moves the cursor by a secret of an authenticator app', async () => {
    const replies = [
      ask('MFA_SETUP', { ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' } }),
      { SecretCode: `${HOSTILE}ABC`, Session: session },
      { __type: 'x' },
    ]
    const { stderr, stdout } = await run(replies, ['--flow', 'password'], [['Code that it shows', '\u0003']])
    expect(raw.test(stderr + stdout)).toBe(false)
  })

  it('never moves the cursor by what --trace shows', async () => {
    for (const field of ['SALT', 'SRP_B', 'SECRET_BLOCK', 'USERNAME', 'USER_ID_FOR_SRP', HOSTILE]) {
      const ChallengeParameters = {
        SALT: 'a',
        SRP_B: '5',
        SECRET_BLOCK: 'AAAA',
        USER_ID_FOR_SRP: 'ada',
        [field]: HOSTILE,
      }
      const { stderr, stdout } = await run([ask('PASSWORD_VERIFIER', { ChallengeParameters })], ['--trace'])
      expect(raw.test(stderr + stdout)).toBe(false)
    }
  })

  it.each([[], ['--header'], ['--env'], ['--json'], ['--token', 'access']])(
    'is no token when it is not made like one (%s)',
    async (...args) => {
      for (const token of [HOSTILE, 'x\r\nX-PWNED: 1', "a'b", 'a b', '']) {
        const { code, stdout, stderr } = await run(result(token), ['--flow', 'password', ...args])
        expect(stdout).toBe('')
        expect(raw.test(stderr)).toBe(false)
        expect(code).toBe(3)
      }
    },
  )

  it('is printed without control characters among claims', async () => {
    const { env } = emptyHome()
    const payload = Buffer.from(JSON.stringify({ sub: HOSTILE, [HOSTILE]: HOSTILE })).toString('base64url')
    for (const args of [[], ['--json']]) {
      const stdin = `eyJh.${payload}.c2ln`
      const { stdout, stderr } = await inProcess(['whoami', '--token-stdin', ...args], { env, stdin })
      expect(raw.test(stdout + stderr)).toBe(false)
      if (args.length) expect(JSON.parse(stdout)).toMatchObject({ sub: HOSTILE })
    }
  })
})
