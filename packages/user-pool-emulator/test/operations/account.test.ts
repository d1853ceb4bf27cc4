import { describe, expect, it } from 'vitest'
import { alice, CLIENT_ID, PASSWORD, start } from '../support/pool.js'
import { passwordSignIn, srpSignIn } from '../support/sign-in.js'
import { EXPIRED, MISMATCH, outcome, refusal } from '../support/wire.js'

const NEXT = 'Another-Horse-2'

describe('passwords', () => {
  it('forgotten ones are replaced by code', async () => {
    const running = await start()
    const named = { ClientId: CLIENT_ID, Username: 'alice@example.com' }
    for (let i = 0; i < 5; i++) await passwordSignIn(running, { PASSWORD: 'wrong' })
    expect((await running.call('ForgotPassword', named)).body.CodeDeliveryDetails.Destination).toBe('a***@e***')
    const ConfirmationCode = running.pool.outbox.last('alice')?.code ?? ''
    const confirm = (change: object) =>
      running.call('ConfirmForgotPassword', { ...named, ConfirmationCode, Password: NEXT, ...change }).then(outcome)
    expect(await confirm({ ConfirmationCode: 'x' })).toEqual(MISMATCH)
    expect(await confirm({ Password: 'weak' })).toMatchObject({ body: { __type: 'InvalidPasswordException' } })
    expect(await confirm({})).toEqual({ status: 200, body: {} })
    expect(await confirm({})).toEqual(EXPIRED)
    expect((await srpSignIn(running, { password: NEXT })).body.AuthenticationResult.IdToken).toBeTruthy()
    expect((await srpSignIn(running)).status).toBe(400)
    const ghost = { ClientId: CLIENT_ID, Username: 'ghost' }
    expect((await running.call('ForgotPassword', ghost)).status).toBe(200)
    expect(
      outcome(await running.call('ConfirmForgotPassword', { ...ghost, ConfirmationCode, Password: NEXT })),
    ).toEqual(MISMATCH)
    const unreachable = await start({ users: [{ username: 'alice', password: PASSWORD }] })
    const simulated = await unreachable.call('ForgotPassword', { ClientId: CLIENT_ID, Username: 'alice' })
    expect(simulated.body.CodeDeliveryDetails.DeliveryMedium).toBe('EMAIL')
    expect(unreachable.pool.outbox.messages).toEqual([])
  })

  it('are changed by anyone who knows the old one', async () => {
    const running = await start()
    const { AccessToken } = (await passwordSignIn(running)).body.AuthenticationResult
    const change = (PreviousPassword: string | undefined, ProposedPassword: string) =>
      running.call('ChangePassword', { AccessToken, PreviousPassword, ProposedPassword }).then(outcome)
    expect(await change('wrong', NEXT)).toEqual(refusal('NotAuthorizedException', 'Incorrect username or password.'))
    expect(await change(undefined, NEXT)).toMatchObject({ status: 400 })
    expect(await change(PASSWORD, 'weak')).toMatchObject({ body: { __type: 'InvalidPasswordException' } })
    expect(await change(PASSWORD, NEXT)).toEqual({ status: 200, body: {} })
    expect((await srpSignIn(running, { password: NEXT })).status).toBe(200)
    for (let i = 0; i < 5; i++) await change('wrong', PASSWORD)
    expect(await change(NEXT, PASSWORD)).toEqual(refusal('NotAuthorizedException', 'Password attempts exceeded'))
  })
})

