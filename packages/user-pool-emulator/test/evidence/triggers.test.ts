// The service's behaviour by public evidence, about triggers; a test for each line.
import type { TriggerEvent, TriggerName, Triggers } from 'cognito-user-pool-emulator'
import { describe, expect, it } from 'vitest'
import { alice, CLIENT_ID, PASSWORD, POOL_ID, SIGNED, start } from '../support/pool.js'
import { passwordSignIn, srpAnswer } from '../support/sign-in.js'

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

/** Triggers that only listen. */
function listening(names: readonly TriggerName[]): { triggers: Triggers; heard: TriggerEvent[] } {
  const heard: TriggerEvent[] = []
  const listen = (event: TriggerEvent) => {
    heard.push(structuredClone(event))
    return event
  }
  return { heard, triggers: Object.fromEntries(names.map((name) => [name, listen])) }
}

describe('ClientMetadata', () => {
  it('of InitiateAuth reaches PreAuthentication as validationData, and no later trigger', async () => {
    const { triggers, heard } = listening(['preAuthentication', 'preTokenGeneration', 'postAuthentication'])
    const running = await start({ triggers })
    const { first: _, ...answer } = await srpAnswer(running, { username: 'alice', password: PASSWORD })
    heard.length = 0
    await running.call('InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: CLIENT_ID,
      AuthParameters: { USERNAME: 'alice', PASSWORD },
      ClientMetadata: { from: 'initiate' },
    })
    expect(heard.map(({ request }) => [request.validationData, request.clientMetadata])).toEqual([
      [{ from: 'initiate' }, undefined],
      [undefined, undefined],
      [undefined, undefined],
    ])
    heard.length = 0
    await running.call('RespondToAuthChallenge', { ...answer, ClientMetadata: { from: 'respond' } })
    expect(heard.map(({ triggerSource, request }) => [triggerSource, request.clientMetadata])).toEqual([
      ['TokenGeneration_Authentication', { from: 'respond' }],
      ['PostAuthentication_Authentication', { from: 'respond' }],
    ])
  })

  it('of InitiateAuth reaches UserMigration as validationData, that of ForgotPassword as clientMetadata', async () => {
    const { triggers, heard } = listening(['userMigration'])
    const { call } = await start({ triggers })
    const ClientMetadata = { from: 'here' }
    const AuthParameters = { USERNAME: 'ghost', PASSWORD }
    await call('InitiateAuth', { AuthFlow: 'USER_PASSWORD_AUTH', ClientId: CLIENT_ID, AuthParameters, ClientMetadata })
    await call('ForgotPassword', { ClientId: CLIENT_ID, Username: 'ghost', ClientMetadata })
    expect(heard.map(({ request }) => [request.validationData, request.clientMetadata])).toEqual([
      [ClientMetadata, undefined],
      [undefined, ClientMetadata],
    ])
  })

  it('of an answer reaches the triggers of CUSTOM_AUTH', async () => {
    const heard: [string, unknown][] = []
    const hear = ({ triggerSource, request }: TriggerEvent) => heard.push([triggerSource, request.clientMetadata])
    const running = await start({
      triggers: {
        defineAuthChallenge: (event) => {
          hear(event)
          event.response.challengeName = 'CUSTOM_CHALLENGE'
          return event
        },
        createAuthChallenge: (event) => void hear(event),
        verifyAuthChallengeResponse: (event) => void hear(event),
      },
    })
    const first = await running.call('InitiateAuth', {
      AuthFlow: 'CUSTOM_AUTH',
      ClientId: CLIENT_ID,
      AuthParameters: { USERNAME: 'alice' },
      ClientMetadata: { from: 'initiate' },
    })
    await running.call('RespondToAuthChallenge', {
      ClientId: CLIENT_ID,
      ChallengeName: 'CUSTOM_CHALLENGE',
      Session: first.body.Session,
      ChallengeResponses: { USERNAME: 'alice', ANSWER: 'x' },
      ClientMetadata: { from: 'respond' },
    })
    expect(heard).toEqual([
      ['DefineAuthChallenge_Authentication', undefined],
      ['CreateAuthChallenge_Authentication', undefined],
      ['VerifyAuthChallengeResponse_Authentication', { from: 'respond' }],
      ['DefineAuthChallenge_Authentication', { from: 'respond' }],
      ['CreateAuthChallenge_Authentication', { from: 'respond' }],
    ])
  })
})

