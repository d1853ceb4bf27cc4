import { createPrivateKey, createPublicKey, type JsonWebKey, sign, verify } from 'node:crypto'
import { checkSrpA, SrpError } from '@srp6a/srp/cognito'
import { defaultAssumptions, NEW_DEVICE_RULES } from './assumptions.js'
import {
  anything,
  boolean,
  type Check,
  either,
  func,
  integer,
  list,
  map,
  object,
  oneOf,
  secret,
  string,
} from './check.js'
import {
  ALIASES,
  EXPLICIT_AUTH_FLOWS,
  FIRST_FACTORS,
  type HostOptions,
  MFA_METHODS,
  TIERS,
  USER_STATUSES,
  type UserPoolOptions,
  type UserPoolSeed,
} from './options.js'
import { TRIGGER_NAMES } from './triggers.js'

export const POOL_ID: RegExp = /^[\w-]{1,32}_[0-9a-zA-Z]{1,22}$/
export const CLIENT_ID: RegExp = /^[\w+]{1,128}$/
export const ATTRIBUTE_NAME: RegExp =
  /^(sub|address|birthdate|email|email_verified|family_name|gender|given_name|locale|middle_name|name|nickname|phone_number|phone_number_verified|picture|preferred_username|profile|updated_at|website|zoneinfo|(custom|dev):[\p{L}\p{N}_:.-]{1,64})$/u

const DAY = 86_400
const hex = string(/^[0-9a-fA-F]+$/, 'hexadecimal digits')
const attribute = string(ATTRIBUTE_NAME, "a standard attribute of OpenID Connect or 'custom:…'")
const isString = (value: unknown): boolean => typeof value === 'string'

const client = object(
  {
    clientId: string(CLIENT_ID, 'letters, digits, _ or + (at most 128)'),
    clientName: string(),
    clientSecret: string(),
    scopes: list(string(/^\S{1,256}$/u, '1 to 256 characters without spaces')),
    explicitAuthFlows: list(oneOf(EXPLICIT_AUTH_FLOWS)),
    preventUserExistenceErrors: oneOf(['ENABLED', 'LEGACY']),
    lifetimes: object({
      session: integer(180, 900),
      access: integer(1, 7 * DAY),
      id: integer(1, 7 * DAY),
      refresh: integer(1, 3650 * DAY),
    }),
    refreshTokenRotation: either(
      boolean,
      object({ graceSeconds: integer(0, 60) }),
      (value) => typeof value === 'boolean',
    ),
  },
  ['clientId'],
)

