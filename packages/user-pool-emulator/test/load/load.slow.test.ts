import { setMaxListeners } from 'node:events'
import { createUserPool, serve } from 'cognito-user-pool-emulator'
import { expect, it } from 'vitest'
import { testKey } from '../support/pool.js'
import { signInAll } from './clients.js'
import { troubled } from './trouble.js'
import { poolOptions } from './users.js'

const USERS = 48

// The long form, with a thousand users, is `npm run load`.
it(`${USERS} users sign in at once, throttled and on a bad line, and none is lost`, { timeout: 120_000 }, async () => {
  const pool = createUserPool({ ...poolOptions(USERS), signingKey: await testKey() })
  const trouble = { throttled: 0.2, dropped: 0.05, answerLost: 0.05, slow: 0.1, slowBy: 100 }
  const { handler, count } = troubled(pool, trouble)
  const server = await serve(handler)
  const signal = AbortSignal.timeout(100_000)
  setMaxListeners(0, signal)
  try {
    const report = await signInAll({ url: server.url, users: USERS, wave: 0, offset: 0 }, signal)
    expect(report.lost).toEqual([])
    expect(report.ends).toEqual({ refused: 12, 'signed in': 30, 'signed in, device known': 6 })
    expect(report.tokensVerified).toBe(36 * 2 + 6)
    // The trouble was there.
    expect(count.throttled).toBeGreaterThan(0)
    expect(count.dropped + count.answersLost).toBeGreaterThan(0)
  } finally {
    await server.close()
  }
})
