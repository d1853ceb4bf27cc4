// Look-ups by what a request names do not go through all users or all sign-ins: counted, as times say little.
import { describe, expect, it } from 'vitest'
import { cryptoRandom } from '../../src/config/encoding.js'
import { addUser } from '../../src/credentials/new-user.js'
import { createGrant, revokeAll } from '../../src/credentials/tokens.js'
import { endOldestSession, userSessions } from '../../src/credentials/user-sessions.js'
import { createClient } from '../../src/model/clients.js'
import { Faults } from '../../src/model/faults.js'
import { Outbox } from '../../src/model/outbox.js'
import { addPool, type Pool } from '../../src/model/pool.js'
import { newPoolState } from '../../src/model/settings.js'
import type { Grant, User } from '../../src/model/state.js'
import { aliasHolder, findUser, getUser, removeUser } from '../../src/model/users.js'

const USERS = 2000
const client = createClient({ clientId: 'web' }, 0)

function* counted<T>(map: { steps: number }, inner: Iterable<T>): MapIterator<T> {
  for (const entry of inner) {
    map.steps++
    yield entry
  }
}

/** A Map that counts the entries that are gone through. */
class CountingMap<K, V> extends Map<K, V> {
  steps = 0
  override values() {
    return counted(this, super.values())
  }
  override keys() {
    return counted(this, super.keys())
  }
  override entries() {
    return counted(this, super.entries())
  }
  override [Symbol.iterator]() {
    return this.entries()
  }
  override forEach(call: (value: V, key: K, map: Map<K, V>) => void): void {
    for (const [key, value] of this) call(value, key, this)
  }
}

function crowded() {
  const users = new CountingMap<string, User>()
  const grants = new CountingMap<string, Grant>()
  const state = {
    ...newPoolState({ clients: [{ clientId: 'web' }], sessionTracking: true }, cryptoRandom, 0),
    users,
    grants,
  }
  const pool: Pool = addPool(
    {
      pools: new Map(),
      triggers: {},
      outbox: new Outbox(),
      faults: new Faults(),
      recent: [],
      random: cryptoRandom,
      srpOptions: {},
      now: () => Date.now(),
    },
    state,
  )
  for (let i = 0; i < USERS; i++) {
    addUser(pool, { username: `user${i}`, salt: 'ab', verifier: '2', attributes: { email: `user${i}@example.com` } })
  }
  return { pool, users, grants }
}

describe(`among ${USERS} users`, () => {
  const { pool, users, grants } = crowded()

  it('none of them is gone through for a name, known or not', () => {
    const { sub } = getUser(pool, 'user7')
    users.steps = 0
    for (const name of ['user7', 'USER7', 'user1999@example.com', 'ghost', 'ghost@example.com']) findUser(pool, name)
    expect(findUser(pool, 'user1999@example.com')?.username).toBe('user1999')
    expect(getUser(pool, sub).username).toBe('user7')
    expect(() => getUser(pool, 'ghost')).toThrow('User does not exist.')
    expect(aliasHolder(pool, 'email', 'user3@example.com')?.username).toBe('user3')
    expect(users.steps).toBe(0)
  })

  it('nor for one that is added or removed', () => {
    users.steps = 0
    const added = addUser(pool, {
      username: 'new',
      salt: 'ab',
      verifier: '2',
      attributes: { email: 'new@example.com' },
    })
    removeUser(pool, added)
    expect(findUser(pool, 'new@example.com')).toBeUndefined()
    expect(users.steps).toBe(0)
  })

  it('a sign-in goes through few of the sign-ins of others', () => {
    const made = { deviceKey: undefined, withoutDevice: false, authTime: Date.now() }
    for (let i = 0; i < USERS; i++) createGrant(pool, client, getUser(pool, `user${i}`), made)
    const user = getUser(pool, 'user9')
    grants.steps = 0
    for (let i = 0; i < 100; i++) createGrant(pool, client, user, made)
    expect(userSessions(pool, user)).toHaveLength(20)
    endOldestSession(pool, user)
    revokeAll(pool, user)
    expect(userSessions(pool, user)).toEqual([])
    // Expired ones are looked for when their number has doubled.
    expect(grants.steps).toBeLessThan(100 * 25)
    grants.steps = 0
    userSessions(pool, user)
    revokeAll(pool, user)
    expect(grants.steps).toBe(0)
  })
})
