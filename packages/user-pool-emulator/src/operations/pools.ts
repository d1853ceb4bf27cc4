import { resourceNotFound } from '../errors.js'
import type { Host, Pool } from '../pool.js'

/** @throws ServiceError ResourceNotFoundException "User pool … does not exist." */
export function getPool(host: Host, id: string): Pool {
  const pool = host.pools.get(id)
  if (pool === undefined) throw resourceNotFound(`User pool ${id} does not exist.`)
  return pool
}
