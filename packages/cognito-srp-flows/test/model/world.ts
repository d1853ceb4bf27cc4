import { createPublicKey, verify } from 'node:crypto'
import { cognitoVerifier } from '@srp6a/srp/cognito'
import { nodeEngine } from '@srp6a/srp/node'
import { type AppClient, type DeviceStore, deviceStore, type Tokens } from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import { createUserPool, type UserOptions, type UserPool } from 'cognito-user-pool-emulator'
import { expect } from 'vitest'
import { CLIENT_ID, POOL_ID, SIGNING_KEY } from '../transports.js'
import type { Settings } from './actions.js'
import { type Wire, wireTo } from './wire.js'

export const PASSWORDS = { ada: 'Correct-Horse-7', bob: 'Battery-Staple-8' } as const
export const TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const publicKey = createPublicKey({ key: SIGNING_KEY, format: 'jwk' })

/** Bytes that a run draws in the same order every time. */
function countingRandom(state: number): (length: number) => Uint8Array {
  return (length) =>
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state >>> 24
    })
}

const verifiers = Object.fromEntries(
  Object.entries(PASSWORDS).map(([userId, password]) => {
    const scope = POOL_ID.slice(POOL_ID.indexOf('_') + 1)
    return [userId, cognitoVerifier({ scope, userId, password, salt: 'a1' }, { engine: nodeEngine })]
  }),
)

/** A pool of an emulator, the way to it, one device store, and a clock: everything outside of the model. */
export interface World {
  readonly settings: Settings
  readonly emulator: UserPool
  readonly wire: Wire
  readonly client: AppClient
  readonly records: ReadonlyMap<string, string>
  /** milliseconds since 1970 */
  now: number
  /** how many of the next writes of the device store fail */
  failingWrites: number
}

export function createWorld(settings: Settings): World {
  const state = { now: Date.UTC(2026, 0, 1), failingWrites: 0 }
  const { mfa, methods, deviceTracking, skipsMfa, allowTotpReuse, secret, rotation, legacy } = settings
  const registered = { clientId: CLIENT_ID, ...(secret && { clientSecret: 'the0secret0of0a0registered0client' }) }
  const users = (['ada', 'bob'] as const).map((username): UserOptions => {
    const own = settings[username]
    return {
      username,
      salt: 'a1',
      verifier: verifiers[username] ?? '',
      attributes: own.addresses
        ? { phone_number: `+155501${username === 'ada' ? 1 : 2}`, email: `${username}@example.com` }
        : {},
      status: own.mustChange ? 'FORCE_CHANGE_PASSWORD' : 'CONFIRMED',
      mfa: { sms: own.sms, email: own.email, ...(own.totp && { totpSecret: TOTP_SECRET }) },
    }
  })
  const emulator = createUserPool({
    id: POOL_ID,
    clients: [
      { ...registered, refreshTokenRotation: rotation, preventUserExistenceErrors: legacy ? 'LEGACY' : 'ENABLED' },
    ],
    users,
    mfa: { mode: mfa, methods, allowTotpReuse },
    deviceTracking: { mode: deviceTracking, skipsMfa },
    signingKey: SIGNING_KEY,
    issuer: 'http://localhost',
    clock: () => new Date(state.now),
    random: countingRandom(1),
    engine: nodeEngine,
  })
  const wire = wireTo(emulator)
  const records = new Map<string, string>()
  return Object.assign(state, {
    settings,
    emulator,
    wire,
    records,
    client: {
      api: fetchApi({ endpoint: 'http://localhost/', fetch: wire.fetch, wait: async () => {}, timeout: 0 }),
      userPoolId: POOL_ID,
      ...registered,
      ...(settings.store && { devices: storeOf(records, () => state.failingWrites-- > 0) }),
      now: () => new Date(state.now),
      random: countingRandom(2),
      engine: nodeEngine,
    },
  })
}

function storeOf(records: Map<string, string>, fails: () => boolean): DeviceStore {
  return deviceStore({
    get: async (key) => records.get(key),
    async set(key, value) {
      if (fails()) throw new DOMException('full', 'QuotaExceededError')
      records.set(key, value)
    },
    remove: async (key) => records.delete(key),
  })
}

/** Every value of the device store is a whole record, or says under which name the record is. */
export function checkRecords({ records }: World): void {
  for (const value of records.values()) {
    const entries: [string, unknown][] = Object.entries(JSON.parse(value))
    expect(['deviceKey,deviceGroupKey,devicePassword', 'username']).toContain(entries.map(([name]) => name).join())
    for (const [, text] of entries) expect(text).toMatch(/./)
  }
}

/** The claims of a token whose signature, issuer, client and time are right; fails otherwise. */
export function claimsOf(world: World, token: string, use: 'access' | 'id'): Record<string, unknown> {
  const [head = '', body = '', signature = ''] = token.split('.')
  const signed = Buffer.from(`${head}.${body}`)
  expect(verify('RSA-SHA256', signed, publicKey, Buffer.from(signature, 'base64url')), 'the signature').toBe(true)
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
  expect(claims).toMatchObject({ iss: `http://localhost/${POOL_ID}`, token_use: use })
  expect(use === 'id' ? claims.aud : claims.client_id).toBe(CLIENT_ID)
  expect(claims.exp * 1000).toBeGreaterThan(world.now)
  return claims
}

/** Both tokens are for this user. */
export function checkTokens(world: World, tokens: Tokens, username: string): Record<string, unknown> {
  expect(claimsOf(world, tokens.idToken, 'id')['cognito:username']).toBe(username)
  const claims = claimsOf(world, tokens.accessToken, 'access')
  expect(claims.username).toBe(username)
  return claims
}
