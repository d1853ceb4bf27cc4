import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { type AppClient, type PendingStep, resume, type SignInRequest, signIn } from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import { TOTP } from 'otpauth'
import { askForAWord } from 'srp6a-tools/testing/triggers.js'
import { expect, it } from 'vitest'
import { expectKind, expectSignedIn, TOKENS } from '../scripted.js'
import { ALICE, CLIENT_ID, POOL_ID, start } from '../transports.js'
import type { Job, Outcome } from './resume-child.js'
import { registerPasskey } from './support.js'

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const totp = (secret = SECRET) => new TOTP({ secret }).generate()
const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** Runs the job in a second Node process, which shares nothing with this one but the text. */
async function inAnotherProcess(endpoint: string, steps: Job['steps']): Promise<Outcome[]> {
  const script = fileURLToPath(new URL('resume-child.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] })
  const job: Job = { endpoint, userPoolId: POOL_ID, clientId: CLIENT_ID, steps }
  child.stdin.end(JSON.stringify(job))
  return JSON.parse(await text(child.stdout))
}

// An address belongs to one user.
let numbers = 0
const user = (name: string, more: object = {}) => ({
  username: name,
  password: ALICE.password,
  attributes: { email: `${name}@example.com`, phone_number: `+1555555${String(numbers++).padStart(4, '0')}` },
  ...more,
})

/** The place where each kind of step comes from, and the answer that the other process gives to it. */
interface Case {
  readonly step: PendingStep
  readonly args: readonly unknown[]
  readonly leadsTo: string
}

/** A service that asks `challenge` and takes the one right answer: for challenges that the emulator has no cause to send. */
async function asking(challenge: string, right: Record<string, string>) {
  const server = createServer(async (request, reply) => {
    const body = JSON.parse(await text(request))
    const asked = { ChallengeName: challenge, ChallengeParameters: {}, Session: 'a session' }
    const known =
      body.Session === 'a session' && isDeepStrictEqual(body.ChallengeResponses, { USERNAME: 'alice', ...right })
    const refusal = { __type: 'NotAuthorizedException', message: 'wrong' }
    reply.writeHead(body.AuthFlow || known ? 200 : 400)
    reply.end(JSON.stringify(body.AuthFlow ? asked : known ? TOKENS : refusal))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, close: () => server.close() }
}

it.each([
  ['password', 'PASSWORD', { PASSWORD: ALICE.password }, ALICE.password],
  ['other', 'TELEPATHY', { THOUGHT: 'a' }, { THOUGHT: 'a' }],
])('a step of kind %s goes on in a second process', async (kind, challenge, right, answer) => {
  const service = await asking(challenge, right)
  try {
    const client = { api: fetchApi({ endpoint: service.url }), userPoolId: POOL_ID, clientId: CLIENT_ID }
    const step = (await signIn(client, { username: 'alice', flow: 'CUSTOM_AUTH' })) as PendingStep
    expect(step.kind).toBe(kind)
    const outcomes = await inAnotherProcess(service.url, [{ saved: step.save(), args: [answer] }])
    expect(outcomes).toEqual([{ kind: 'signed-in', accessToken: 'access' }])
  } finally {
    service.close()
  }
})

it('every other kind of pending step goes on in a second process', { timeout: 60_000 }, async () => {
  const users = [
    user('sms', { mfa: { sms: true } }),
    user('totp', { mfa: { totpSecret: SECRET } }),
    user('both', { mfa: { totpSecret: SECRET, sms: true } }),
    user('forced', { status: 'FORCE_CHANGE_PASSWORD' }),
    user('plain'),
  ]
  const started = await start('fetchApi', { users, mfa: 'OPTIONAL', triggers: askForAWord('xyzzy') })
  const { client, emulator } = started
  const strict = await start('fetchApi', {
    users: [user('setup', { attributes: {} }), user('mail', { attributes: {} })],
    mfa: { mode: 'ON', methods: ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] },
  })
  const passkey = await registerPasskey(started, 'plain')

  const from = async (at: AppClient, username: string, more: Partial<SignInRequest> = {}) =>
    (await signIn(at, { username, password: ALICE.password, ...more })) as PendingStep
  const userAuth = (preferredChallenge?: string) =>
    from(client, 'plain', { flow: 'USER_AUTH', password: undefined, preferredChallenge })

  const sms = await from(client, 'sms')
  const smsCode = emulator.outbox.last()?.code
  const mail = await userAuth('EMAIL_OTP')
  const mailCode = emulator.outbox.last()?.code
  const webAuthn = expectKind(await userAuth('WEB_AUTHN'), 'passkey')
  const credential = passkey.get(webAuthn.request)
  const bytes = (buffer: ArrayBuffer) => Buffer.from(buffer).toString('base64url')
  const response = Object.fromEntries(
    Object.entries(credential.response).map(([name, value]) => [name, value && bytes(value)]),
  )
  const setUp = expectKind(await from(strict.client, 'setup'), 'choose-mfa-setup')
  const setUpTotp = expectKind(
    await expectKind(await from(strict.client, 'setup'), 'choose-mfa-setup').answer('SOFTWARE_TOKEN_MFA'),
    'set-up-totp',
  )
  const setUpMail = await expectKind(await from(strict.client, 'mail'), 'choose-mfa-setup').answer('EMAIL_OTP')

  const cases: Case[] = [
    { step: sms, args: [smsCode], leadsTo: 'signed-in' },
    { step: mail, args: [mailCode], leadsTo: 'signed-in' },
    { step: await from(client, 'totp'), args: [totp()], leadsTo: 'signed-in' },
    { step: await from(client, 'both'), args: ['SOFTWARE_TOKEN_MFA'], leadsTo: 'code' },
    { step: await from(client, 'forced'), args: ['Better-horse-8', { name: 'F' }], leadsTo: 'signed-in' },
    {
      step: await from(client, 'plain', { flow: 'CUSTOM_AUTH', password: undefined }),
      args: ['xyzzy'],
      leadsTo: 'signed-in',
    },
    { step: await userAuth(), args: ['PASSWORD_SRP', { password: ALICE.password }], leadsTo: 'signed-in' },
    { step: await userAuth(), args: ['EMAIL_OTP'], leadsTo: 'code' },
    { step: webAuthn, args: [{ ...credential, rawId: credential.id, response }], leadsTo: 'signed-in' },
  ]
  const strictCases: Case[] = [
    { step: setUp, args: ['SOFTWARE_TOKEN_MFA'], leadsTo: 'set-up-totp' },
    { step: setUpTotp, args: [totp(setUpTotp.secretCode)], leadsTo: 'signed-in' },
    { step: setUpMail as PendingStep, args: ['mail@example.com'], leadsTo: 'code' },
  ]
  const kinds = new Set([...cases, ...strictCases].map(({ step }) => step.kind))
  expect([...kinds].sort()).toEqual([
    'choose-factor',
    'choose-mfa',
    'choose-mfa-setup',
    'code',
    'custom',
    'new-password',
    'passkey',
    'set-up-email',
    'set-up-totp',
  ])

  for (const [where, list] of [
    [started, cases],
    [strict, strictCases],
  ] as const) {
    const saved = list.map(({ step, args }) => ({ saved: step.save(), args }))
    for (const one of saved) expect(one.saved).not.toContain(ALICE.password)
    const outcomes = await inAnotherProcess(where.server.url, saved)
    expect(outcomes.map(({ kind }) => kind)).toEqual(list.map(({ leadsTo }) => leadsTo))
    for (const { kind, accessToken } of outcomes) if (kind === 'signed-in') expect(accessToken).toMatch(/^[\w.-]+$/)
    // The step that the process saved in turn comes back here and is finished.
    for (const { saved: again } of outcomes) {
      if (!again) continue
      const step = resume(where.client, again)
      if (step.kind === 'set-up-totp') expectSignedIn(await step.answer(totp(step.secretCode)))
      else {
        const code = expectKind(step, 'code')
        expectSignedIn(await code.answer(code.via === 'totp' ? totp() : (where.emulator.outbox.last()?.code ?? '')))
      }
    }
  }
})
