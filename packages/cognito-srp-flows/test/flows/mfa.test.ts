import { signIn } from 'cognito-srp-flows'
import { TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { expectKind, expectSignedIn } from '../scripted.js'
import { ALICE, overTransports, start } from '../transports.js'

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const totp = (secret = SECRET) => new TOTP({ secret }).generate()
const wrong = (code: string) => (code === '000000' ? '111111' : '000000')
const withMfa = (mfa: object) => ({ mfa: 'OPTIONAL' as const, users: [{ ...ALICE, mfa }] })

overTransports('second factors', (transport) => {
  it('SMS_MFA: a wrong code is refused and the right one signs in', async () => {
    const { client, emulator } = await start(transport, withMfa({ sms: true }))
    const step = expectKind(await signIn(client, { ...ALICE, username: 'alice@example.com' }), 'code')
    expect(step).toMatchObject({ via: 'sms', sentTo: expect.stringMatching(/\*+0?123$/) })
    const code = emulator.outbox.last('+15555550123')?.code ?? ''
    await expect(step.answer(wrong(code))).rejects.toMatchObject({ name: 'CodeMismatchException' })
    expectSignedIn(await step.answer(code))
    await expect(step.answer(code)).rejects.toMatchObject({ code: 'step-used' })
  })

  it('EMAIL_OTP', async () => {
    const { client, emulator } = await start(transport, withMfa({ email: true }), { clientSecret: 's' })
    const step = expectKind(await signIn(client, { ...ALICE, username: '+15555550123' }), 'code')
    expect(step).toMatchObject({ via: 'email', challenge: 'EMAIL_OTP', sentTo: expect.stringContaining('@') })
    expectSignedIn(await step.answer(emulator.outbox.last('alice@example.com')?.code ?? ''))
  })

  it('SOFTWARE_TOKEN_MFA', async () => {
    const { client } = await start(transport, withMfa({ totpSecret: SECRET, totpName: 'my phone' }))
    const step = expectKind(await signIn(client, ALICE), 'code')
    expect(step).toMatchObject({ via: 'totp', deviceName: 'my phone' })
    const code = totp()
    await expect(step.answer(wrong(code))).rejects.toMatchObject({ name: 'CodeMismatchException' })
    expectSignedIn(await step.answer(code))
  })

  it('SELECT_MFA_TYPE, then the factor that was chosen', async () => {
    const { client, emulator } = await start(transport, withMfa({ totpSecret: SECRET, sms: true }))
    for (const choice of ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'] as const) {
      const ask = expectKind(await signIn(client, ALICE), 'choose-mfa')
      expect([...ask.choices].sort()).toEqual(['SMS_MFA', 'SOFTWARE_TOKEN_MFA'])
      const step = expectKind(await ask.answer(choice), 'code')
      expect(step.challenge).toBe(choice)
      expectSignedIn(await step.answer(step.via === 'sms' ? (emulator.outbox.last()?.code ?? '') : totp()))
    }
  })

  it('MFA_SETUP by TOTP, and the next sign-in asks for its code', async () => {
    const mfa = { mode: 'ON', methods: ['SOFTWARE_TOKEN_MFA'] } as const
    const { client } = await start(transport, { mfa, users: [ALICE] }, { clientSecret: 's' })
    const step = expectKind(await signIn(client, { ...ALICE, username: 'alice@example.com' }), 'set-up-totp')
    const code = totp(step.secretCode)
    await expect(step.answer(wrong(code))).rejects.toMatchObject({
      name: expect.stringMatching(/^(EnableSoftwareTokenMFA|CodeMismatch)Exception$/),
    })
    expectSignedIn(await step.answer(code, { deviceName: 'my phone' }))
    const next = expectKind(await signIn(client, ALICE), 'code')
    expect(next).toMatchObject({ via: 'totp', deviceName: 'my phone' })
    expectSignedIn(await next.answer(totp(step.secretCode)))
  })

  it('MFA_SETUP by e-mail, picked from two', async () => {
    const mfa = { mode: 'ON', methods: ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] } as const
    const { email: _, ...attributes } = ALICE.attributes
    const { client, emulator } = await start(transport, { mfa, users: [{ ...ALICE, attributes }] })
    const ask = expectKind(await signIn(client, ALICE), 'choose-mfa-setup')
    expect([...ask.choices].sort()).toEqual(['EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'])
    const email = expectKind(await ask.answer('EMAIL_OTP'), 'set-up-email')
    const step = expectKind(await email.answer('new@example.com'), 'code')
    expect(step).toMatchObject({ via: 'email', challenge: 'EMAIL_OTP' })
    expectSignedIn(await step.answer(emulator.outbox.last('new@example.com')?.code ?? ''))
  })
})

overTransports('a forced change of the password', (transport) => {
  const users = [{ ...ALICE, status: 'FORCE_CHANGE_PASSWORD' as const }]

  describe.each(['USER_SRP_AUTH', 'plain'] as const)('%s', (flow) => {
    it('NEW_PASSWORD_REQUIRED asks for the required attributes and refuses a weak password', async () => {
      const { client } = await start(transport, { users, requiredAttributes: ['email', 'name'] })
      const plain = transport === 'adminSdkApi' ? 'ADMIN_USER_PASSWORD_AUTH' : 'USER_PASSWORD_AUTH'
      const request = { ...ALICE, username: 'alice@example.com', flow: flow === 'plain' ? plain : flow } as const
      const step = expectKind(await signIn(client, request), 'new-password')
      expect(step.requiredAttributes).toEqual(['name'])
      expect(step.attributes).toMatchObject({ email: 'alice@example.com' })
      await expect(step.answer('Better-horse-8')).rejects.toThrow(/^attributes\.name: /)
      const weak = step.answer('weak', { name: 'Alice' })
      await expect(weak).rejects.toMatchObject({ name: 'InvalidPasswordException' })
      expectSignedIn(await step.answer('Better-horse-8', { name: 'Alice' }))
      expectSignedIn(await signIn(client, { ...request, password: 'Better-horse-8' }))
    })
  })
})
