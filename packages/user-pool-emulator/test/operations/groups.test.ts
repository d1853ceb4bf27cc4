import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { CLIENT_ID, PASSWORD, POOL_ID, SIGNED, start } from '../support/pool.js'
import { passwordSignIn } from '../support/sign-in.js'
import { outcome, refusal } from '../support/wire.js'

const ROLE = 'arn:aws:iam::123456789012:role'
const NO_GROUP = refusal('ResourceNotFoundException', 'Group not found.')

async function running() {
  const pool = await start()
  const call = (operation: string, fields: object = {}) =>
    pool.call(operation, { UserPoolId: POOL_ID, ...fields }, SIGNED)
  const claims = async () => decodeJwt((await passwordSignIn(pool)).body.AuthenticationResult.IdToken)
  return { ...pool, call, claims }
}

describe('groups', () => {
  it('are made, read, changed, listed and deleted', async () => {
    const { call } = await running()
    const made = await call('CreateGroup', {
      GroupName: 'staff',
      Description: 'all',
      RoleArn: `${ROLE}/a`,
      Precedence: 2,
    })
    const group = { GroupName: 'staff', UserPoolId: POOL_ID, Description: 'all', RoleArn: `${ROLE}/a`, Precedence: 2 }
    expect(made.body.Group).toMatchObject(group)
    expect(outcome(await call('CreateGroup', { GroupName: 'staff' }))).toEqual(
      refusal('GroupExistsException', 'A group with the name already exists.'),
    )
    await call('CreateGroup', { GroupName: 'guests' })
    expect((await call('UpdateGroup', { GroupName: 'staff', Precedence: 0 })).body.Group).toMatchObject({
      ...group,
      Precedence: 0,
    })
    expect((await call('GetGroup', { GroupName: 'staff' })).body.Group).toMatchObject({ ...group, Precedence: 0 })
    const first = (await call('ListGroups', { Limit: 1 })).body
    expect(first.Groups.map((one: { GroupName: string }) => one.GroupName)).toEqual(['staff'])
    expect((await call('ListGroups', { Limit: 1, NextToken: first.NextToken })).body.Groups[0].GroupName).toBe('guests')
    expect(outcome(await call('DeleteGroup', { GroupName: 'staff' }))).toEqual({ status: 200, body: {} })
    for (const operation of ['GetGroup', 'UpdateGroup', 'DeleteGroup', 'ListUsersInGroup']) {
      expect(outcome(await call(operation, { GroupName: 'staff' }))).toEqual(NO_GROUP)
    }
  })

  it('hold users, whose tokens carry them', async () => {
    const { call, claims } = await running()
    expect((await claims())['cognito:groups']).toBeUndefined()
    await call('CreateGroup', { GroupName: 'low', RoleArn: `${ROLE}/low`, Precedence: 5 })
    await call('CreateGroup', { GroupName: 'high', RoleArn: `${ROLE}/high`, Precedence: 1 })
    for (const GroupName of ['low', 'high', 'high']) {
      expect(outcome(await call('AdminAddUserToGroup', { GroupName, Username: 'alice' }))).toEqual({
        status: 200,
        body: {},
      })
    }
    expect(await claims()).toMatchObject({
      'cognito:groups': ['low', 'high'],
      'cognito:roles': [`${ROLE}/low`, `${ROLE}/high`],
      'cognito:preferred_role': `${ROLE}/high`,
    })
    await call('UpdateGroup', { GroupName: 'low', Precedence: 1 })
    expect((await claims())['cognito:preferred_role']).toBeUndefined()
    const users = (await call('ListUsersInGroup', { GroupName: 'high' })).body.Users
    expect(users.map((user: { Username: string }) => user.Username)).toEqual(['alice'])
    const groups = (await call('AdminListGroupsForUser', { Username: 'alice' })).body.Groups
    expect(groups.map((group: { GroupName: string }) => group.GroupName)).toEqual(['low', 'high'])
    await call('AdminRemoveUserFromGroup', { GroupName: 'low', Username: 'alice' })
    expect((await claims())['cognito:groups']).toEqual(['high'])
    await call('DeleteGroup', { GroupName: 'high' })
    expect((await claims())['cognito:groups']).toBeUndefined()
    expect(outcome(await call('AdminAddUserToGroup', { GroupName: 'high', Username: 'alice' }))).toEqual(NO_GROUP)
    expect(await call('AdminAddUserToGroup', { GroupName: 'high', Username: 'no-such-user' })).toMatchObject({
      body: { __type: 'UserNotFoundException' },
    })
  })

  it('come from the seed, described or only named by a user', async () => {
    const { call } = await start({
      groups: [{ name: 'admins', roleArn: `${ROLE}/a`, precedence: 0 }],
      users: [{ username: 'alice', password: PASSWORD, groups: ['admins', 'others'] }],
      clients: [{ clientId: CLIENT_ID }],
    })
    const { body } = await call('ListGroups', { UserPoolId: POOL_ID }, SIGNED)
    expect(body.Groups).toMatchObject([{ GroupName: 'admins', Precedence: 0 }, { GroupName: 'others' }])
  })
})
