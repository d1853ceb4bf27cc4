import { fetchApi } from 'cognito-srp-flows/fetch'
import { createSession, type KeyValueStorage, type SessionOptions } from 'cognito-srp-flows/session'
import { expect } from 'vitest'
import { ALICE, CLIENT_ID, emulated, POOL_ID } from '../transports.js'

/** Faults in turn, one for each refresh. */
const FAULTS = ['none', 'drop', 'slow', 'throttle', 'none', 'server-error'] as const

/**
 * Force refreshes in two sessions that share a storage, over a pool with rotation on and no time of grace, with faults
 * injected. Counts what the pool saw: a token used twice would be a RefreshTokenReuseException, and the end of the session.
 */
export async function contend(rounds: number, storage: KeyValueStorage, options: Partial<SessionOptions>) {
  const pool = await emulated({ users: [ALICE], clients: [{ clientId: CLIENT_ID, refreshTokenRotation: true }] })
  try {
    const used: string[] = []
    let slow = false
    const api = fetchApi({
      endpoint: pool.url,
      attempts: 1,
      async fetch(url, init) {
        const response = await fetch(url, init)
        const { RefreshToken } = JSON.parse(init.body)
        // Used once, or refused because it was: either way the pool has seen it.
        if (
          RefreshToken &&
          (response.ok || response.headers.get('x-amzn-errortype')?.startsWith('RefreshTokenReuse'))
        ) {
          used.push(RefreshToken)
        }
        if (slow) await new Promise((done) => setTimeout(done, 60))
        return response
      },
    })
    const client = { api, userPoolId: POOL_ID, clientId: CLIENT_ID }
    const sessions = [0, 1].map(() => createSession(client, { storage, ...options }))
    const [one, two] = sessions as [(typeof sessions)[0], (typeof sessions)[0]]
    const ended: string[] = []
    for (const session of sessions) session.subscribe(({ kind }) => /out|expired/.test(kind) && ended.push(kind))
    await one.signIn({ username: ALICE.username, password: ALICE.password })
    let faults = 0
    let injected = 0
    const refresh = () => sessions.map((session) => session.tokens({ refresh: true }))
    for (let round = 0; round < rounds; round++) {
      const fault = FAULTS[round % FAULTS.length] ?? 'none'
      slow = fault === 'slow'
      if (fault !== 'none' && fault !== 'slow') {
        pool.emulator.faults.add({ kind: fault, operation: 'GetTokensFromRefreshToken' })
      }
      if (fault !== 'none') injected++
      const settled = await Promise.allSettled(refresh())
      for (const one of settled) {
        if (one.status === 'rejected') faults++
        else expect(one.value?.accessToken).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
      }
      pool.emulator.faults.clear()
    }
    expect(ended).toEqual([])
    expect(await one.tokens()).toEqual(await two.tokens())
    const twice = used.length - new Set(used).size
    expect(twice).toBe(0)
    return { refreshes: used.length, faults, injected, twice, ended: ended.length }
  } finally {
    await pool.close()
  }
}
