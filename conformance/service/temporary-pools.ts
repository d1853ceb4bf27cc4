// Pools that a run makes, marks and deletes. Nothing else is ever changed or deleted.
import type { PoolNeeds } from './probe.js'
import type { Service } from './service.js'

/** Marks every pool that a run makes: the tag's name, and the beginning of the pool's. */
export const MARK = 'cognito-srp-conformance'

export interface TemporaryPool {
  readonly id: string
  readonly clientId: string
}

export interface TemporaryPools {
  /** Make a pool with a client, or give the one that was made for the same needs. */
  for(needs: PoolNeeds): Promise<TemporaryPool>
  /** Ids of the pools that this run has made and not deleted. */
  readonly left: readonly string[]
  /**
   * Delete a pool.
   *
   * @throws RangeError for a pool that this run has not made or that does not bear its tag
   */
  delete(id: string): Promise<void>
  /** Delete all that are left; a pool that cannot be deleted is named in what comes back, and the others go on. */
  deleteAll(): Promise<readonly { readonly id: string; readonly error: string }[]>
}

/**
 * Keep account of the pools of one run.
 *
 * @param run names the run in the tag, such as the time when it began
 */
export function temporaryPools(service: Service, run: string): TemporaryPools {
  const made = new Map<string, { readonly key: string; readonly pool: Promise<TemporaryPool> }>()
  const ids = new Set<string>()

  async function create(needs: PoolNeeds): Promise<TemporaryPool> {
    const { UserPool } = (await service.call('CreateUserPool', {
      PoolName: `${MARK}-${run}`,
      UserPoolTags: { [MARK]: run },
      ...needs.create,
    })) as { UserPool: { Id: string } }
    // Known before anything else can fail, so that it is deleted whatever comes.
    ids.add(UserPool.Id)
    if (needs.mfa) await service.call('SetUserPoolMfaConfig', { UserPoolId: UserPool.Id, ...needs.mfa })
    const { UserPoolClient } = (await service.call('CreateUserPoolClient', {
      UserPoolId: UserPool.Id,
      ClientName: MARK,
      ...needs.client,
    })) as { UserPoolClient: { ClientId: string } }
    return { id: UserPool.Id, clientId: UserPoolClient.ClientId }
  }

  async function assertOurs(id: string): Promise<void> {
    if (!ids.has(id)) throw new RangeError(`id: this run has not made ${id}, and leaves it alone`)
    const { UserPool } = (await service.call('DescribeUserPool', { UserPoolId: id })) as {
      UserPool: { UserPoolTags?: Record<string, string> }
    }
    if (UserPool.UserPoolTags?.[MARK] !== run) throw new RangeError(`id: ${id} does not bear the tag of this run`)
  }

  const pools: TemporaryPools = {
    for(needs) {
      const key = JSON.stringify(needs)
      const known = made.get(key)
      if (known) return known.pool
      const pool = create(needs)
      made.set(key, { key, pool })
      return pool
    },
    get left() {
      return [...ids]
    },
    async delete(id) {
      await assertOurs(id)
      await service.call('DeleteUserPool', { UserPoolId: id })
      ids.delete(id)
    },
    async deleteAll() {
      // One that is being made when the run is interrupted is waited for: it would be left behind.
      await Promise.allSettled([...made.values()].map(({ pool }) => pool))
      const failed: { id: string; error: string }[] = []
      for (const id of [...ids]) {
        await pools.delete(id).catch((error: unknown) => failed.push({ id, error: String(error) }))
      }
      return failed
    },
  }
  return pools
}
