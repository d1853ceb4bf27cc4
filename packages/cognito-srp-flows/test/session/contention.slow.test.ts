import { memoryStorage } from 'cognito-srp-flows/session'
import { expect, it } from 'vitest'
import { contend } from './contention.js'
import { locksOfProgram, slowStorage } from './support.js'

it.each([
  ['locks of the platform', memoryStorage(), { locks: locksOfProgram() }],
  ['a lock in a storage that answers at once', memoryStorage(), {}],
  ['a lock in a storage that takes its time', slowStorage(5), {}],
])('200 forced refreshes with faults, by %s', { timeout: 300_000 }, async (_, storage, options) => {
  const { refreshes, faults } = await contend(200, storage, options)
  expect(refreshes).toBeGreaterThanOrEqual(150)
  expect(faults).toBeGreaterThan(0)
})
