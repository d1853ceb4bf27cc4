import { resourceNotFound, ServiceError } from '../config/errors.js'
import type { Json } from '../config/json.js'
import type { Pool } from '../model/pool.js'
import type { Group } from '../model/state.js'
import { describeUser, namedUser } from './admin-users.js'
import { type Call, type Operations, signed } from './operation.js'
import { page } from './page.js'
import { getPool } from './pools.js'

/** GroupType of the service's model. */
const describe = (pool: Pool, group: Group): Json => ({
  GroupName: group.name,
  UserPoolId: pool.id,
  Description: group.description,
  RoleArn: group.roleArn,
  Precedence: group.precedence,
  CreationDate: group.createdAt / 1000,
  LastModifiedDate: group.modifiedAt / 1000,
})

const keyOf = ({ name }: Group): string => name

function named({ host, input }: Call): { pool: Pool; group: Group } {
  const pool = getPool(host, input.string('UserPoolId'))
  const group = pool.groups.get(input.string('GroupName'))
  if (group === undefined) throw resourceNotFound('Group not found.')
  return { pool, group }
}

function create({ host, input }: Call): Json {
  const pool = getPool(host, input.string('UserPoolId'))
  const name = input.string('GroupName')
  if (pool.groups.has(name)) throw new ServiceError('GroupExistsException', 'A group with the name already exists.')
  const group: Group = {
    name,
    description: input.optionalString('Description'),
    roleArn: input.optionalString('RoleArn'),
    precedence: input.number('Precedence'),
    createdAt: host.now(),
    modifiedAt: host.now(),
  }
  pool.groups.set(name, group)
  return { Group: describe(pool, group) }
}

/** Changes what the request names, and keeps the rest. */
function update(call: Call): Json {
  const { pool, group } = named(call)
  const { input, host } = call
  const changed: Group = {
    ...group,
    description: input.optionalString('Description') ?? group.description,
    roleArn: input.optionalString('RoleArn') ?? group.roleArn,
    precedence: input.number('Precedence') ?? group.precedence,
    modifiedAt: host.now(),
  }
  pool.groups.set(group.name, changed)
  return { Group: describe(pool, changed) }
}

function remove(call: Call): Json {
  const { pool, group } = named(call)
  pool.groups.delete(group.name)
  for (const user of pool.users.values()) user.groups = user.groups.filter((name) => name !== group.name)
  return {}
}

function list({ host, input }: Call): Json {
  const pool = getPool(host, input.string('UserPoolId'))
  const { items, next } = page(
    { all: [...pool.groups.values()], scope: `groups ${pool.id}`, keyOf },
    input.number('Limit'),
    input.optionalString('NextToken'),
  )
  return { Groups: items.map((group) => describe(pool, group)), NextToken: next }
}

function listUsers(call: Call): Json {
  const { pool, group } = named(call)
  const users = [...pool.users.values()].filter((user) => user.groups.includes(group.name))
  const { items, next } = page(
    { all: users, scope: `users of ${group.name} ${pool.id}`, keyOf: ({ sub }) => sub },
    call.input.number('Limit'),
    call.input.optionalString('NextToken'),
  )
  return { Users: items.map(describeUser), NextToken: next }
}

function listOfUser(call: Call): Json {
  const { pool, user } = namedUser(call)
  const groups = user.groups.flatMap((name) => pool.groups.get(name) ?? [])
  const { items, next } = page(
    { all: groups, scope: `groups of ${user.sub}`, keyOf },
    call.input.number('Limit'),
    call.input.optionalString('NextToken'),
  )
  return { Groups: items.map((group) => describe(pool, group)), NextToken: next }
}

/** Groups, and who is in them; tokens carry them as `cognito:groups`. */
export const groupOperations: Operations = {
  CreateGroup: signed(create),
  GetGroup: signed((call) => {
    const { pool, group } = named(call)
    return { Group: describe(pool, group) }
  }),
  UpdateGroup: signed(update),
  DeleteGroup: signed(remove),
  ListGroups: signed(list),
  ListUsersInGroup: signed(listUsers),
  AdminListGroupsForUser: signed(listOfUser),
  AdminAddUserToGroup: signed((call) => {
    const { user } = namedUser(call)
    const { group } = named(call)
    if (!user.groups.includes(group.name)) user.groups = [...user.groups, group.name]
    return {}
  }),
  AdminRemoveUserFromGroup: signed((call) => {
    const { user } = namedUser(call)
    const { group } = named(call)
    user.groups = user.groups.filter((name) => name !== group.name)
    return {}
  }),
}
