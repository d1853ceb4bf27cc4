import { memoryStorage } from 'cognito-srp-flows/session'
import { expect, it } from 'vitest'
import { contend } from './contention.js'
import { locksOfProgram, slowStorage } from './support.js'

it.each([
  ['locks of the platform', memoryStorage(), { locks: locksOfProgram() }],
  ['a lock in a storage that answers at once', memoryStorage(), {}],
  ['a lock in a storage that takes its time', slowStorage(5), {}],
])('200 forced refreshes with faults, by %s', { timeout: 300_000 }, async (lock, storage, options) => {
  const { refreshes, faults, injected, twice, ended } = await contend(200, storage, options)
  console.log(
    `${lock}: ${refreshes} refreshes, ${injected} faults injected, tokens seen twice ${twice}, signed out ${ended}`,
  )
  expect(refreshes).toBeGreaterThanOrEqual(150)
  expect(faults).toBeGreaterThan(0)
})