const user = object({
  username: string(/^.{1,128}$/su, '1 to 128 characters'),
  sub: string(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a UUID in lower case'),
  password: secret,
  salt: hex,
  verifier: hex,
  attributes: map(attribute, secret),
  status: oneOf(USER_STATUSES),
  enabled: boolean,
  groups: list(string()),
  mfa: object({
    totpSecret: string(/^[A-Z2-7]{16,}=*$/, 'base32, 16 characters or more'),
    totpName: string(),
    sms: boolean,
    email: boolean,
    preferred: oneOf(MFA_METHODS),
  }),
})

const group = object(
  { name: string(), description: string(), roleArn: string(), precedence: integer(0, 2 ** 31 - 1) },
  ['name'],
)

/** Characters in base64url: 65537 takes four. */
const LONGEST_EXPONENT = 16

const PROBE = new TextEncoder().encode('signing key')

/** Accept an RSA private key of 2048 bits or more that signs and verifies. Other members of the JWK are yours. */
const signingKey: Check = (value, path) => {
  map(anything, anything)(value, path)
  for (const name of ['kty', 'n', 'e', 'd', 'kid']) {
    const member = (value as Record<string, unknown>)[name]
    if (member !== undefined || (name !== 'kty' && name !== 'kid')) string()(member, `${path}.${name}`)
  }
  let works = false
  try {
    const { e } = value as { e: string }
    // A public exponent is short; a long one makes every signature take seconds.
    if (e.length > LONGEST_EXPONENT) throw new RangeError('too long')
    const key = createPrivateKey({ key: value as JsonWebKey, format: 'jwk' })
    const { asymmetricKeyType, asymmetricKeyDetails } = key
    works =
      asymmetricKeyType === 'rsa' &&
      (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048 &&
      verify('sha256', PROBE, createPublicKey(key), sign('sha256', PROBE, key))
  } catch {
    // Not a key at all: the message below says what is wanted, and shows nothing of it.
  }
  if (!works)
    throw new RangeError(`${path} must be an RSA private key of 2048 bits or more, as a JWK with kty RSA, n, e and d`)
}

/** An arithmetic engine, as @srp6a/srp has them. */
const engine: Check = (value, path) => {
  if (typeof (value as { group?: unknown } | null)?.group !== 'function') {
    throw new TypeError(`${path} must be an engine of @srp6a/srp`)
  }
}

/** One check for each assumption, by what its default is. */
function assumptionChecks(): Record<string, Check> {
  const check = (name: string, value: unknown): Check => {
    if (name === 'maximumClockSkewSeconds') return either(anything, integer(0, 1 << 30), (given) => given === null)
    if (typeof value === 'boolean') return boolean
    if (typeof value === 'number') return integer(1, 9)
    return (NEW_DEVICE_RULES as readonly unknown[]).includes(value) ? oneOf(NEW_DEVICE_RULES) : string()
  }
  return Object.fromEntries(Object.entries(defaultAssumptions).map(([name, value]) => [name, check(name, value)]))
}

const seedMembers = {
  id: string(POOL_ID, "<region>_<name>, as in 'us-east-1_Emulator0'"),
  name: string(),
  clients: list(client),
  users: list(user),
  groups: list(group),
  tier: oneOf(TIERS),
  sessionTracking: boolean,
  aliases: list(oneOf(ALIASES)),
  usernameAttributes: list(oneOf(['email', 'phone_number'])),
  caseSensitive: boolean,
  passwordPolicy: object({
    minimumLength: integer(6, 99),
    requireLowercase: boolean,
    requireUppercase: boolean,
    requireNumbers: boolean,
    requireSymbols: boolean,
    temporaryPasswordValidityDays: integer(0, 365),
  }),
  requiredAttributes: list(attribute),
  customAttributes: list(attribute),
  deviceTracking: either(
    oneOf(['off', 'opt-in', 'always']),
    object({ mode: oneOf(['off', 'opt-in', 'always']), skipsMfa: boolean }, ['mode']),
    isString,
  ),
  mfa: either(
    oneOf(['OFF', 'OPTIONAL', 'ON']),
    object({ mode: oneOf(['OFF', 'OPTIONAL', 'ON']), methods: list(oneOf(MFA_METHODS)), allowTotpReuse: boolean }, [
      'mode',
    ]),
    isString,
  ),
  firstFactors: list(oneOf(FIRST_FACTORS)),
  webAuthn: object({
    relyingPartyId: string(),
    origins: list(string(/^https?:\/\/[^/]+$/, 'an origin, as in https://example.com')),
    userVerification: oneOf(['required', 'preferred']),
    factorConfiguration: oneOf(['SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION']),
  }),
  issuer: string(/^https?:\/\/.+[^/]$/, 'an http or https address without a slash at its end'),
  signingKey,
  triggerUrls: object(
    Object.fromEntries(TRIGGER_NAMES.map((name) => [name, string(/^https?:\/\/[^/]/, 'an http or https address')])),
  ),
  assumptions: object(assumptionChecks()),
}

const hostMembers = {
  triggers: object(Object.fromEntries(TRIGGER_NAMES.map((name) => [name, func]))),
  clock: func,
  random: func,
  engine,
  maximumBodyBytes: integer(1024, 1 << 30),
}

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
  for (const [i, { password, salt, verifier, username, status }] of users.entries()) {
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
