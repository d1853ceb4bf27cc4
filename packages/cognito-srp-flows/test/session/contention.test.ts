import { memoryStorage } from 'cognito-srp-flows/session'
import { describe, expect, it } from 'vitest'
import { contend } from './contention.js'
import { locksOfProgram, slowStorage } from './support.js'

describe('two sessions that share a storage', () => {
  it('never use a refresh token twice, by locks of the platform', async () => {
    const { refreshes, faults } = await contend(6, memoryStorage(), { locks: locksOfProgram() })
    expect(refreshes).toBeGreaterThanOrEqual(6)
    expect(faults).toBeGreaterThan(0)
  })

  it('would, without a lock: this test sees it', async () => {
    await expect(contend(6, memoryStorage(), { locks: false })).rejects.toThrow(/toBe|expected/)
  })

  it('nor by a lock in the storage, where the platform has none', async () => {
    const { refreshes } = await contend(4, slowStorage(8), {})
    expect(refreshes).toBeGreaterThanOrEqual(3)
  })
})
