import { defaultAssumptions } from '../config/assumptions.js'
import { type RandomSource, toBase64Url } from '../config/encoding.js'
import { ALIASES, type ClientOptions, FIRST_FACTORS, MFA_METHODS, type UserPoolSeed } from '../config/options.js'
import { createClient } from './clients.js'
import { CUSTOM, customAttribute } from './custom-attributes.js'
import type { Client, Group, PoolState, Settings } from './state.js'

/** A seed's settings with every default filled in. */
export function settingsOf(seed: UserPoolSeed): Settings {
  const tracking = seed.deviceTracking ?? 'off'
  const { mode, skipsMfa = true } = typeof tracking === 'string' ? { mode: tracking } : tracking
  const mfa = seed.mfa ?? 'OFF'
  const { mode: mfaMode, methods = MFA_METHODS, allowTotpReuse = false } = typeof mfa === 'string' ? { mode: mfa } : mfa
  return {
    name: seed.name ?? 'emulator',
    aliases: seed.aliases ?? ALIASES,
    usernameAttributes: seed.usernameAttributes ?? [],
    caseSensitive: seed.caseSensitive ?? false,
    passwordPolicy: {
      minimumLength: 8,
      requireLowercase: true,
      requireUppercase: true,
      requireNumbers: true,
      requireSymbols: true,
      historySize: 0,
      temporaryPasswordValidityDays: 7,
      ...seed.passwordPolicy,
    },
    requiredAttributes: seed.requiredAttributes ?? [],
    deviceTracking: { mode, skipsMfa },
    mfa: { mode: mfaMode, methods, allowTotpReuse },
    firstFactors: seed.firstFactors ?? FIRST_FACTORS,
    webAuthn: {
      relyingPartyId: 'localhost',
      origins: [],
      userVerification: 'preferred',
      factorConfiguration: 'SINGLE_FACTOR',
      ...seed.webAuthn,
    },
    issuer: seed.issuer,
    tier: seed.tier ?? 'ESSENTIALS',
    sessionTracking: { enabled: seed.sessionTracking ?? false, maxPerUser: 20 },
    triggerUrls: seed.triggerUrls ?? {},
    assumptions: { ...defaultAssumptions, ...seed.assumptions },
    customAttributes: customAttributesOf(seed),
    kept: {},
  }
}

/** Return the custom attributes that a seed declares, or shows by giving them to its users. */
function customAttributesOf({ customAttributes = [], users = [] }: UserPoolSeed): Settings['customAttributes'] {
  const shown = users.flatMap(({ attributes = {} }) =>
    Object.keys(attributes).filter((name) => name.startsWith(CUSTOM)),
  )
  return Object.fromEntries([...customAttributes, ...shown].map((name) => customAttribute({ Name: name })))
}

/** The groups of a seed: those it describes, and those it only puts users into. */
function groupsOf({ groups = [], users = [] }: UserPoolSeed, now: number): Group[] {
  const described = new Map(groups.map((group) => [group.name, group]))
  const names = new Set([...described.keys(), ...users.flatMap((user) => user.groups ?? [])])
  return [...names].map((name) => ({
    name,
    description: described.get(name)?.description,
    roleArn: described.get(name)?.roleArn,
    precedence: described.get(name)?.precedence,
    createdAt: now,
    modifiedAt: now,
  }))
}

/** When something was made, as DescribeUserPool and DescribeUserPoolClient show it. */
const dates = (now: number): Readonly<Record<string, number>> => ({
  CreationDate: now / 1000,
  LastModifiedDate: now / 1000,
})

/** The state of a pool with clients and no users yet. */
export function newPoolState(seed: UserPoolSeed, random: RandomSource, now: number): PoolState {
  const client = (options: ClientOptions): Client => {
    const made = createClient(options, now)
    return { ...made, kept: { ...made.kept, ...dates(now) } }
  }
  return {
    id: seed.id ?? 'us-east-1_Emulator0',
    settings: { ...settingsOf(seed), kept: dates(now) },
    clients: new Map(seed.clients.map((options) => [options.clientId, client(options)])),
    users: new Map(),
    groups: new Map(groupsOf(seed, now).map((group) => [group.name, group])),
    sessions: new Map(),
    exchanges: new Map(),
    grants: new Map(),
    refreshTokens: new Map(),
    failures: new Map(),
    decoySeed: toBase64Url(random(32)),
    signingKey: seed.signingKey,
  }
}
