import { TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { alice, hashFor, type Running, SECRET_CLIENT, start } from '../support/pool.js'
import { passwordSignIn, respond, srpSignIn } from '../support/sign-in.js'
import { INVALID_SESSION, outcome, refusal, USED_SESSION } from '../support/wire.js'

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const totp = (running: Running, secret = SECRET): string =>
  new TOTP({ secret }).generate({ timestamp: running.clock.now.getTime() })
const wait = (running: Running, seconds: number): void => {
  running.clock.now = new Date(running.clock.now.getTime() + seconds * 1000)
}
describe('SOFTWARE_TOKEN_MFA', () => {
  const options = { mfa: 'OPTIONAL', users: [alice({ mfa: { totpSecret: SECRET, totpName: 'my phone' } })] } as const

  it('keeps the step usable after a wrong code, and the Session is used up by a right one', async () => {
    const running = await start(options)
    const { body } = await srpSignIn(running)
    expect(body).toMatchObject({
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      ChallengeParameters: { USER_ID_FOR_SRP: 'alice', FRIENDLY_DEVICE_NAME: 'my phone' },
    })
    const answer = (SOFTWARE_TOKEN_MFA_CODE: string) =>
      respond(running, 'SOFTWARE_TOKEN_MFA', body.Session, { SOFTWARE_TOKEN_MFA_CODE, SMS_MFA_CODE: 'ignored' })
    for (const code of ['000000', 'abc', '1234567', totp(running, 'A'.repeat(32))]) {
      expect(outcome(await answer(code))).toEqual(refusal('CodeMismatchException', 'Invalid code received for user'))
    }
    expect(outcome(await respond(running, 'SOFTWARE_TOKEN_MFA', body.Session))).toEqual(
      refusal('InvalidParameterException', 'Missing required parameter SOFTWARE_TOKEN_MFA_CODE'),
    )
    expect((await answer(totp(running))).body.AuthenticationResult.IdToken).toBeTruthy()
    expect(outcome(await answer(totp(running)))).toEqual(USED_SESSION)
  })

  it('refuses a code that was used before, unless told otherwise', async () => {
    for (const allowTotpReuse of [false, true]) {
      const running = await start({ ...options, mfa: { mode: 'OPTIONAL', allowTotpReuse } })
      const signIn = async () =>
        respond(running, 'SOFTWARE_TOKEN_MFA', (await passwordSignIn(running)).body.Session, {
          SOFTWARE_TOKEN_MFA_CODE: totp(running),
        })
      expect((await signIn()).status).toBe(200)
      const second = await signIn()
      if (allowTotpReuse) expect(second.status).toBe(200)
      else expect(second.body.__type).toBe('ExpiredCodeException')
      wait(running, 30)
      expect((await signIn()).status).toBe(200)
    }
  })

  it('ends with its Session', async () => {
    const running = await start(options)
    const { Session } = (await passwordSignIn(running)).body
    wait(running, 180)
    expect(
      outcome(await respond(running, 'SOFTWARE_TOKEN_MFA', Session, { SOFTWARE_TOKEN_MFA_CODE: totp(running) })),
    ).toEqual(INVALID_SESSION)
  })

  it('belongs to its client, its challenge and its user', async () => {
    const running = await start({ ...options, users: [...options.users, { username: 'bob', password: 'x' }] })
    const { Session } = (await passwordSignIn(running)).body
    const code = { SOFTWARE_TOKEN_MFA_CODE: totp(running) }
    expect(outcome(await respond(running, 'SMS_MFA', Session, { SMS_MFA_CODE: '123456' }))).toEqual(INVALID_SESSION)
    expect(outcome(await respond(running, 'SOFTWARE_TOKEN_MFA', Session, { ...code, USERNAME: 'bob' }))).toEqual(
      INVALID_SESSION,
    )
    expect(outcome(await respond(running, 'SOFTWARE_TOKEN_MFA', 'a session that is made up', code))).toEqual(
      INVALID_SESSION,
    )
    expect(outcome(await respond(running, 'SOFTWARE_TOKEN_MFA', undefined, code))).toEqual(
      refusal('InvalidParameterException', 'Missing required parameter Session'),
    )
    const { clientId } = SECRET_CLIENT
    const hash = { SECRET_HASH: hashFor('alice') }
    expect(outcome(await respond(running, 'SOFTWARE_TOKEN_MFA', Session, { ...code, ...hash }, clientId))).toEqual(
      INVALID_SESSION,
    )
    const secret = (await passwordSignIn(running, hash, clientId)).body.Session
    expect(outcome(await respond(running, 'SOFTWARE_TOKEN_MFA', secret, code, clientId))).toEqual(
      refusal(
        'NotAuthorizedException',
        `Client ${clientId} is configured with secret but SECRET_HASH was not received`,
      ),
    )
    expect((await respond(running, 'SOFTWARE_TOKEN_MFA', secret, { ...code, ...hash }, clientId)).status).toBe(200)
  })

  it('lets one of two simultaneous answers through', async () => {
    const running = await start({ ...options, mfa: { mode: 'OPTIONAL', allowTotpReuse: true } })
    const { Session } = (await passwordSignIn(running)).body
    const code = { SOFTWARE_TOKEN_MFA_CODE: totp(running) }
    const replies = await Promise.all([1, 2, 3].map(() => respond(running, 'SOFTWARE_TOKEN_MFA', Session, code)))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 400, 400])
  })
})

