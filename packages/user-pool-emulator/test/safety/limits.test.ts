// Limits: secrets that can be guessed are limited in tries, things that can be opened are limited in number.
import { describe, expect, it } from 'vitest'
import { setWithSweep } from '../../src/model/expiring.js'
import { alice, CLIENT_ID, PASSWORD, type Running, start } from '../support/pool.js'
import { passwordSignIn } from '../support/sign-in.js'
import type { Reply } from '../support/wire.js'

const NEXT = 'Another-Horse-2'
const named = { ClientId: CLIENT_ID, Username: 'alice' }

/** Answer with five wrong codes, then with the right one; the names of the refusals. */
async function guess(right: string, answer: (code: string) => Promise<Reply>): Promise<unknown[]> {
  const wrong = right === '000000' ? '000001' : '000000'
  const names: unknown[] = []
  for (const code of [wrong, wrong, wrong, wrong, wrong, right]) {
    const { status, body } = await answer(code)
    names.push(status === 200 ? 'taken' : body.__type)
  }
  return names
}
const last = ({ pool }: Running): string => pool.outbox.last('alice')?.code ?? ''
const five = (name: string): string[] => Array.from({ length: 5 }, () => name)

describe('after five wrong answers the right one is refused too:', () => {
  it('the code for a forgotten password', async () => {
    const running = await start()
    await running.call('ForgotPassword', named)
    const names = await guess(last(running), (ConfirmationCode) =>
      running.call('ConfirmForgotPassword', { ...named, ConfirmationCode, Password: NEXT }),
    )
    expect(names).toEqual([...five('CodeMismatchException'), 'LimitExceededException'])
    // A new code is a new chance.
    await running.call('ForgotPassword', named)
    const fresh = { ...named, ConfirmationCode: last(running), Password: NEXT }
    expect((await running.call('ConfirmForgotPassword', fresh)).status).toBe(200)
  })

  it('the code of a sign-up', async () => {
    const running = await start()
    const someone = { ClientId: CLIENT_ID, Username: 'bob' }
    const UserAttributes = [{ Name: 'email', Value: 'bob@example.com' }]
    await running.call('SignUp', { ...someone, Password: PASSWORD, UserAttributes })
    const names = await guess(running.pool.outbox.last('bob')?.code ?? '', (ConfirmationCode) =>
      running.call('ConfirmSignUp', { ...someone, ConfirmationCode }),
    )
    expect(names).toEqual([...five('CodeMismatchException'), 'LimitExceededException'])
  })

  it('the code of an attribute', async () => {
    const running = await start()
    const { AccessToken } = (await passwordSignIn(running)).body.AuthenticationResult
    await running.call('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' })
    const names = await guess(last(running), (Code) =>
      running.call('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code }),
    )
    expect(names).toEqual([...five('CodeMismatchException'), 'LimitExceededException'])
  })

  it.each(['EMAIL_OTP', 'SMS_MFA'])('the code of %s, whose Session is void', async (challenge) => {
    const mfa = challenge === 'SMS_MFA' ? { sms: true } : { email: true }
    const running = await start({ mfa: 'OPTIONAL', users: [alice({ mfa })] })
    const { body } = await passwordSignIn(running)
    const names = await guess(last(running), (code) =>
      running.call('RespondToAuthChallenge', {
        ClientId: CLIENT_ID,
        ChallengeName: challenge,
        Session: body.Session,
        ChallengeResponses: { USERNAME: 'alice', [`${challenge}_CODE`]: code },
      }),
    )
    expect(names).toEqual([...five('CodeMismatchException'), 'NotAuthorizedException'])
  })

  it('the first code of an authenticator app', async () => {
    const running = await start({ mfa: { mode: 'ON', methods: ['SOFTWARE_TOKEN_MFA'] } })
    const { body } = await passwordSignIn(running)
    const { Session } = (await running.call('AssociateSoftwareToken', { Session: body.Session })).body
    const names = await guess('000000', (UserCode) => running.call('VerifySoftwareToken', { Session, UserCode }))
    expect(names.slice(0, 5)).toEqual(five('EnableSoftwareTokenMFAException'))
    expect(names[5]).toBe('NotAuthorizedException')
  })

  it('as many as an assumption says', async () => {
    const running = await start({ assumptions: { codeTries: 1 } })
    await running.call('ForgotPassword', named)
    const confirm = (ConfirmationCode: string) =>
      running.call('ConfirmForgotPassword', { ...named, ConfirmationCode, Password: NEXT })
    expect((await confirm('x')).body.__type).toBe('CodeMismatchException')
    expect((await confirm(last(running))).body.__type).toBe('LimitExceededException')
  })
})

describe('open exchanges', () => {
  const kept = (size: number, most?: number): string[] => {
    const store = new Map<string, { expiresAt: number }>()
    for (let i = 0; i < size; i++) setWithSweep(store, String(i), { expiresAt: 1e12 }, 0, most)
    return [...store.keys()]
  }

  it('are at most so many, and the oldest go first', () => {
    expect(kept(5, 3)).toEqual(['2', '3', '4'])
    expect(kept(10_500)).toHaveLength(10_000)
  })

  it('go when they have long expired', () => {
    const store = new Map<string, { expiresAt: number }>()
    for (let i = 0; i < 256; i++) setWithSweep(store, String(i), { expiresAt: i }, 0)
    setWithSweep(store, 'new', { expiresAt: 1e12 }, 3_600_000)
    expect([...store.keys()]).toEqual(['new'])
  })

  it('of requests that no one answers do not fill the memory', async () => {
    const { pool, call } = await start()
    const count = () => pool.snapshot().pools[0] as unknown as { exchanges: unknown[]; sessions: unknown[] }
    for (let i = 0; i < 3; i++) {
      const AuthParameters = { USERNAME: `ghost${i}`, SRP_A: '2' }
      await call('InitiateAuth', { ClientId: CLIENT_ID, AuthFlow: 'USER_SRP_AUTH', AuthParameters })
    }
    expect(count().exchanges).toHaveLength(3)
    expect(count().sessions).toHaveLength(0)
  })
})
