import { describe, expect, it } from 'vitest'
import { CLIENT_ID, hashFor, PASSWORD, SECRET_CLIENT, start } from '../support/pool.js'
import { srpSignIn } from '../support/sign-in.js'
import { EXPIRED, MISMATCH, outcome, refusal } from '../support/wire.js'

describe('sign-up', () => {
  it('goes through code, confirmation and first sign-in', async () => {
    const running = await start({ users: [] })
    const up = await running.call('SignUp', {
      ClientId: CLIENT_ID,
      Username: 'carol',
      Password: PASSWORD,
      UserAttributes: [{ Name: 'email', Value: 'carol@example.com' }],
    })
    expect(up.body).toMatchObject({
      UserConfirmed: false,
      CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'c***@e***' },
    })
    expect(up.body.UserSub).toMatch(/^[0-9a-f-]{36}$/)
    expect(outcome(await srpSignIn(running, { username: 'carol' }))).toEqual(
      refusal('UserNotConfirmedException', 'User is not confirmed.'),
    )
    expect(outcome(await srpSignIn(running, { username: 'carol@example.com' }))).toEqual(
      refusal('NotAuthorizedException', 'Incorrect username or password.'),
    )
    const named = { ClientId: CLIENT_ID, Username: 'carol' }
    const first = running.pool.outbox.last('carol')?.code ?? ''
    expect((await running.call('ResendConfirmationCode', named)).status).toBe(200)
    const code = running.pool.outbox.last('carol@example.com')?.code ?? ''
    expect(running.pool.outbox.messages).toHaveLength(2)
    const confirm = (ConfirmationCode: string) =>
      running.call('ConfirmSignUp', { ...named, ConfirmationCode }).then(outcome)
    if (first !== code) expect(await confirm(first)).toEqual(MISMATCH)
    expect(await confirm('')).toMatchObject({ status: 400 })
    expect(await confirm(code)).toEqual({ status: 200, body: { Session: expect.any(String) } })
    expect(await confirm(code)).toEqual(
      refusal('NotAuthorizedException', 'User cannot be confirmed. Current status is CONFIRMED'),
    )
    expect((await srpSignIn(running, { username: 'carol@example.com' })).body.AuthenticationResult.IdToken).toBeTruthy()
    expect((await running.call('ResendConfirmationCode', named)).body.__type).toBe('InvalidParameterException')
  })

  it('names users by UUID where people sign up with an address', async () => {
    const running = await start({ usernameAttributes: ['email'], users: [] })
    const up = await running.call('SignUp', { ClientId: CLIENT_ID, Username: 'dora@example.com', Password: PASSWORD })
    expect(outcome(await srpSignIn(running, { username: 'dora@example.com' }))).toEqual(
      refusal('UserNotConfirmedException', 'User is not confirmed.'),
    )
    const ConfirmationCode = running.pool.outbox.last('dora@example.com')?.code
    await running.call('ConfirmSignUp', { ClientId: CLIENT_ID, Username: 'dora@example.com', ConfirmationCode })
    const { AccessToken } = (await srpSignIn(running, { username: 'dora@example.com' })).body.AuthenticationResult
    expect((await running.call('GetUser', { AccessToken })).body.Username).toBe(up.body.UserSub)
  })

  it('refuses what the service refuses', async () => {
    const running = await start({ requiredAttributes: ['email'] })
    const signUp = (change: object) =>
      running.call('SignUp', {
        ClientId: CLIENT_ID,
        Username: 'carol',
        Password: PASSWORD,
        UserAttributes: [{ Name: 'email', Value: 'carol@example.com' }],
        ...change,
      })
    for (const [change, name] of [
      [{ Username: 'alice' }, 'UsernameExistsException'],
      [{ Username: 'ALICE' }, 'UsernameExistsException'],
      [{ Username: 'a b' }, 'InvalidParameterException'],
      [{ Password: 'weak' }, 'InvalidPasswordException'],
      [{ UserAttributes: [] }, 'InvalidParameterException'],
      [{ UserAttributes: [{ Name: 'email', Value: 'nonsense' }] }, 'InvalidParameterException'],
      [{ UserAttributes: [{ Name: 'nonsense', Value: 'x' }] }, 'InvalidParameterException'],
      [{ UserAttributes: [{ Name: 'email_verified', Value: 'true' }] }, 'NotAuthorizedException'],
      [{ ClientId: 'unknown' }, 'ResourceNotFoundException'],
      [{ ClientId: SECRET_CLIENT.clientId }, 'NotAuthorizedException'],
      [{ UserAttributes: 'x' }, 'SerializationException'],
    ] as const) {
      expect((await signUp(change)).body.__type, JSON.stringify(change)).toBe(name)
    }
    const good = { ClientId: SECRET_CLIENT.clientId, SecretHash: hashFor('carol') }
    expect((await signUp(good)).status).toBe(200)
    const ConfirmationCode = running.pool.outbox.last('carol')?.code
    running.clock.now = new Date(running.clock.now.getTime() + 86_400_000)
    const named = { ...good, Username: 'carol' }
    expect(outcome(await running.call('ConfirmSignUp', { ...named, ConfirmationCode }))).toEqual(EXPIRED)
    const ghost = { ClientId: CLIENT_ID, Username: 'ghost' }
    expect(outcome(await running.call('ConfirmSignUp', { ...ghost, ConfirmationCode: '1' }))).toEqual(EXPIRED)
    expect((await running.call('ResendConfirmationCode', ghost)).status).toBe(200)
  })

  it('lets an address belong to one user', async () => {
    const running = await start()
    const UserAttributes = [{ Name: 'email', Value: 'alice@example.com' }]
    await running.call('SignUp', { ClientId: CLIENT_ID, Username: 'carol', Password: PASSWORD, UserAttributes })
    const ConfirmationCode = running.pool.outbox.last('carol')?.code
    const named = { ClientId: CLIENT_ID, Username: 'carol', ConfirmationCode }
    expect((await running.call('ConfirmSignUp', named)).body.__type).toBe('AliasExistsException')
    expect((await running.call('ConfirmSignUp', { ...named, ForceAliasCreation: true })).status).toBe(200)
    const { AccessToken } = (await srpSignIn(running, { username: 'alice@example.com' })).body.AuthenticationResult
    expect((await running.call('GetUser', { AccessToken })).body.Username).toBe('carol')
  })

  it('asks the triggers', async () => {
    const confirmed: string[] = []
    const running = await start({
      triggers: {
        preSignUp: (event) => {
          if (event.userName === 'banned') throw new Error('go away')
          event.response.autoConfirmUser = true
          event.response.autoVerifyEmail = true
          return event
        },
        postConfirmation: (event) => {
          confirmed.push(event.userName)
          return event
        },
      },
    })
    const signUp = (Username: string) =>
      running.call('SignUp', {
        ClientId: CLIENT_ID,
        Username,
        Password: PASSWORD,
        UserAttributes: [{ Name: 'email', Value: `${Username}@example.com` }],
      })
    expect(outcome(await signUp('banned'))).toEqual(
      refusal('UserLambdaValidationException', 'PreSignUp failed with error go away.'),
    )
    expect((await signUp('carol')).body).toMatchObject({ UserConfirmed: true })
    expect(confirmed).toEqual(['carol'])
    expect((await srpSignIn(running, { username: 'carol@example.com' })).status).toBe(200)
  })
})