describe('CustomMessage', () => {
  const writing = (sources: string[]): Triggers => ({
    customMessage: (event) => {
      sources.push(event.triggerSource)
      const { codeParameter, usernameParameter } = event.request
      event.response.emailSubject = `For ${usernameParameter ?? event.userName}`
      event.response.emailMessage = `Hello ${usernameParameter ?? event.userName}, type ${codeParameter}`
      event.response.smsMessage = `Type ${codeParameter}`
      return event
    },
  })

  it('writes each message', async () => {
    const sources: string[] = []
    const running = await start({ users: [alice()], triggers: writing(sources) })
    const { call, pool } = running
    const ClientId = CLIENT_ID
    const UserAttributes = [{ Name: 'email', Value: 'new@example.com' }]
    await call('SignUp', { ClientId, Username: 'new', Password: PASSWORD, UserAttributes })
    await call('ResendConfirmationCode', { ClientId, Username: 'new' })
    await call('ForgotPassword', { ClientId, Username: 'alice' })
    const { AccessToken } = (await passwordSignIn(running)).body.AuthenticationResult
    await call('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' })
    const changed = [{ Name: 'email', Value: 'other@example.com' }]
    await call('UpdateUserAttributes', { AccessToken, UserAttributes: changed })
    await call('SetUserMFAPreference', { AccessToken, SMSMfaSettings: { Enabled: true } })
    await call(
      'AdminCreateUser',
      { UserPoolId: POOL_ID, Username: 'guest', UserAttributes: [{ Name: 'email', Value: 'g@example.com' }] },
      SIGNED,
    )
    expect(sources).toEqual([
      'CustomMessage_SignUp',
      'CustomMessage_ResendCode',
      'CustomMessage_ForgotPassword',
      'CustomMessage_VerifyUserAttribute',
      'CustomMessage_UpdateUserAttribute',
      'CustomMessage_AdminCreateUser',
    ])
    const { code, text, subject } = pool.outbox.last('guest') ?? {}
    expect([text, subject]).toEqual([`Hello guest, type ${code}`, 'For guest'])
  })

  it('writes the codes of a sign-in', async () => {
    const sources: string[] = []
    const users = [alice({ mfa: { sms: true } })]
    const running = await start({ mfa: 'OPTIONAL', users, triggers: writing(sources) })
    await passwordSignIn(running)
    expect(sources).toEqual(['CustomMessage_Authentication'])
    const { code, text, subject } = running.pool.outbox.last() ?? {}
    expect([text, subject]).toEqual([`Type ${code}`, undefined])
  })
})

describe('PostConfirmation', () => {
  it('also runs on AdminConfirmSignUp and ConfirmForgotPassword, and gets clientMetadata', async () => {
    const { triggers, heard } = listening(['postConfirmation'])
    const running = await start({
      triggers,
      users: [alice(), { username: 'new', password: PASSWORD, status: 'UNCONFIRMED' }],
    })
    const ClientMetadata = { from: 'test' }
    const admin = { UserPoolId: POOL_ID, Username: 'new', ClientMetadata }
    await running.call('AdminConfirmSignUp', admin, SIGNED)
    await running.call('ForgotPassword', { ClientId: CLIENT_ID, Username: 'alice' })
    const ConfirmationCode = running.pool.outbox.last()?.code
    const reset = { ClientId: CLIENT_ID, Username: 'alice', ConfirmationCode, Password: 'Another-Horse-2' }
    await running.call('ConfirmForgotPassword', { ...reset, ClientMetadata })
    expect(
      heard.map(({ triggerSource, userName, request }) => [triggerSource, userName, request.clientMetadata]),
    ).toEqual([
      ['PostConfirmation_ConfirmSignUp', 'new', ClientMetadata],
      ['PostConfirmation_ConfirmForgotPassword', 'alice', ClientMetadata],
    ])
  })
})

it('ForgotPassword asks UserMigration_ForgotPassword for unknown users', async () => {
  const sources: string[] = []
  const running = await start({
    triggers: {
      userMigration: (event) => {
        sources.push(event.triggerSource)
        event.response.userAttributes = { email: 'old@example.com', email_verified: 'true' }
        return event
      },
    },
  })
  const forgot = await running.call('ForgotPassword', { ClientId: CLIENT_ID, Username: 'old' })
  expect(forgot.body.CodeDeliveryDetails.Destination).toBe('o***@e***')
  const ConfirmationCode = running.pool.outbox.last('old')?.code
  const reset = { ClientId: CLIENT_ID, Username: 'old', ConfirmationCode, Password: PASSWORD }
  expect((await running.call('ConfirmForgotPassword', reset)).status).toBe(200)
  expect((await passwordSignIn(running, { USERNAME: 'old' })).status).toBe(200)
  expect(sources).toEqual(['UserMigration_ForgotPassword'])
})