describe('attributes', () => {
  it('change, are verified by code, and go', async () => {
    const running = await start({ users: [alice()], customAttributes: ['custom:team'] })
    const { AccessToken } = (await passwordSignIn(running)).body.AuthenticationResult
    const attributes = async () =>
      Object.fromEntries(
        (await running.call('GetUser', { AccessToken })).body.UserAttributes.map(
          ({ Name, Value }: { Name: string; Value: string }) => [Name, Value],
        ),
      )
    const update = (Name: string, Value: string) =>
      running.call('UpdateUserAttributes', { AccessToken, UserAttributes: [{ Name, Value }] })
    expect((await update('email', 'new@example.com')).body.CodeDeliveryDetailsList).toHaveLength(1)
    expect(await attributes()).toMatchObject({ email: 'new@example.com', email_verified: 'false' })
    expect((await srpSignIn(running, { username: 'new@example.com' })).status).toBe(400)
    const verify = (Code: string) =>
      running.call('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code }).then(outcome)
    expect(await verify('x')).toEqual(MISMATCH)
    await running.call('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' })
    expect(await verify(running.pool.outbox.last('new@example.com')?.code ?? '')).toEqual({ status: 200, body: {} })
    expect((await srpSignIn(running, { username: 'new@example.com' })).status).toBe(200)
    expect((await update('email', '')).status).toBe(200)
    expect(Object.keys(await attributes())).not.toContain('email_verified')
    await update('email', 'new@example.com')
    await running.call('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' })
    await verify(running.pool.outbox.last('new@example.com')?.code ?? '')
    expect((await update('custom:team', 'blue')).body.CodeDeliveryDetailsList).toEqual([])
    expect(await attributes()).toMatchObject({ 'custom:team': 'blue' })
    for (const name of ['sub', 'email_verified'])
      expect((await update(name, 'true')).body.__type).toBe('NotAuthorizedException')
    expect((await update('__proto__', 'x')).body.__type).toBe('InvalidParameterException')
    await running.call('DeleteUserAttributes', { AccessToken, UserAttributeNames: ['phone_number', 'custom:team'] })
    expect(Object.keys(await attributes()).sort()).toEqual(['email', 'email_verified', 'sub'])
    const factors = (await running.call('GetUserAuthFactors', { AccessToken })).body
    expect(factors.ConfiguredUserAuthFactors).toEqual(['PASSWORD', 'EMAIL_OTP'])
  })
})

describe('DeleteUser', () => {
  it('ends every token', async () => {
    const running = await start()
    const { AccessToken, RefreshToken } = (await passwordSignIn(running)).body.AuthenticationResult
    expect((await running.call('DeleteUser', { AccessToken })).status).toBe(200)
    expect((await running.call('GetUser', { AccessToken })).status).toBe(400)
    expect((await running.call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken })).status).toBe(400)
    expect(outcome(await passwordSignIn(running))).toEqual(
      refusal('NotAuthorizedException', 'Incorrect username or password.'),
    )
  })
})

describe('triggers of a sign-in', () => {
  it('may refuse it, change the tokens, and hear of it', async () => {
    const heard: string[] = []
    const running = await start({
      users: [alice(), { username: 'banned', password: PASSWORD }],
      triggers: {
        preAuthentication: (event) => {
          if (event.userName === 'banned') throw new Error('go away')
          return event
        },
        postAuthentication: (event) => {
          heard.push(`${event.triggerSource} ${event.userName}`)
          return event
        },
        preTokenGeneration: (event) => {
          event.response.claimsAndScopeOverrideDetails = {
            idTokenGeneration: { claimsToAddOrOverride: { team: 'blue' }, claimsToSuppress: ['phone_number'] },
            accessTokenGeneration: { claimsToAddOrOverride: { level: 3 } },
          }
          return event
        },
      },
    })
    expect(
      outcome(
        await srpSignIn(running, { username: 'banned' }).catch((error: Error) => ({
          status: 400,
          body: JSON.parse(error.message.slice(14)),
          headers: new Headers(),
        })),
      ),
    ).toEqual(refusal('UserLambdaValidationException', 'PreAuthentication failed with error go away.'))
    const { IdToken, AccessToken } = (await srpSignIn(running)).body.AuthenticationResult
    const claims = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    expect(claims(IdToken)).toMatchObject({ team: 'blue', email: 'alice@example.com' })
    expect(claims(IdToken)).not.toHaveProperty('phone_number')
    expect(claims(AccessToken)).toMatchObject({ level: 3 })
    expect((await running.call('GetUser', { AccessToken })).status).toBe(200)
    expect(heard).toEqual(['PostAuthentication_Authentication alice'])
  })

  it('may bring a user over from elsewhere', async () => {
    const running = await start({
      users: [],
      triggers: {
        userMigration: (event) => {
          if (event.request.password === PASSWORD) event.response.userAttributes = { email: 'old@example.com' }
          return event
        },
      },
    })
    expect((await passwordSignIn(running, { USERNAME: 'old', PASSWORD: 'wrong' })).status).toBe(400)
    expect((await passwordSignIn(running, { USERNAME: 'old' })).body.AuthenticationResult.IdToken).toBeTruthy()
    expect((await srpSignIn(running, { username: 'old@example.com' })).status).toBe(200)
  })
})
