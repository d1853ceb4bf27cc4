import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { UserPool } from 'cognito-user-pool-emulator'
import jsQR from 'jsqr'
import { TOTP, URI } from 'otpauth'
import { afterAll, describe, expect, it } from 'vitest'
import { askForAWord, registerPasskey } from '../flows/support.js'
import { ALICE, apiOf, CLIENT_ID, POOL_ID } from '../transports.js'
import { normalised, type Recording, record, type User } from './recorder.js'
import { bundled, emptyHome, emulator } from './support.js'

// Sessions of the command line in a pseudo-terminal, compared with the files of sessions/ and shown in docs/cli.md.
// `vitest run packages/cognito-srp-flows/test/cli -u` records them anew.

const cli = bundled()
const folder = fileURLToPath(new URL('sessions/', import.meta.url))
/** By name, with what they came to. */
const recorded = new Map<string, string>()
const guide = fileURLToPath(new URL('../../../../docs/cli.md', import.meta.url))

const user = { ...ALICE, username: 'alice', sub: '3f2a1b0c-0d4e-4c5f-8a6b-7c8d9e0f1a2b' }
const secret = 'JBSWY3DPEHPK3PXP'
const codeOf = (totpSecret: string) => new TOTP({ secret: totpSecret }).generate()
const sentCode = (pool: UserPool) => pool.outbox.last()?.code ?? ''
/** What the emulator holds of its only user. */
const userOf = (pool: UserPool) =>
  (pool.snapshot().pools[0]?.users as [string, { mfa: unknown; devices: unknown }][] | undefined)?.[0]?.[1]
/** A code that is not this one. */
const wrong = (code: string) => (code === '000000' ? '111111' : '000000')

/** Several commands in one home, and their transcript. */
async function terminal() {
  const { home, env } = emptyHome()
  let transcript = ''
  const run = async (
    args: readonly string[],
    play?: (user: User) => Promise<void>,
    columns?: number,
  ): Promise<Recording> => {
    const options = { env: { ...env, NO_COLOR: '1' }, cwd: home, ...(columns && { columns }) }
    const recording = await record(process.execPath, [cli.file, ...args], options, play)
    transcript += `$ npx cognito-srp-flows ${args.map((arg) => (/\s/.test(arg) ? `'${arg}'` : arg)).join(' ')}\n${recording.text}`
    if (recording.code !== 0) transcript += `(exit code ${recording.code})\n`
    transcript += '\n'
    return recording
  }
  const matches = async (name: string, more: Readonly<Record<string, string>> = {}) => {
    const text = normalised(transcript, { ...more, [home]: '~' })
    recorded.set(`${name}.txt`, text)
    await expect(text).toMatchFileSnapshot(`${folder}${name}.txt`)
  }
  return { run, matches, home, env }
}

const password = async (user: User, value = ALICE.password) => {
  await user.sees('Password: ')
  user.types(value, { hidden: true })
}

