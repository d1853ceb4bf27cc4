// The options of a pool, and the rule of each.
import { generateKeyPairSync } from 'node:crypto'
import { defaultAssumptions, NEW_DEVICE_RULES } from 'cognito-user-pool-emulator/src/config/assumptions.js'
import { TRIGGER_NAMES } from 'cognito-user-pool-emulator/src/config/triggers.js'
import { ANYTHING, bytesOf, caller, isFunction, isText, optional, type Rule } from '../rules.js'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })
type Test = (value: unknown) => boolean
export const size = (value: unknown): number => (value as string).length
/** A text with something in it; what it must look like, if anything. */
export const text = (pattern: RegExp = /^/, edges: Rule['edges'] = {}): Rule =>
  caller(isText, (value) => size(value) > 0 && size(value) <= 65_536 && pattern.test(String(value)), {
    'text of the limit': 'a'.repeat(65_536),
    'text over the limit': 'a'.repeat(65_537),
    ...edges,
  })
export const words = (...known: string[]): Rule => caller(isText, (value) => known.includes(String(value)))
export const flag: Rule = caller((value) => typeof value === 'boolean')
export const whole = (least: number, most: number): Rule =>
  caller(
    (value) => typeof value === 'number',
    (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
    { least, most, 'below the least': least - 1, 'above the most': most + 1 },
  )
const isMap: Test = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
/** Of settings that all may be left out: a member that is not one of them is a TypeError. */
export const settings: Rule = {
  takes: (value) => isMap(value) && Object.keys(value as object).length === 0,
  refuses: () => ['TypeError'],
  named: false,
}
export const needing: Rule = { takes: () => false, refuses: () => ['TypeError'], named: false }
export const list = (takes: Test = (value) => size(value) === 0): Rule => ({
  takes: (value) => Array.isArray(value) && takes(value),
  refuses: () => ['TypeError', 'RangeError'],
})
export const functions: Rule = caller(isFunction)
/** The hostile function gives a text, which is neither a date nor bytes. */
const giving: Rule = { takes: () => false, refuses: () => ['TypeError', 'RangeError'] }
const DAY = 86_400
const METHODS = ['SOFTWARE_TOKEN_MFA', 'SMS_MFA', 'EMAIL_OTP']
export const hex = text(/^[0-9a-f]+$/i)
/** Below N, which has 768 digits, and never zero. */
export const verifierHex = text(/^0*[1-9a-f][0-9a-f]{0,766}$/i)
const under = (place: string, rules: Record<string, Rule>): Record<string, Rule> =>
  Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => [
      name === '' ? place : `${place}${name.startsWith('[') ? '' : '.'}${name}`,
      name === '' || name.endsWith('[]') || name.endsWith('{}') ? rule : optional(rule),
    ]),
  )

