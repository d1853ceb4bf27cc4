import { TOTP, URI } from 'otpauth'
import { askForAWord } from 'srp6a-tools/testing/triggers.js'
import { expect, it } from 'vitest'
import { scan } from '../scan.js'
import type { Driver, User } from '../screen.js'
import { scriptedService } from '../service.js'
import { emulator } from '../support.js'
import { password, sentCode, terminal, user, userOf } from '../transcript.js'

const secret = 'JBSWY3DPEHPK3PXP'
const codeOf = (totpSecret: string) => new TOTP({ secret: totpSecret }).generate()
/** A code that is not this one. */
const wrong = (code: string) => (code === '000000' ? '111111' : '000000')

/** Play what a pool may ask, at a terminal of some kind, and compare each transcript with the recorded one. */
export const challengeScenarios = (driver: Driver): void => {
  it('asks for the password again when it was wrong', async () => {
    const { where } = await emulator({ users: [user] })
    const { run, matches } = await terminal(driver)
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
    ['sms-code', { sms: true }],
    ['email-code', { email: true }],
  ])('asks for a code (%s), again when it was wrong', async (name, mfa) => {
    const { pool, where } = await emulator({ mfa: 'OPTIONAL', users: [{ ...user, mfa }] })
    const { run, matches } = await terminal(driver)
    const { code } = await run(['sign-in', 'alice', ...where], async (user) => {
      await password(user)
      await user.sees('Code: ')
      user.types(wrong(sentCode(pool)))
      await user.sees('Code: ')
      user.types(` ${sentCode(pool).slice(0, 3)} ${sentCode(pool).slice(3)}`)
    })
    expect(code).toBe(0)
    await matches(name)
  })

  it('asks for the code of an authenticator app', async () => {
    const { where } = await emulator({
      mfa: 'ON',
      users: [{ ...user, mfa: { totpSecret: secret, totpName: 'phone' } }],
    })
    const { run, matches } = await terminal(driver)
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
    const { run, matches } = await terminal(driver)
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
    const { run } = await terminal(driver)
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
    const { run, matches } = await terminal(driver)
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
    const { run, matches } = await terminal(driver)
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
    const { run, matches } = await terminal(driver)
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
    const { run, matches } = await terminal(driver)
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
    const { where } = await scriptedService(() => ({
      ChallengeName: 'SELECT_CHALLENGE',
      AvailableChallenges: ['WEB_AUTHN'],
      ChallengeParameters: {},
      Session: 'session-of-the-first-step-20',
    }))
    const { run, matches } = await terminal(driver)
    const { code } = await run(['sign-in', 'alice', ...where, '--flow', 'choice'])
    expect(code).toBe(4)
    await matches('passkey')
  })

  it("plays the challenges of the pool's own triggers", async () => {
    const { where } = await emulator({ users: [user], triggers: askForAWord('fish') })
    const { run, matches } = await terminal(driver)
    await run(['sign-in', 'alice', ...where, '--flow', 'custom-srp'], async (user) => {
      await password(user)
      await user.sees('Answer: ')
      user.types('fowl')
      await user.sees('Answer: ')
      user.types('fish')
    })
    await matches('custom')
  })
}
