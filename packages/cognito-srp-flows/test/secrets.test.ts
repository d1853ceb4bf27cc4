// Every step, error, log line, saved step and stored value of whole sign-ins against the emulator, searched for what was
// secret in them. What may hold a secret is named here, with the secret that it may hold.
import { inspect } from 'node:util'
import { type AppClient, deviceStore, type Step, signIn } from 'cognito-srp-flows'
import { createUserPool } from 'cognito-user-pool-emulator'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { expectKind } from './scripted.js'

const PASSWORD = 'Correct-Horse-7-Battery'
const WRONG = 'Wrong-Horse-8-Battery'
const CLIENT_SECRET = 'the-secret-of-the-client'
const CODE = '424242'

const emulator = createUserPool({
  clients: [{ clientId: 'web', clientSecret: CLIENT_SECRET }],
  users: [{ username: 'ada', password: PASSWORD }],
  mfa: { mode: 'ON', methods: ['SOFTWARE_TOKEN_MFA'], allowTotpReuse: true },
  deviceTracking: 'always',
})
const stored = new Map<string, string>()
/** Values seen, each with a name; and the secrets, by name. */
const seen: { readonly what: string; readonly value: unknown }[] = []
const secrets = new Map<string, string>()
const lines: string[] = []

const client: AppClient = {
  api: {
    async call(operation, input) {
      const headers = { 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` }
      const request = new Request('http://pool.test/', { method: 'POST', headers, body: JSON.stringify(input) })
      const response = await emulator.handle(request)
      const reply = (await response.json()) as Record<string, string>
      if (response.status !== 200) throw Object.assign(new Error(reply.message), { name: reply.__type })
      if (reply.Session) secrets.set(`session ${secrets.size}`, reply.Session)
      return reply
    },
  },
  userPoolId: 'us-east-1_Emulator0',
  clientId: 'web',
  clientSecret: CLIENT_SECRET,
  devices: deviceStore({
    get: async (key) => stored.get(key),
    set: async (key, value) => stored.set(key, value),
    remove: async (key) => stored.delete(key),
  }),
  random(length) {
    const bytes = crypto.getRandomValues(new Uint8Array(length))
    // The private keys of SRP, and the device's password.
    secrets.set(`random ${secrets.size} hex`, Buffer.from(bytes).toString('hex'))
    secrets.set(`random ${secrets.size} base64`, Buffer.from(bytes).toString('base64'))
    secrets.set(`random ${secrets.size} list`, Array.from(bytes).join())
    return bytes
  },
}

const see = (what: string, value: unknown): void => void seen.push({ what, value })
async function failure(what: string, work: () => Promise<unknown>): Promise<void> {
  const error = await work().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Error)
  see(what, error)
}

function clone(value: unknown): unknown {
  try {
    return structuredClone(value)
  } catch (error) {
    return String(error)
  }
}
/** Render a value as a logger or a serialiser does; `hidden` is the part that only a debugger shows. */
function shown(value: unknown, showHidden = false): string {
  const all = { depth: Number.POSITIVE_INFINITY, maxArrayLength: null, maxStringLength: null, showHidden } as const
  const object = Object(value)
  return [
    inspect(value, all),
    JSON.stringify(value) ?? '',
    String(value),
    inspect(clone(value), all),
    inspect({ ...object }, all),
    JSON.stringify(Object.entries(object)),
    value instanceof Error ? `${value.stack}${inspect(value.cause, all)}` : '',
  ].join('\n')
}

beforeAll(async () => {
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, name).mockImplementation((...args) => void lines.push(inspect(args)))
  }
  secrets.set('password', PASSWORD).set('wrong password', WRONG).set('client secret', CLIENT_SECRET).set('code', CODE)
  await failure('a wrong password', () => signIn(client, { username: 'ada', password: WRONG }))
  await failure('no password', () => signIn(client, { username: 'ada', password: [PASSWORD] as never }))
  const step = expectKind(await signIn(client, { username: 'ada', password: PASSWORD }), 'set-up-totp')
  secrets.set('TOTP secret', step.secretCode)
  see('set-up-totp', step)
  see('saved set-up-totp', step.save())
  await failure('a wrong code', () => step.answer(CODE))
  const end = expectKind(await step.answer(new TOTP({ secret: step.secretCode }).generate()), 'signed-in')
  see('signed-in', end)
  for (const [name, token] of Object.entries(end.tokens)) if (name.endsWith('oken')) secrets.set(name, String(token))
  see('the stored record', [...stored.values()])
  const [record = '{}'] = [...stored.values()]
  secrets.set('device password', JSON.parse(record).devicePassword)
  await failure('a step used twice', () => step.answer(CODE))
  // Known by its device now: no second factor.
  see('signed-in again', await signIn(client, { username: 'ada', password: PASSWORD }))
  stored.set([...stored.keys()][0] ?? '', JSON.stringify({ ...JSON.parse(record), devicePassword: WRONG }))
  await failure('a refused device', () => signIn(client, { username: 'ada', password: PASSWORD }))
  const code = expectKind(await signIn(client, { username: 'ada', password: PASSWORD }), 'code')
  see('code', code)
  see('saved code', code.save())
}, 60_000)
afterAll(() => void vi.restoreAllMocks())

/** Values documented as secret, and the secrets in them. */
const ALLOWED: Readonly<Record<string, RegExp>> = {
  'saved set-up-totp': /^(session|TOTP secret)/,
  'saved code': /^session/,
  'the stored record': /^(device password|random \d+ base64)/,
}

it('nothing that is printed, cloned or written as JSON holds a secret, but what is documented as one', () => {
  expect(seen).toHaveLength(12)
  expect(secrets.size).toBeGreaterThan(20)
  for (const { what, value } of seen) {
    const text = shown(value)
    const packed = text.replace(/\s/g, '')
    const found = [...secrets].filter(([, secret]) => text.includes(secret) || packed.includes(secret))
    const names = found.map(([name]) => name).filter((name) => !ALLOWED[what]?.test(name))
    expect(names, what).toEqual([])
  }
})

it('the net is a net: the saved steps and the record do hold what they are documented to hold', () => {
  const text = (name: string) => shown(seen.find(({ what }) => what === name)?.value)
  expect(text('saved set-up-totp')).toContain(secrets.get('TOTP secret'))
  expect(text('the stored record')).toContain(secrets.get('device password'))
  const held = [...secrets].filter(
    ([name, secret]) => name.startsWith('session') && text('saved code').includes(secret),
  )
  expect(held).toHaveLength(1)
})

it('what a debugger shows of a step beyond that is its tokens and its TOTP secret, and no more', () => {
  for (const { what, value } of seen) {
    if (typeof value === 'string' || Array.isArray(value)) continue
    const found = [...secrets].filter(([, secret]) => shown(value, true).replace(/\s/g, '').includes(secret))
    const own = /^signed-in/.test(what)
      ? /Token$|^device password$|^random \d+ base64$/
      : what === 'set-up-totp'
        ? /^TOTP secret$/
        : /^$/
    expect(
      found.map(([name]) => name).filter((name) => !own.test(name)),
      what,
    ).toEqual([])
  }
})

it('a step has its properties in a fixed order, and no toJSON that would say more', () => {
  const keys = (name: string) => Object.keys(seen.find(({ what }) => what === name)?.value as Step)
  expect(keys('set-up-totp')).toEqual(['kind', 'uri', 'answer', 'challenge', 'save'])
  expect(keys('code')).toEqual(['kind', 'via', 'deviceName', 'answer', 'challenge', 'save'])
  expect(keys('signed-in')).toEqual(['kind', 'username', 'device'])
  for (const { value } of seen) expect(value).not.toHaveProperty('toJSON')
})

it('nothing is written to the console', () => {
  expect(lines).toEqual([])
})
