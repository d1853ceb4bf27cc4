// Lists that come in pages.
import { describe, expect, it } from 'vitest'
import { PASSWORD, POOL_ID, SIGNED, start } from '../support/pool.js'
import { refusal } from '../support/wire.js'

const names = ['ann', 'bea', 'cyd', 'dot', 'eve']

async function running() {
  const { call } = await start({ users: names.map((username) => ({ username, password: PASSWORD })) })
  return (operation: string, fields: object = {}) => call(operation, { UserPoolId: POOL_ID, ...fields }, SIGNED)
}

describe('a list in pages', () => {
  it('misses no one where the entries of each page are deleted before the next is asked for', async () => {
    const call = await running()
    const seen: string[] = []
    let PaginationToken: string | undefined
    do {
      const { body } = await call('ListUsers', { Limit: 2, ...(PaginationToken && { PaginationToken }) })
      for (const { Username } of body.Users) {
        seen.push(Username)
        await call('AdminDeleteUser', { Username })
      }
      PaginationToken = body.PaginationToken
    } while (PaginationToken !== undefined)
    expect(seen).toEqual(names)
  })

  it('goes on behind an entry that the next page would have begun with, and that was deleted', async () => {
    const call = await running()
    const { PaginationToken } = (await call('ListUsers', { Limit: 2 })).body
    await call('AdminDeleteUser', { Username: 'cyd' })
    const rest = (await call('ListUsers', { PaginationToken })).body.Users
    expect(rest.map(({ Username }: { Username: string }) => Username)).toEqual(['dot', 'eve'])
  })

  it.each(['1', '999', 'nonsense', 'MSBhbm4'])('refuses %s as a token, which no list gave', async (PaginationToken) => {
    const call = await running()
    expect(await call('ListUsers', { PaginationToken })).toMatchObject(
      refusal('InvalidParameterException', 'Invalid pagination token given.'),
    )
  })

  it('refuses the token of another list', async () => {
    const call = await running()
    for (const GroupName of ['a', 'b']) await call('CreateGroup', { GroupName })
    const { NextToken } = (await call('ListGroups', { Limit: 1 })).body
    expect(NextToken).toMatch(/^\S+$/)
    expect(await call('ListUsers', { PaginationToken: NextToken })).toMatchObject(
      refusal('InvalidParameterException', 'Invalid pagination token given.'),
    )
  })
})
