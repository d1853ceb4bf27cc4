import { startCognitoClient } from '@srp6a/srp/cognito'
import { describe, expect, it } from 'vitest'
import { softwareAuthenticator } from '../support/authenticator.js'
import { alice, CLIENT_ID, PASSWORD, POOL_ID, type Running, start } from '../support/pool.js'
import { beginUserAuth, passwordSignIn, respond } from '../support/sign-in.js'
import { INVALID_SESSION, outcome, type Reply, refusal, USED_SESSION, WRONG } from '../support/wire.js'

function verifier(running: Running, srp: ReturnType<typeof startCognitoClient>, { body }: Reply) {
  const challenge = body.ChallengeParameters
  const { now } = running.clock
  return {
    USERNAME: challenge.USER_ID_FOR_SRP,
    ...srp.answerUser({ userPoolId: POOL_ID, password: PASSWORD, challenge, now }),
  }
}

describe('USER_AUTH', () => {
  it('offers what the user has and the pool allows', async () => {
    const full = await start({ users: [alice()] })
    const { body } = await beginUserAuth(full)
    expect(body.ChallengeName).toBe('SELECT_CHALLENGE')
    expect(body.AvailableChallenges).toEqual(['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP'])
    const few = await start({ firstFactors: ['SMS_OTP'], users: [alice()] })
    expect((await beginUserAuth(few)).body.AvailableChallenges).toEqual(['SMS_OTP'])
    const mfa = await start({ mfa: 'ON', users: [alice()] })
    expect((await beginUserAuth(mfa)).body.AvailableChallenges).toEqual(['PASSWORD', 'PASSWORD_SRP'])
    const none = await start({ firstFactors: ['WEB_AUTHN'], users: [alice()] })
    expect((await beginUserAuth(none)).body.__type).toBe('NotAuthorizedException')
    const off = await start({ clients: [{ clientId: CLIENT_ID, explicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }] })
    expect(outcome(await beginUserAuth(off))).toEqual(
      refusal('InvalidParameterException', 'USER_AUTH is not enabled for the client.'),
    )
    const wish = await beginUserAuth(full, { PREFERRED_CHALLENGE: 'WEB_AUTHN' })
    expect(wish.body.ChallengeName).toBe('SELECT_CHALLENGE')
  })

  it('PASSWORD_SRP: by preference, by choice, and as a challenge of its own', async () => {
    const running = await start()
    const finish = async (srp: ReturnType<typeof startCognitoClient>, reply: Reply) => {
      expect(reply.body.ChallengeName).toBe('PASSWORD_VERIFIER')
      const { Session } = reply.body
      const good = verifier(running, srp, reply)
      expect(outcome(await respond(running, 'PASSWORD_VERIFIER', 'a session that is made up', good))).toEqual(
        INVALID_SESSION,
      )
      const bent = { ...good, PASSWORD_CLAIM_SIGNATURE: 'AAAA' }
      expect(outcome(await respond(running, 'PASSWORD_VERIFIER', Session, bent))).toEqual(WRONG)
      expect(
        (await respond(running, 'PASSWORD_VERIFIER', Session, good)).body.AuthenticationResult.IdToken,
      ).toBeTruthy()
      expect(outcome(await respond(running, 'PASSWORD_VERIFIER', Session, good))).toEqual(USED_SESSION)
    }
    const a = startCognitoClient()
    await finish(a, await beginUserAuth(running, { PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A: a.srpA }))
    const b = startCognitoClient()
    const { Session } = (await beginUserAuth(running)).body
    await finish(b, await respond(running, 'SELECT_CHALLENGE', Session, { ANSWER: 'PASSWORD_SRP', SRP_A: b.srpA }))
    const c = startCognitoClient()
    const asked = (await beginUserAuth(running, { PREFERRED_CHALLENGE: 'PASSWORD_SRP' })).body
    expect(asked.ChallengeName).toBe('PASSWORD_SRP')
    await finish(c, await respond(running, 'PASSWORD_SRP', asked.Session, { SRP_A: c.srpA }))
    expect(outcome(await respond(running, 'SELECT_CHALLENGE', Session, { ANSWER: 'PASSWORD' }))).toEqual(USED_SESSION)
  })

  it('PASSWORD_SRP: takes the same answer and Session again without the key of a device that is gone', async () => {
    const running = await start({ deviceTracking: 'always' })
    const srp = startCognitoClient()
    const reply = await beginUserAuth(running, { PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A: srp.srpA })
    const good = verifier(running, srp, reply)
    const DEVICE_KEY = 'us-east-1_00000000-0000-4000-8000-000000000000'
    expect(outcome(await respond(running, 'PASSWORD_VERIFIER', reply.body.Session, { ...good, DEVICE_KEY }))).toEqual(
      refusal('ResourceNotFoundException', 'Device does not exist.'),
    )
    expect((await respond(running, 'PASSWORD_VERIFIER', reply.body.Session, good)).status).toBe(200)
  })

  it('PASSWORD: by preference, by choice, and as a challenge of its own; a wrong one leaves the step open', async () => {
    const running = await start()
    const direct = await beginUserAuth(running, { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD })
    expect(direct.body.AuthenticationResult.IdToken).toBeTruthy()
    expect(outcome(await beginUserAuth(running, { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: 'wrong' }))).toEqual(WRONG)
    const { Session } = (await beginUserAuth(running)).body
    expect(
      outcome(await respond(running, 'SELECT_CHALLENGE', Session, { ANSWER: 'PASSWORD', PASSWORD: 'wrong' })),
    ).toEqual(WRONG)
    expect((await respond(running, 'SELECT_CHALLENGE', Session, { ANSWER: 'FAX' })).body.__type).toBe(
      'InvalidParameterException',
    )
    const asked = (await respond(running, 'SELECT_CHALLENGE', Session, { ANSWER: 'PASSWORD' })).body
    expect(asked.ChallengeName).toBe('PASSWORD')
    expect(outcome(await respond(running, 'PASSWORD', asked.Session, { PASSWORD: 'wrong' }))).toEqual(WRONG)
    expect(
      (await respond(running, 'PASSWORD', asked.Session, { PASSWORD })).body.AuthenticationResult.IdToken,
    ).toBeTruthy()
  })

  it.each([
    ['EMAIL_OTP', 'EMAIL'],
    ['SMS_OTP', 'SMS'],
  ])('%s: a code in the outbox', async (challenge, medium) => {
    const running = await start({ users: [alice()] })
    for (const ask of [
      () => beginUserAuth(running, { PREFERRED_CHALLENGE: challenge }),
      async () =>
        respond(running, 'SELECT_CHALLENGE', (await beginUserAuth(running)).body.Session, { ANSWER: challenge }),
    ]) {
      const { body } = await ask()
      expect(body.ChallengeName).toBe(challenge)
      const message = running.pool.outbox.last()
      expect(message?.medium).toBe(medium)
      const wrong = await respond(running, challenge, body.Session, { [`${challenge}_CODE`]: '0' })
      expect(wrong.body.__type).toBe('CodeMismatchException')
      const right = await respond(running, challenge, body.Session, { [`${challenge}_CODE`]: message?.code ?? '' })
      expect(right.body.AuthenticationResult.IdToken).toBeTruthy()
    }
  })

  it('an unknown user looks like one with a password and an address, with the same parameters every time', async () => {
    const running = await start()
    const salts = new Set<string>()
    for (const preferred of [true, false]) {
      const srp = startCognitoClient()
      const parameters = { USERNAME: 'ghost', SRP_A: srp.srpA }
      let reply = await beginUserAuth(
        running,
        preferred ? { ...parameters, PREFERRED_CHALLENGE: 'PASSWORD_SRP' } : parameters,
      )
      if (!preferred) {
        expect(reply.body.AvailableChallenges).toEqual((await beginUserAuth(running)).body.AvailableChallenges)
        reply = await respond(running, 'SELECT_CHALLENGE', reply.body.Session, {
          ...parameters,
          ANSWER: 'PASSWORD_SRP',
        })
      }
      salts.add(`${reply.body.ChallengeParameters.SALT} ${reply.body.ChallengeParameters.USER_ID_FOR_SRP}`)
      expect(
        outcome(await respond(running, 'PASSWORD_VERIFIER', reply.body.Session, verifier(running, srp, reply))),
      ).toEqual(WRONG)
    }
    expect(salts.size).toBe(1)
    for (const username of ['ghost', 'alice']) {
      const { body } = await beginUserAuth(running, { USERNAME: username, PREFERRED_CHALLENGE: 'EMAIL_OTP' })
      expect(body.ChallengeParameters).toMatchObject({ CODE_DELIVERY_DELIVERY_MEDIUM: 'EMAIL' })
      expect(body.ChallengeParameters.CODE_DELIVERY_DESTINATION).toMatch(/^[a-z]\*\*\*@e\*\*\*$/)
      const answer = { USERNAME: username, EMAIL_OTP_CODE: '000000x' }
      expect(outcome(await respond(running, 'EMAIL_OTP', body.Session, answer))).toEqual(
        refusal('CodeMismatchException', 'Invalid code or auth state for the user.'),
      )
    }
    expect(running.pool.outbox.messages.map(({ username }) => username)).toEqual(['alice'])
  })
})

