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
import { signingKey } from './check-signing-key.js'
import { ALIASES, EXPLICIT_AUTH_FLOWS, FIRST_FACTORS, MFA_METHODS, TIERS, USER_STATUSES } from './options.js'
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

/** One check for each member of a seed. */
export const seedMembers: Readonly<Record<string, Check>> = {
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
    historySize: integer(0, 24),
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

/** One check for each option that JSON cannot hold. */
export const hostMembers: Readonly<Record<string, Check>> = {
  triggers: object(Object.fromEntries(TRIGGER_NAMES.map((name) => [name, func]))),
  clock: func,
  random: func,
  engine,
  maximumBodyBytes: integer(1024, 1 << 30),
}