describe('sessions', { timeout: 120_000 }, () => {
  it('signs in by SRP, keeps the tokens, refreshes, says who it is, signs out', async () => {
    const { where, pool } = await emulator({ users: [user] })
    const { run, matches } = await terminal()
    expect(
      (
        await run(['sign-in', ...where, '--save'], async (user) => {
          await user.sees('User name: ')
          user.types('alice@example.com')
          await password(user)
        })
      ).code,
    ).toBe(0)
    expect((await run(['whoami'])).code).toBe(0)
    expect((await run(['whoami', '--remote'])).code).toBe(0)
    expect((await run(['refresh', '--header'])).text).toMatch(/Authorization: Bearer eyJ\S+\n$/)
    expect(pool.snapshot().pools[0]?.refreshTokens).toHaveLength(1)
    expect((await run(['sign-out'])).code).toBe(0)
    expect((await run(['refresh'])).code).toBe(2)
    await matches('srp')
  })

  it('asks for the password again when it was wrong', async () => {
    const { where } = await emulator({ users: [user] })
    const { run, matches } = await terminal()
    await run(['sign-in', 'alice', ...where], async (user) => {
      await password(user, 'Wrong-horse-7')
      await password(user)
    })
    const { code } = await run(['sign-in', 'alice', ...where], async (user) => {
      for (const value of ['Wrong-horse-7', 'Wrong-horse-8', 'Wrong-horse-9']) await password(user, value)
    })
    expect(code).toBe(1)
    await matches('wrong-password')
  })

  it.each([
    ['sms', { sms: true }],
    ['email', { email: true }],
  ])('asks for a code by %s, again when it was wrong', async (name, mfa) => {
    const { pool, where } = await emulator({ mfa: 'OPTIONAL', users: [{ ...user, mfa }] })
    const { run, matches } = await terminal()
    const { code } = await run(['sign-in', 'alice', ...where], async (user) => {
      await password(user)
      await user.sees('Code: ')
      user.types(wrong(sentCode(pool)))
      await user.sees('Code: ')
      user.types(` ${sentCode(pool).slice(0, 3)} ${sentCode(pool).slice(3)}`)
    })
    expect(code).toBe(0)
    await matches(`${name}-code`)
  })

  it('asks for the code of an authenticator app', async () => {
    const { where } = await emulator({
      mfa: 'ON',
      users: [{ ...user, mfa: { totpSecret: secret, totpName: 'phone' } }],
    })
    const { run, matches } = await terminal()
    const code = codeOf(secret)
    await run(['sign-in', 'alice', ...where], async (user) => {
      await password(user)
      await user.sees('Code: ')
      user.types(wrong(code))
      await user.sees('Code: ')
      user.types(code)
    })
    await matches('totp-code', { [code]: '123456' })
  })

  it('draws a QR code that an authenticator app can scan', async () => {
    const { pool, where } = await emulator({ mfa: { mode: 'ON', methods: ['SOFTWARE_TOKEN_MFA'] }, users: [user] })
    const { run, matches } = await terminal()
    let code = ''
    const recording = await run(['sign-in', 'alice', ...where, '--issuer', 'Example Inc'], async (user) => {
      await password(user)
      await user.sees('Code that it shows: ')
      const scanned = URI.parse(scan(user.screen) ?? '')
      expect(scanned).toMatchObject({ issuer: 'Example Inc', label: 'alice' })
      code = scanned.generate()
      user.types(wrong(code))
      await user.sees('Code that it shows: ')
      user.types(code)
    })
    expect(recording.code).toBe(0)
    expect(userOf(pool)?.mfa).toEqual(['SOFTWARE_TOKEN_MFA'])
    await matches('totp-set-up', { [code]: '123456' })
  })

  it('gives the secret alone where the QR code does not fit', async () => {
    const { where } = await emulator({ mfa: { mode: 'ON', methods: ['SOFTWARE_TOKEN_MFA'] }, users: [user] })
    const { run } = await terminal()
    const { text, code } = await run(
      ['sign-in', 'alice', ...where],
      async (user) => {
        await password(user)
        await user.sees('Code that it shows: ')
        const [, typed = ''] = /app:\s+((?:[A-Z2-7]{4} ?)+)/.exec(user.screen) ?? []
        user.types(codeOf(typed.replaceAll(' ', '')))
      },
      40,
    )
    expect(text).toContain('too narrow')
    expect(code).toBe(0)
  })

  it('has the user choose a new password and add what is missing', async () => {
    const temporary = { ...user, attributes: { email: 'alice@example.com' }, status: 'FORCE_CHANGE_PASSWORD' as const }
    const { where } = await emulator({ users: [temporary], requiredAttributes: ['name', 'phone_number'] })
    const { run, matches } = await terminal()
    const chosen = 'Staple-Battery-9'
    const choose = async (user: User, first: string, second = first) => {
      await user.sees('New password: ')
      user.types(first, { hidden: true })
      await user.sees('Again: ')
      user.types(second, { hidden: true })
    }
    await run(['sign-in', 'alice', ...where, '--attribute', 'phone_number=+15555550199'], async (user) => {
      await password(user)
      await choose(user, chosen, `${chosen}!`)
      await choose(user, 'too-short')
      await user.sees('name: ')
      user.types('Alice Liddell')
      await choose(user, chosen)
    })
    const { code } = await run(['sign-in', 'alice', ...where], async (user) => password(user, chosen))
    expect(code).toBe(0)
    await matches('new-password')
  })

  it('offers the second factors that the user has', async () => {
    const mfa = { sms: true, totpSecret: secret }
    const { where } = await emulator({ mfa: 'OPTIONAL', users: [{ ...user, mfa }] })
    const { run, matches } = await terminal()
    const code = codeOf(secret)
    await run(['sign-in', 'alice', ...where], async (user) => {
      await password(user)
      await user.sees('Number (1 to 2): ')
      user.types('3')
      await user.sees('Number (1 to 2): ')
      user.types(/(\d) {2}authenticator app/.exec(user.screen)?.[1] ?? '')
      await user.sees('Code: ')
      user.types(code)
    })
    await matches('choose-second-factor', { [code]: '123456' })
  })

  it('offers the second factors to set up, and sets up e-mail', async () => {
    const mfa = { mode: 'ON' as const, methods: ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] as const }
    const { pool, where } = await emulator({ mfa, users: [{ ...user, attributes: {} }] })
    const { run, matches } = await terminal()
    await run(['sign-in', 'alice', ...where], async (user) => {
      await password(user)
      await user.sees('Number (1 to 2): ')
      user.types('email_otp')
      await user.sees('E-mail address: ')
      user.types('alice@example.com')
      await user.sees('Code: ')
      user.types(sentCode(pool))
    })
    await matches('set-up-second-factor')
  })

  it('offers the first factors of USER_AUTH', async () => {
    const { pool, where } = await emulator({ users: [user] })
    const { run, matches } = await terminal()
    await run(['sign-in', 'alice', ...where, '--flow', 'choice'], async (user) => {
      await user.sees('Number (1 to ')
      user.types('EMAIL_OTP')
      await user.sees('Code: ')
      user.types(sentCode(pool))
    })
    await run(['sign-in', 'alice', ...where, '--flow', 'choice'], async (user) => {
      await user.sees('Number (1 to ')
      user.types('PASSWORD_SRP')
      await password(user)
    })
    await run(['sign-in', 'alice', ...where, '--flow', 'choice', '--first-factor', 'SMS_OTP'], async (user) => {
      await user.sees('Code: ')
      user.types(sentCode(pool))
    })
    await matches('choose-first-factor')
  })

  it('says that a passkey takes a browser', async () => {
    const { pool, server, where } = await emulator({ users: [user], firstFactors: ['WEB_AUTHN'] })
    const started = {
      emulator: pool,
      server,
      pool: { api: apiOf('fetchApi', server.url), userPoolId: POOL_ID, clientId: CLIENT_ID },
    }
    await registerPasskey(started, 'alice')
    const { run, matches } = await terminal()
    const { code } = await run(['sign-in', 'alice', ...where, '--flow', 'choice'])
    expect(code).toBe(4)
    await matches('passkey')
  })

  it("plays the challenges of the pool's own triggers", async () => {
    const { where } = await emulator({ users: [user], triggers: askForAWord('fish') })
    const { run, matches } = await terminal()
    await run(['sign-in', 'alice', ...where, '--flow', 'custom-srp'], async (user) => {
      await password(user)
      await user.sees('Answer: ')
      user.types('fowl')
      await user.sees('Answer: ')
      user.types('fish')
    })
    await matches('custom')
  })

  it('remembers a device, is not asked again, and forgets it', async () => {
    const users = [{ ...user, mfa: { sms: true } }]
    const { pool, where } = await emulator({ users, mfa: 'OPTIONAL', deviceTracking: 'opt-in' })
    const { run, matches } = await terminal()
    const withCode = async (user: User) => {
      await password(user)
      await user.sees('Code: ')
      user.types(sentCode(pool))
    }
    await run(['sign-in', 'alice@example.com', ...where, '--remember-device'], withCode)
    await run(['sign-in', 'alice@example.com', ...where], (user) => password(user))
    await run(['forget-device', 'alice@example.com', ...where], (user) => password(user))
    expect(userOf(pool)?.devices).toEqual([])
    await run(['sign-in', 'alice@example.com', ...where], withCode)
    await matches('device')
  })

  it('shows what goes over the wire, without the secrets', async () => {
    const { pool, where } = await emulator({ users: [{ ...user, mfa: { sms: true } }], mfa: 'OPTIONAL' })
    const { run, matches } = await terminal()
    const { raw } = await run(['sign-in', 'alice', ...where, '--trace', '--json'], async (user) => {
      await password(user)
      await user.sees('Code: ')
      user.types(sentCode(pool))
    })
    const traced = raw.slice(0, raw.indexOf('Signed in'))
    expect(traced).not.toMatch(/eyJ/)
    await matches('trace', { [/SRP_A: (\w+)/.exec(raw)?.[1] ?? '-']: '5f1c0de5a9b3e7d2' })
  })

  it('shows errors with what to do next', async () => {
    const clients = [
      { clientId: 'secretive', clientSecret: 'do-not-tell' },
      { clientId: 'nosrp', explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const] },
    ]
    const { where } = await emulator({ users: [user], clients })
    const at = where.filter((_, i) => i < 2 || i > 3)
    const { run, matches } = await terminal()
    expect((await run(['sign-in', 'alice', ...at, '-c', 'secretive'], (user) => password(user))).code).toBe(2)
    expect((await run(['sign-in', 'alice', ...at, '-c', 'nosrp'], (user) => password(user))).code).toBe(2)
    expect((await run(['sign-in', 'alice', ...at, '-c', 'unknown'], (user) => password(user))).code).toBe(2)
    expect((await run(['sign-in', 'alice', ...at, '-c', 'nosrp', '--password', 'hunter2'])).code).toBe(2)
    expect((await run(['sign-in', 'alice', ...at, '--clientid', 'nosrp'])).code).toBe(2)
    const gone = createServer()
    await new Promise<void>((done) => gone.listen(0, '127.0.0.1', done))
    const { port } = gone.address() as AddressInfo
    await new Promise((done) => gone.close(done))
    const nowhere = ['-p', POOL_ID, '-c', 'nosrp', '--endpoint', `http://127.0.0.1:${port}`]
    expect((await run(['sign-in', 'alice', ...nowhere], (user) => password(user))).code).toBe(3)
    await matches('errors', { [`127.0.0.1:${port}`]: '127.0.0.1:9229' })
  })

  it('explains itself', async () => {
    const { run, matches } = await terminal()
    await run(['help'])
    for (const command of ['sign-in', 'refresh', 'whoami', 'forget-device', 'sign-out']) await run(['help', command])
    await matches('help')
  })

  it('are shown in docs/cli.md as they are', async ({ skip }) => {
    const text = readFileSync(guide, 'utf8')
    const block = /(<!-- session: ([\w-]+) -->\n\n```text\n)[\s\S]*?(```)/g
    const names = [...text.matchAll(block)].map(([, , name]) => `${name}.txt`)
    expect(names).toHaveLength(11)
    skip(!names.every((name) => recorded.has(name)), 'a filter left out sessions')
    const shown = text.replace(block, (_, before, name, after) => `${before}${recorded.get(`${name}.txt`)}${after}`)
    await expect(shown).toMatchFileSnapshot(guide)
  })
})

// A session that no test records any more would stay, and be shown.
afterAll(() => {
  // Not when a filter left tests out.
  if (recorded.size > 16) expect(readdirSync(folder).sort()).toEqual([...recorded.keys()].sort())
})

/** Reads the QR code of half blocks on a screen, light on dark, as a camera would. */
function scan(screen: string): string | undefined {
  const lines = screen.split(/\r?\n/).filter((line) => /^[ ▀▄█]{20,}$/.test(line))
  const width = lines[0]?.length ?? 0
  const scale = 4
  const pixels = new Uint8ClampedArray(width * scale * lines.length * 2 * scale * 4)
  for (let y = 0; y < lines.length * 2 * scale; y++) {
    for (let x = 0; x < width * scale; x++) {
      const block = lines[Math.floor(y / scale / 2)]?.[Math.floor(x / scale)] ?? ' '
      const lit = block === '█' || block === (Math.floor(y / scale) % 2 ? '▄' : '▀')
      pixels.set(lit ? [255, 255, 255, 255] : [0, 0, 0, 255], (y * width * scale + x) * 4)
    }
  }
  return jsQR(pixels, width * scale, lines.length * 2 * scale, { inversionAttempts: 'dontInvert' })?.data
}