export const client = under('options.clients[]', {
  '': needing,
  clientName: text(),
  clientSecret: text(),
  scopes: list(),
  'scopes[]': text(/^\S{1,256}$/u),
  explicitAuthFlows: list(),
  'explicitAuthFlows[]': words('ALLOW_USER_SRP_AUTH'),
  preventUserExistenceErrors: words('ENABLED', 'LEGACY'),
  lifetimes: settings,
  'lifetimes.session': whole(180, 900),
  'lifetimes.access': whole(1, 7 * DAY),
  'lifetimes.id': whole(1, 7 * DAY),
  'lifetimes.refresh': whole(1, 3650 * DAY),
  refreshTokenRotation: { ...settings, takes: (value) => typeof value === 'boolean' || settings.takes(value) },
  'refreshTokenRotation.graceSeconds': whole(0, 60),
})
export const user = under('options.users[]', {
  '': settings,
  username: text(/^[^\s]{1,128}$/su),
  sub: text(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  password: caller(isText, (value) => size(value) > 0 && size(value) <= 65_536),
  attributes: { ...settings, refuses: () => ['TypeError', 'RangeError'] },
  'attributes{}': { ...caller(isText, (value) => size(value) <= 65_536), absent: true },
  status: words('CONFIRMED', 'UNCONFIRMED', 'FORCE_CHANGE_PASSWORD', 'RESET_REQUIRED', 'EXTERNAL_PROVIDER'),
  enabled: flag,
  groups: list(),
  'groups[]': text(),
  mfa: settings,
  'mfa.totpSecret': text(/^[A-Z2-7]{16,}=*$/),
  'mfa.totpName': text(),
  'mfa.sms': flag,
  'mfa.email': flag,
  'mfa.preferred': words(...METHODS),
})
/** By the default: a switch, a number of digits or tries, a rule for devices, or a message. */
const assumption = (name: string, value: unknown): Rule => {
  if (name === 'maximumClockSkewSeconds') return clockSkew
  if (typeof value === 'boolean') return flag
  if (typeof value === 'number') return whole(1, 9)
  return NEW_DEVICE_RULES.some((rule) => rule === value) ? words(...NEW_DEVICE_RULES) : text()
}
const clockSkew: Rule = {
  ...whole(0, 1 << 30),
  takes: (value) => value === null || whole(0, 1 << 30).takes(value),
}
export const pool = under('options', {
  id: text(/^[\w-]{1,32}_[0-9a-zA-Z]{1,22}$/),
  name: text(),
  users: list(),
  aliases: list(),
  'aliases[]': words('email', 'phone_number', 'preferred_username'),
  usernameAttributes: list(),
  'usernameAttributes[]': words('email', 'phone_number'),
  caseSensitive: flag,
  passwordPolicy: settings,
  'passwordPolicy.minimumLength': whole(6, 99),
  'passwordPolicy.requireLowercase': flag,
  'passwordPolicy.requireUppercase': flag,
  'passwordPolicy.requireNumbers': flag,
  'passwordPolicy.requireSymbols': flag,
  'passwordPolicy.historySize': whole(0, 24),
  'passwordPolicy.temporaryPasswordValidityDays': whole(0, 365),
  requiredAttributes: list(),
  'requiredAttributes[]': words('email'),
  customAttributes: list(),
  'customAttributes[]': words('email'),
  groups: list(),
  'groups[]': needing,
  'groups[].description': text(),
  'groups[].roleArn': text(),
  'groups[].precedence': whole(0, 2 ** 31 - 1),
  tier: words('LITE', 'ESSENTIALS', 'PLUS'),
  sessionTracking: flag,
  deviceTracking: { ...needing, refuses: (value) => (isText(value) ? ['RangeError'] : ['TypeError']) },
  'deviceTracking.mode': words('off', 'opt-in', 'always'),
  'deviceTracking.skipsMfa': flag,
  mfa: { ...needing, refuses: (value) => (isText(value) ? ['RangeError'] : ['TypeError']) },
  'mfa.mode': words('OFF', 'OPTIONAL', 'ON'),
  'mfa.methods': list(),
  'mfa.methods[]': words(...METHODS),
  'mfa.allowTotpReuse': flag,
  firstFactors: list(),
  'firstFactors[]': words('PASSWORD'),
  webAuthn: settings,
  'webAuthn.relyingPartyId': text(),
  'webAuthn.origins': list(),
  'webAuthn.origins[]': text(/^https?:\/\/[^/]+$/),
  'webAuthn.userVerification': words('required', 'preferred'),
  'webAuthn.factorConfiguration': words('SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION'),
  triggerUrls: settings,
  ...Object.fromEntries(TRIGGER_NAMES.map((name) => [`triggerUrls.${name}`, text(/^https?:\/\/[^/]/)])),
  assumptions: settings,
  ...Object.fromEntries(
    Object.entries(defaultAssumptions).map(([name, value]) => [`assumptions.${name}`, assumption(name, value)]),
  ),
  issuer: text(/^https?:\/\/.+[^/]$/),
  signingKey: needing,
  // Parts of a key that do not fit together are no key.
  'signingKey.kty': words('RSA'),
  'signingKey.n': words(),
  'signingKey.e': words(),
  'signingKey.d': words(),
  'signingKey.kid': text(),
  'signingKey{}': ANYTHING,
})
/** Members that must be there, inside objects that need not. */
/** The rule for a member of a signing key: no other value is taken in its place. */
export const partOfKey: Rule = { takes: () => false, refuses: () => ['TypeError', 'RangeError'], named: false }
export const required = (path: string, rule: Rule): Record<string, Rule> => ({
  [path]: {
    ...rule,
    takes: (value) => value !== undefined && rule.takes(value),
    refuses: (value) => (value === undefined ? ['TypeError'] : rule.refuses(value)),
  },
})

export const host: Record<string, Rule> = {
  ...under('options', {
    triggers: settings,
    clock: giving,
    random: giving,
    maximumBodyBytes: whole(1024, 1 << 30),
    engine: caller(() => false),
  }),
  ...Object.fromEntries(TRIGGER_NAMES.map((name) => [`options.triggers.${name}`, optional(functions)])),
}
export const hostRight = {
  triggers: {},
  clock: () => new Date(0),
  random: (length: number) => bytesOf(length),
  maximumBodyBytes: 4096,
}
export const seed = {
  clients: [
    {
      clientId: 'web',
      scopes: ['a'],
      explicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
      lifetimes: {},
      refreshTokenRotation: {},
    },
  ],
  users: [
    {
      username: 'ada',
      password: 'Correct-Horse-1',
      attributes: { email: 'a@b.c' },
      groups: ['g'],
      mfa: { totpSecret: 'JBSWY3DPEHPK3PXP', sms: true, email: true },
    },
  ],
  aliases: ['email'],
  usernameAttributes: [],
  passwordPolicy: {},
  requiredAttributes: ['email'],
  customAttributes: ['email'],
  groups: [{ name: 'g' }],
  deviceTracking: { mode: 'off' },
  mfa: { mode: 'OFF', methods: ['SMS_MFA'] },
  firstFactors: ['PASSWORD'],
  webAuthn: { origins: ['http://localhost'] },
  signingKey: { other: 1, ...rsa },
}