describe('PreTokenGeneration', () => {
  it('overrides groups, adds and suppresses scopes, and cannot change protected claims', async () => {
    const { triggers, heard } = listening(['preTokenGeneration'])
    const changes = {
      claimsToAddOrOverride: {
        team: 'blue',
        sub: 'x',
        aud: 'x',
        iss: 'x',
        exp: 1,
        iat: 1,
        token_use: 'x',
        'cognito:username': 'x',
      },
      claimsToSuppress: ['email', 'sub', 'exp', 'client_id', 'username'],
    }
    const running = await start({
      users: [alice({ groups: ['readers'] })],
      groups: [{ name: 'readers', roleArn: 'arn:aws:iam::1:role/reader' }],
      triggers: {
        preTokenGeneration: (event) => {
          void triggers.preTokenGeneration?.(event)
          event.response.claimsAndScopeOverrideDetails = {
            idTokenGeneration: changes,
            accessTokenGeneration: {
              ...changes,
              scopesToAdd: ['api/read'],
              scopesToSuppress: ['aws.cognito.signin.user.admin'],
            },
            groupOverrideDetails: {
              groupsToOverride: ['admins'],
              preferredRole: 'arn:aws:iam::1:role/a',
              iamRolesToOverride: ['arn:aws:iam::1:role/a'],
            },
          }
          return event
        },
      },
    })
    const { IdToken, AccessToken } = (await passwordSignIn(running)).body.AuthenticationResult
    const id = claimsOf(IdToken)
    const access = claimsOf(AccessToken)
    expect(heard[0]?.request.groupConfiguration).toEqual({
      groupsToOverride: ['readers'],
      iamRolesToOverride: ['arn:aws:iam::1:role/reader'],
      preferredRole: 'arn:aws:iam::1:role/reader',
    })
    // "cognito:roles" and "cognito:preferred_role" are claims of ID tokens alone.
    expect(Object.keys(access).filter((name) => name.startsWith('cognito:'))).toEqual(['cognito:groups'])
    expect(id).toMatchObject({
      team: 'blue',
      aud: CLIENT_ID,
      token_use: 'id',
      'cognito:username': 'alice',
      'cognito:groups': ['admins'],
    })
    expect(id['cognito:preferred_role']).toBe('arn:aws:iam::1:role/a')
    expect(id).not.toHaveProperty('email')
    expect(id.iss).toContain(POOL_ID)
    expect(access).toMatchObject({ team: 'blue', client_id: CLIENT_ID, username: 'alice', scope: 'api/read' })
    expect(access.sub).toBe(id.sub)
    expect(access.exp).toBeGreaterThan(access.iat)
  })
})

describe('triggers as addresses', () => {
  it('get the event by POST and answer with it; what they throw reaches the client', async () => {
    const { createServer } = await import('node:http')
    const seen: TriggerEvent[] = []
    const server = createServer((request, reply) => {
      let text = ''
      request.on('data', (part) => {
        text += part
      })
      request.on('end', () => {
        const event: TriggerEvent = JSON.parse(text)
        seen.push(event)
        if (event.triggerSource === 'PreAuthentication_Authentication' && event.userName === 'alice') {
          event.response = {}
          reply.end(JSON.stringify(event))
        } else {
          reply.statusCode = 500
          reply.end(JSON.stringify({ errorType: 'Error', errorMessage: 'not today' }))
        }
      })
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const { port } = server.address() as { port: number }
    try {
      const url = `http://127.0.0.1:${port}/hook`
      const running = await start({ triggerUrls: { preAuthentication: url, postAuthentication: url } })
      const refused = await passwordSignIn(running)
      expect(seen.map(({ triggerSource }) => triggerSource)).toEqual([
        'PreAuthentication_Authentication',
        'PostAuthentication_Authentication',
      ])
      expect(refused.body).toEqual({
        __type: 'UserLambdaValidationException',
        message: 'PostAuthentication failed with error not today.',
      })
    } finally {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    }
  })
})
