import { type PendingStep, resume, signIn } from 'cognito-srp-flows'
import { describe, expect, it } from 'vitest'
import { challenge, clientWith, exception, expectKind, scripted, TOKENS } from '../scripted.js'

const start = { username: 'alice@example.com', password: 'pw', flow: 'USER_PASSWORD_AUTH' } as const
const associated = { SecretCode: 'JBSWY3DPEHPK3PXP', Session: 'session 2' }
const verified = { Status: 'SUCCESS', Session: 'session 3' }

async function asked(setUp: string, ...replies: unknown[]) {
  const parameters = { USER_ID_FOR_SRP: 'alice', MFAS_CAN_SETUP: setUp }
  const service = scripted(challenge('MFA_SETUP', parameters), ...replies)
  const client = clientWith(service.api)
  return { step: (await signIn(client, start)) as PendingStep, client, ...service }
}

describe('MFA_SETUP', () => {
  it('sets up TOTP: each request carries the session of the reply before', async () => {
    const { step, requests } = await asked('["SMS_MFA","SOFTWARE_TOKEN_MFA"]', associated, verified, TOKENS)
    const ask = expectKind(step, 'set-up-totp')
    expect(ask.secretCode).toBe('JBSWY3DPEHPK3PXP')
    expect(ask.uri('My App: blue')).toBe(
      'otpauth://totp/My%20App%3A%20blue:alice%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=My%20App%3A%20blue',
    )
    expect((await ask.answer('123456', { deviceName: 'phone' })).kind).toBe('signed-in')
    expect(requests.slice(1).map(({ operation, input }) => [operation, input])).toEqual([
      ['AssociateSoftwareToken', { Session: 'session of MFA_SETUP' }],
      ['VerifySoftwareToken', { Session: 'session 2', UserCode: '123456', FriendlyDeviceName: 'phone' }],
      [
        'RespondToAuthChallenge',
        {
          ClientId: 'client-1',
          ChallengeName: 'MFA_SETUP',
          Session: 'session 3',
          ChallengeResponses: { USERNAME: 'alice' },
        },
      ],
    ])
  })

  it('keeps the secret out of what a logger prints', async () => {
    const { step } = await asked('["SOFTWARE_TOKEN_MFA"]', associated)
    expect(JSON.stringify(step)).not.toContain('JBSWY3DPEHPK3PXP')
    expect(Object.keys(step)).not.toContain('secretCode')
  })

  it('stays usable after a wrong code', async () => {
    const refusal = exception('EnableSoftwareTokenMFAException', 'Code mismatch')
    const { step } = await asked('["SOFTWARE_TOKEN_MFA"]', associated, refusal, verified, TOKENS)
    const ask = expectKind(step, 'set-up-totp')
    await expect(ask.answer('1')).rejects.toBe(refusal)
    expect((await ask.answer('2')).kind).toBe('signed-in')
  })

  it.each([false, true])(
    'does not verify twice when only the last request got lost; saved in between: %s',
    async (saved) => {
      const { step, client, requests } = await asked(
        '["SOFTWARE_TOKEN_MFA"]',
        associated,
        verified,
        new Error('lost'),
        TOKENS,
      )
      const ask = expectKind(step, 'set-up-totp')
      await expect(ask.answer('123456')).rejects.toThrow('lost')
      const again = saved ? expectKind(resume(client, ask.save()), 'set-up-totp') : ask
      expect((await again.answer('123456')).kind).toBe('signed-in')
      expect(requests.map(({ operation }) => operation).slice(2)).toEqual([
        'VerifySoftwareToken',
        'RespondToAuthChallenge',
        'RespondToAuthChallenge',
      ])
    },
  )

  it('sets up e-mail', async () => {
    const { step, requests } = await asked('["EMAIL_OTP"]', challenge('EMAIL_OTP'))
    const next = await expectKind(step, 'set-up-email').answer('a@b.c')
    expect(requests[1]?.input).toMatchObject({ ChallengeName: 'MFA_SETUP', ChallengeResponses: { EMAIL: 'a@b.c' } })
    expect(expectKind(next, 'code').via).toBe('email')
  })

  it('lets the user pick, and saves the pick', async () => {
    const offer = '["SMS_MFA","SOFTWARE_TOKEN_MFA","EMAIL_OTP"]'
    const first = await asked(offer, associated)
    const ask = expectKind(first.step, 'choose-mfa-setup')
    expect(ask.choices).toEqual(['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'])
    // @ts-expect-error it was not offered
    await expect(ask.answer('SMS_MFA')).rejects.toThrow(RangeError)
    const copy = expectKind(resume(first.client, ask.save()), 'choose-mfa-setup')
    expect((await copy.answer('SOFTWARE_TOKEN_MFA')).kind).toBe('set-up-totp')

    const second = await asked(offer)
    const email = expectKind(await expectKind(second.step, 'choose-mfa-setup').answer('EMAIL_OTP'), 'set-up-email')
    expect(resume(second.client, email.save()).kind).toBe('set-up-email')
  })

  // A passkey is registered with an access token (StartWebAuthnRegistration), which no one has yet.
  it.each(['["SMS_MFA"]', '["WEB_AUTHN"]', '["WEB_AUTHN","SMS_MFA"]'])(
    'leaves what a sign-in cannot set up to the caller: %s',
    async (offer) => {
      const { step } = await asked(offer)
      expect(step).toMatchObject({ kind: 'other', challenge: 'MFA_SETUP', parameters: { MFAS_CAN_SETUP: offer } })
    },
  )

  it('begins at once where a passkey is offered beside one factor that a sign-in can set up', async () => {
    const { step } = await asked('["WEB_AUTHN","SOFTWARE_TOKEN_MFA"]', associated)
    expect(step.kind).toBe('set-up-totp')
  })

  it.each([
    [{ Status: 'ERROR', Session: 's' }, 'Status is not SUCCESS'],
    [{ Session: 's' }, 'Status is missing'],
  ])('does not take %j for a success', async (reply, message) => {
    const { step } = await asked('["SOFTWARE_TOKEN_MFA"]', associated, reply)
    await expect(expectKind(step, 'set-up-totp').answer('1')).rejects.toMatchObject({ code: 'bad-reply', message })
  })
})