describe('codes that are sent', () => {
  it.each([
    ['SMS_MFA', 'sms', 'SMS', '+*******0100', '+15550100'],
    ['EMAIL_OTP', 'email', 'EMAIL', 'a***@e***', 'alice@example.com'],
  ] as const)('%s goes to the outbox and is asked for', async (challenge, method, medium, destination, to) => {
    const running = await start({ mfa: 'OPTIONAL', users: [alice({ mfa: { [method]: true } })] })
    const { body } = await srpSignIn(running)
    expect(body).toMatchObject({
      ChallengeName: challenge,
      ChallengeParameters: {
        CODE_DELIVERY_DELIVERY_MEDIUM: medium,
        CODE_DELIVERY_DESTINATION: destination,
        USER_ID_FOR_SRP: 'alice',
      },
    })
    const message = running.pool.outbox.last('alice')
    expect(message).toMatchObject({ medium, to, username: 'alice', purpose: 'sign-in' })
    expect(message?.code).toMatch(/^\d{6}$/)
    const wrong = await respond(running, challenge, body.Session, { [`${challenge}_CODE`]: 'nope' })
    expect(outcome(wrong)).toEqual(refusal('CodeMismatchException', 'Invalid code or auth state for the user.'))
    const right = await respond(running, challenge, body.Session, { [`${challenge}_CODE`]: message?.code ?? '' })
    expect(right.body.AuthenticationResult.IdToken).toBeTruthy()
  })
})

describe('the choice of a method', () => {
  const both = { totpSecret: SECRET, sms: true } as const

  it('is asked for when there are several and none is preferred', async () => {
    const running = await start({ mfa: 'ON', users: [alice({ mfa: both })] })
    const { body } = await srpSignIn(running)
    expect(body.ChallengeName).toBe('SELECT_MFA_TYPE')
    expect(JSON.parse(body.ChallengeParameters.MFAS_CAN_CHOOSE)).toEqual(['SOFTWARE_TOKEN_MFA', 'SMS_MFA'])
    expect(await respond(running, 'SELECT_MFA_TYPE', body.Session, { ANSWER: 'EMAIL_OTP' })).toMatchObject({
      status: 400,
      body: { __type: 'InvalidParameterException' },
    })
    const chosen = await respond(running, 'SELECT_MFA_TYPE', body.Session, { ANSWER: 'SMS_MFA' })
    expect(chosen.body.ChallengeName).toBe('SMS_MFA')
    const SMS_MFA_CODE = running.pool.outbox.last()?.code ?? ''
    expect((await respond(running, 'SMS_MFA', body.Session, { SMS_MFA_CODE })).body.message).toBe(
      'Invalid session for the user.',
    )
    expect((await respond(running, 'SMS_MFA', chosen.body.Session, { SMS_MFA_CODE })).status).toBe(200)
  })

  it('is taken from the preference, and there is none when MFA is off', async () => {
    const preferred = await start({ mfa: 'ON', users: [alice({ mfa: { ...both, preferred: 'SMS_MFA' } })] })
    expect((await srpSignIn(preferred)).body.ChallengeName).toBe('SMS_MFA')
    const off = await start({ mfa: 'OFF', users: [alice({ mfa: both })] })
    expect((await srpSignIn(off)).body.AuthenticationResult.IdToken).toBeTruthy()
    const fewer = await start({ mfa: { mode: 'ON', methods: ['SMS_MFA'] }, users: [alice({ mfa: both })] })
    expect((await srpSignIn(fewer)).body.ChallengeName).toBe('SMS_MFA')
    const optional = await start({ mfa: 'OPTIONAL', users: [alice()] })
    expect((await srpSignIn(optional)).body.AuthenticationResult.IdToken).toBeTruthy()
  })
})

