// A name from a request is a name, never a member of an object's prototype.
import { describe, expect, it } from 'vitest'
import { CLIENT_ID, PASSWORD, POOL_ID, type Running, SIGNED, start } from '../support/pool.js'
import { srpSignIn } from '../support/sign-in.js'

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
const admin = (running: Running, operation: string, more: object) =>
  running.call(operation, { UserPoolId: POOL_ID, ...more }, SIGNED)

describe.each(NAMES)('%s', (name) => {
  it('is no user until there is one, and then signs in', async () => {
    const running = await start()
    const get = () => admin(running, 'AdminGetUser', { Username: name })
    expect((await get()).body.__type).toBe('UserNotFoundException')
    expect((await admin(running, 'AdminCreateUser', { Username: name, MessageAction: 'SUPPRESS' })).status).toBe(200)
    await admin(running, 'AdminSetUserPassword', { Username: name, Password: PASSWORD, Permanent: true })
    expect((await get()).body.Username).toBe(name)
    expect((await srpSignIn(running, { username: name })).body.AuthenticationResult).toMatchObject({
      AccessToken: expect.any(String),
    })
    expect((await admin(running, 'AdminDeleteUser', { Username: name })).status).toBe(200)
    expect((await get()).body.__type).toBe('UserNotFoundException')
  })

  it('is no group until there is one', async () => {
    const running = await start()
    const get = () => admin(running, 'GetGroup', { GroupName: name })
    expect((await get()).body.__type).toBe('ResourceNotFoundException')
    await admin(running, 'CreateGroup', { GroupName: name })
    expect((await get()).body.Group.GroupName).toBe(name)
    await admin(running, 'AdminAddUserToGroup', { GroupName: name, Username: 'alice' })
    const { Groups } = (await admin(running, 'AdminListGroupsForUser', { Username: 'alice' })).body
    expect(Groups).toHaveLength(1)
  })

  it('is no attribute, client, device, challenge, flow or operation', async () => {
    const running = await start()
    const { AccessToken } = (await srpSignIn(running)).body.AuthenticationResult
    const refusals = [
      await running.call('UpdateUserAttributes', { AccessToken, UserAttributes: [{ Name: name, Value: 'x' }] }),
      await running.call('GetUserAttributeVerificationCode', { AccessToken, AttributeName: name }),
      await running.call('GetDevice', { AccessToken, DeviceKey: name }),
      await running.call('InitiateAuth', { ClientId: name, AuthFlow: 'USER_SRP_AUTH', AuthParameters: {} }),
      await running.call('InitiateAuth', { ClientId: CLIENT_ID, AuthFlow: name, AuthParameters: {} }),
      await running.call('RespondToAuthChallenge', { ClientId: CLIENT_ID, ChallengeName: name }),
      await admin(running, 'ListUsers', { Filter: `${name} ^= "a"` }),
      await admin(running, 'ListUsers', { AttributesToGet: [name], Filter: `${name} = "a"` }),
    ]
    expect((await running.call(name, {})).body.__type).toBe('UnknownOperationException')
    for (const { status, body } of refusals) {
      expect([status, /^Internal/.test(body.__type)]).toEqual([400, false])
    }
  })
})

it('ClientMetadata and attributes of such names reach a trigger as they are', async () => {
  const seen: unknown[] = []
  const running = await start({
    triggers: {
      preSignUp: (event) => {
        seen.push(Object.entries(event.request.clientMetadata as object))
        return event
      },
    },
  })
  const body = `{"ClientId":"${CLIENT_ID}","Username":"bob","Password":"${PASSWORD}","ClientMetadata":{"__proto__":"a","constructor":"b"}}`
  expect((await running.call('SignUp', body)).status).toBe(200)
  expect(seen).toEqual([
    [
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ],
  ])
  expect(({} as { a?: unknown }).a).toBeUndefined()
})

it('a seed keeps to its own members too', async () => {
  const seed = JSON.parse(
    '{"clients":[{"clientId":"web"}],"users":[{"username":"__proto__","attributes":{"__proto__":"x"}}]}',
  )
  await expect(start(seed)).rejects.toThrow('users[0].attributes.__proto__ must be a standard attribute')
})
