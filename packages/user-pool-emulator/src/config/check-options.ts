import { checkSrpA, SrpError } from '@srp6a/srp/cognito'
import { anything, list, object } from './check.js'
import { hostMembers, seedMembers } from './option-checks.js'
import type { HostOptions, MfaMethod, UserOptions, UserPoolOptions, UserPoolSeed } from './options.js'

/** Tell whether a number can be a power of g. With zero as a verifier every password would prove itself. */
function isGroupElement(hex: string): boolean {
  try {
    checkSrpA(hex)
    return true
  } catch (error) {
    if (error instanceof SrpError) return false
    throw error
  }
}

/** The setting of a user that turns each MFA method on. */
const TURNED_ON_BY: Readonly<Record<MfaMethod, 'totpSecret' | 'sms' | 'email'>> = {
  SOFTWARE_TOKEN_MFA: 'totpSecret',
  SMS_MFA: 'sms',
  EMAIL_OTP: 'email',
}

/** Check that the preferred method is on: a sign-in would pass over it without a word. */
function checkPreferred(mfa: UserOptions['mfa'] = {}, path: string): void {
  if (mfa.preferred === undefined) return
  const setting = TURNED_ON_BY[mfa.preferred]
  if (mfa[setting]) return
  throw new RangeError(`${path}.preferred must be a method that is on: ${mfa.preferred} needs ${path}.${setting}`)
}

function checkUsers({ users = [], clients }: UserPoolSeed): void {
  if (clients.length === 0) throw new RangeError('clients must not be empty: nothing could sign in')
  const seen = new Set<string>()
  for (const [i, { clientId, clientSecret, explicitAuthFlows = [] }] of clients.entries()) {
    if (seen.has(clientId)) throw new RangeError(`clients[${i}].clientId ${JSON.stringify(clientId)} occurs twice`)
    seen.add(clientId)
    if (!explicitAuthFlows.includes('ALLOW_CLIENT_TOKEN_AUTH')) continue
    if (explicitAuthFlows.length > 1 || clientSecret === undefined) {
      throw new RangeError(
        `clients[${i}].explicitAuthFlows: ALLOW_CLIENT_TOKEN_AUTH stands alone, for a client with a secret`,
      )
    }
  }
  for (const [i, { password, salt, verifier, username, status, mfa }] of users.entries()) {
    if (password === '') throw new RangeError(`users[${i}].password must not be empty`)
    if (password !== undefined && verifier !== undefined) {
      throw new TypeError(`users[${i}] has a password and a verifier; give one of them`)
    }
    if ((verifier === undefined) !== (salt === undefined) && password === undefined) {
      throw new TypeError(`users[${i}] needs both salt and verifier, or a password`)
    }
    if (verifier !== undefined && !isGroupElement(verifier)) {
      throw new RangeError(`users[${i}].verifier must be g^x modulo N in hexadecimal digits, never zero`)
    }
    if (username !== undefined && /\s/u.test(username)) {
      throw new RangeError(`users[${i}].username must not contain white space`)
    }
    if (status === 'FORCE_CHANGE_PASSWORD' && password === undefined && verifier === undefined) {
      throw new TypeError(`users[${i}] must change its password, but has none`)
    }
    checkPreferred(mfa, `users[${i}].mfa`)
  }
}

/**
 * Checks what `createUserPool` was given, before any of it is used.
 * @throws TypeError or RangeError that names the setting, as in `users[0].attributes.mail`
 */
export function checkOptions(options: unknown): asserts options is UserPoolOptions {
  object({ ...seedMembers, ...hostMembers }, ['clients'])(options, '')
  checkUsers(options as UserPoolOptions)
}

/**
 * Checks what `restoreUserPool` was given beside the snapshot.
 * @throws TypeError or RangeError that names the setting
 */
export function checkHostOptions(options: unknown): asserts options is HostOptions {
  object(hostMembers)(options, '')
}

const seedOf = object(seedMembers, ['clients'])

/** Say in which of several pools something is wrong. */
function checkOne(seed: unknown, path: string): void {
  try {
    seedOf(seed, '')
    checkUsers(seed as UserPoolSeed)
  } catch (error) {
    if (path === '') throw error
    const message = path + (error as Error).message
    throw error instanceof TypeError ? new TypeError(message) : new RangeError(message)
  }
}

/**
 * Check the seeds of all pools: like `checkOptions`, but without functions.
 * @param seeds one for each pool
 * @throws TypeError or RangeError that names the pool and the setting
 */
export function checkSeeds(seeds: unknown): asserts seeds is readonly UserPoolSeed[] {
  list(anything)(seeds, 'pools')
  const pools = seeds as readonly UserPoolSeed[]
  if (pools.length === 0) throw new RangeError('pools must not be empty')
  const ids = new Set<string>()
  const clients = new Set<string>()
  for (const [i, seed] of pools.entries()) {
    checkOne(seed, pools.length === 1 ? '' : `pools[${i}].`)
    const id = seed.id ?? 'us-east-1_Emulator0'
    if (ids.has(id)) throw new RangeError(`pools[${i}].id ${JSON.stringify(id)} occurs twice`)
    ids.add(id)
    for (const { clientId } of seed.clients) {
      if (clients.has(clientId)) {
        throw new RangeError(`pools[${i}].clients: ${JSON.stringify(clientId)} is a client of another pool`)
      }
      clients.add(clientId)
    }
  }
}

/**
 * Read a seed as it stands in JSON: one pool, or `{ "pools": [...] }`.
 * @param seed the parsed JSON
 * @returns one seed for each pool
 * @throws TypeError or RangeError that names the setting
 */
export function readSeeds(seed: unknown): readonly UserPoolSeed[] {
  const several = typeof seed === 'object' && seed !== null && Object.hasOwn(seed, 'pools')
  if (several) object({ pools: anything }, ['pools'])(seed, '')
  const seeds: unknown = several ? (seed as { pools: unknown }).pools : [seed]
  checkSeeds(seeds)
  return seeds
}