describe('MFA_SETUP', () => {
  const setUp = {
    mfa: { mode: 'ON', methods: ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] },
    users: [{ username: 'alice', password: 'Correct-Horse-1' }],
  } as const

  it('sets up an authenticator app through AssociateSoftwareToken and VerifySoftwareToken', async () => {
    const running = await start(setUp)
    const { body } = await srpSignIn(running)
    expect(body.ChallengeName).toBe('MFA_SETUP')
    expect(JSON.parse(body.ChallengeParameters.MFAS_CAN_SETUP)).toEqual(['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'])
    expect(outcome(await respond(running, 'MFA_SETUP', body.Session))).toEqual(INVALID_SESSION)
    const associated = (await running.call('AssociateSoftwareToken', { Session: body.Session })).body
    expect(associated.SecretCode).toMatch(/^[A-Z2-7]{32}$/)
    expect(outcome(await running.call('AssociateSoftwareToken', { Session: body.Session }))).toEqual(USED_SESSION)
    expect(outcome(await respond(running, 'MFA_SETUP', associated.Session))).toEqual(INVALID_SESSION)
    const verify = (UserCode: string) =>
      running.call('VerifySoftwareToken', { Session: associated.Session, UserCode, FriendlyDeviceName: 'phone' })
    expect((await verify('000000')).body.__type).toBe('EnableSoftwareTokenMFAException')
    const verified = (await verify(totp(running, associated.SecretCode))).body
    expect(verified.Status).toBe('SUCCESS')
    expect((await respond(running, 'MFA_SETUP', verified.Session)).body.AuthenticationResult.IdToken).toBeTruthy()
    wait(running, 30)
    const again = (await srpSignIn(running)).body
    expect(again).toMatchObject({
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      ChallengeParameters: { FRIENDLY_DEVICE_NAME: 'phone' },
    })
  })

  it('sets up e-mail', async () => {
    const running = await start(setUp)
    const { body } = await srpSignIn(running)
    expect((await respond(running, 'MFA_SETUP', body.Session, { EMAIL: 'nonsense' })).body.__type).toBe(
      'InvalidParameterException',
    )
    const asked = (await respond(running, 'MFA_SETUP', body.Session, { EMAIL: 'alice@example.org' })).body
    expect(asked.ChallengeName).toBe('EMAIL_OTP')
    const EMAIL_OTP_CODE = running.pool.outbox.last('alice@example.org')?.code ?? ''
    const { AuthenticationResult } = (await respond(running, 'EMAIL_OTP', asked.Session, { EMAIL_OTP_CODE })).body
    expect(AuthenticationResult.IdToken).toBeTruthy()
    expect((await srpSignIn(running)).body.ChallengeName).toBe('EMAIL_OTP')
  })
})

describe('a signed-in user', () => {
  it('sets up, prefers and switches off methods', async () => {
    const running = await start({ mfa: 'OPTIONAL', users: [alice()] })
    const { AccessToken } = (await passwordSignIn(running)).body.AuthenticationResult
    const prefer = (settings: object) => running.call('SetUserMFAPreference', { AccessToken, ...settings })
    const both = { Enabled: true, PreferredMfa: true }
    expect((await prefer({ SoftwareTokenMfaSettings: both })).body.__type).toBe('InvalidParameterException')
    expect((await running.call('VerifySoftwareToken', { AccessToken, UserCode: '123456' })).body.__type).toBe(
      'SoftwareTokenMFANotFoundException',
    )
    const { SecretCode } = (await running.call('AssociateSoftwareToken', { AccessToken })).body
    const verify = (UserCode: string) => running.call('VerifySoftwareToken', { AccessToken, UserCode })
    expect((await verify('999999')).body.__type).toBe('EnableSoftwareTokenMFAException')
    expect((await verify(totp(running, SecretCode))).body).toEqual({ Status: 'SUCCESS' })
    expect((await prefer({ SoftwareTokenMfaSettings: both, SMSMfaSettings: both })).body.__type).toBe(
      'InvalidParameterException',
    )
    expect((await running.call('GetUser', { AccessToken })).body.UserMFASettingList).toBeUndefined()
    expect((await prefer({ SoftwareTokenMfaSettings: both, SMSMfaSettings: { Enabled: true } })).status).toBe(200)
    expect((await running.call('GetUser', { AccessToken })).body).toMatchObject({
      PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA',
      UserMFASettingList: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'],
    })
    expect((await passwordSignIn(running)).body.ChallengeName).toBe('SOFTWARE_TOKEN_MFA')
    await prefer({ SoftwareTokenMfaSettings: { Enabled: false } })
    expect((await passwordSignIn(running)).body.ChallengeName).toBe('SMS_MFA')
  })
})