describe('WEB_AUTHN', () => {
  const origin = 'http://localhost:3000'

  async function register(running: Running) {
    const { AccessToken } = (await passwordSignIn(running)).body.AuthenticationResult
    const authenticator = softwareAuthenticator()
    const options = (await running.call('StartWebAuthnRegistration', { AccessToken })).body.CredentialCreationOptions
    const complete = (Credential: unknown) => running.call('CompleteWebAuthnRegistration', { AccessToken, Credential })
    return { AccessToken, authenticator, options, complete }
  }

  it('registers a passkey, signs in with it by preference and by choice, and deletes it', async () => {
    const running = await start({ mfa: 'OPTIONAL', users: [alice({ mfa: { sms: false } })] })
    const { AccessToken, authenticator, options, complete } = await register(running)
    expect(options.rp).toMatchObject({ id: 'localhost' })
    expect(options.user.name).toBe('alice@example.com')
    expect((await complete(authenticator.create(options, origin))).status).toBe(200)
    expect((await complete(authenticator.create(options, origin))).body.__type).toBe(
      'WebAuthnChallengeNotFoundException',
    )
    for (const ask of [
      () => beginUserAuth(running, { PREFERRED_CHALLENGE: 'WEB_AUTHN' }),
      async () =>
        respond(running, 'SELECT_CHALLENGE', (await beginUserAuth(running)).body.Session, { ANSWER: 'WEB_AUTHN' }),
    ]) {
      const { body } = await ask()
      expect(body.ChallengeName).toBe('WEB_AUTHN')
      const request = JSON.parse(body.ChallengeParameters.CREDENTIAL_REQUEST_OPTIONS)
      expect(request.rpId).toBe('localhost')
      const answer = (credential: unknown) =>
        respond(running, 'WEB_AUTHN', body.Session, { CREDENTIAL: JSON.stringify(credential) })
      expect((await respond(running, 'WEB_AUTHN', body.Session, { CREDENTIAL: 'x' })).body.__type).toBe(
        'InvalidParameterException',
      )
      expect(outcome(await answer({}))).toEqual(WRONG)
      expect(outcome(await answer(authenticator.get(request, 'http://evil.example')))).toEqual(WRONG)
      expect(outcome(await answer(authenticator.get({ ...request, challenge: 'AAAA' }, origin)))).toEqual(WRONG)
      expect(outcome(await answer(softwareAuthenticator().get(request, origin)))).toEqual(WRONG)
      const good = authenticator.get(request, origin)
      expect((await answer(good)).body.AuthenticationResult.IdToken).toBeTruthy()
      expect(outcome(await answer(good))).toEqual(USED_SESSION)
    }
    const { Credentials } = (await running.call('ListWebAuthnCredentials', { AccessToken })).body
    expect(Credentials).toHaveLength(1)
    const { CredentialId } = Credentials[0]
    expect((await running.call('DeleteWebAuthnCredential', { AccessToken, CredentialId: 'other' })).body.__type).toBe(
      'ResourceNotFoundException',
    )
    expect((await running.call('DeleteWebAuthnCredential', { AccessToken, CredentialId })).status).toBe(200)
    expect((await beginUserAuth(running)).body.AvailableChallenges).not.toContain('WEB_AUTHN')
  })

  it('refuses registrations from elsewhere', async () => {
    const running = await start({ webAuthn: { origins: ['https://app.example.com'], relyingPartyId: 'example.com' } })
    const { authenticator, options, complete } = await register(running)
    const allowed = 'https://app.example.com'
    expect((await complete(authenticator.create(options, 'https://evil.example'))).body.__type).toBe(
      'WebAuthnOriginNotAllowedException',
    )
    expect((await complete(authenticator.create({ ...options, challenge: 'AAAA' }, allowed))).body.__type).toBe(
      'NotAuthorizedException',
    )
    expect(
      (await complete(authenticator.create({ ...options, rp: { id: 'evil.example' } }, allowed))).body.__type,
    ).toBe('NotAuthorizedException')
    expect((await complete(authenticator.create(options, allowed))).status).toBe(200)
  })
})
