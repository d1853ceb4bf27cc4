import { identifier } from '../config/encoding.js'
import { invalidParameter, resourceNotFound } from '../config/errors.js'
import type { Json } from '../config/json.js'
import { FIRST_FACTORS, TIERS, type UserPoolSeed } from '../config/options.js'
import { customAttribute } from '../model/custom-attributes.js'
import { addPool, type Host, type Pool } from '../model/pool.js'
import { newPoolState, settingsOf } from '../model/settings.js'
import { STANDARD_ATTRIBUTES, STANDARD_NAMES } from '../model/standard-attributes.js'
import type { Settings } from '../model/state.js'
import { Input } from './input.js'
import { keptMembers } from './kept-members.js'
import { type Call, type Operations, signed } from './operation.js'
import { page } from './page.js'

/** @throws ServiceError ResourceNotFoundException "User pool … does not exist." */
export function getPool(host: Host, id: string): Pool {
  const pool = host.pools.get(id)
  if (pool === undefined) throw resourceNotFound(`User pool ${id} does not exist.`)
  return pool
}

export const isOneOf = <T extends string>(values: readonly T[], value: string | undefined): value is T =>
  (values as readonly (string | undefined)[]).includes(value)

const passwordPolicyOf = ({ passwordPolicy }: Settings): object => ({
  MinimumLength: passwordPolicy.minimumLength,
  RequireLowercase: passwordPolicy.requireLowercase,
  RequireUppercase: passwordPolicy.requireUppercase,
  RequireNumbers: passwordPolicy.requireNumbers,
  RequireSymbols: passwordPolicy.requireSymbols,
  PasswordHistorySize: passwordPolicy.historySize === 0 ? undefined : passwordPolicy.historySize,
  TemporaryPasswordValidityDays: passwordPolicy.temporaryPasswordValidityDays,
})

function describePool(pool: Pool): object {
  const { settings } = pool
  const { mode } = settings.deviceTracking
  return {
    ...settings.kept,
    Id: pool.id,
    Name: settings.name,
    SchemaAttributes: [...STANDARD_ATTRIBUTES, ...Object.values(settings.customAttributes)],
    Policies: { ...Object(settings.kept.Policies), PasswordPolicy: passwordPolicyOf(settings) },
    Arn: `arn:aws:cognito-idp:${pool.region}:000000000000:userpool/${pool.id}`,
    UserPoolTier: settings.tier,
    MfaConfiguration: settings.mfa.mode,
    AliasAttributes: settings.usernameAttributes.length > 0 ? undefined : settings.aliases,
    UsernameAttributes: settings.usernameAttributes.length > 0 ? settings.usernameAttributes : undefined,
    UsernameConfiguration: { CaseSensitive: settings.caseSensitive },
    DeviceConfiguration:
      mode === 'off'
        ? undefined
        : {
            ChallengeRequiredOnNewDevice: settings.deviceTracking.skipsMfa,
            DeviceOnlyRememberedOnUserPrompt: mode === 'opt-in',
          },
    EstimatedNumberOfUsers: pool.users.size,
  }
}

export const MFA_MODES = ['OFF', 'OPTIONAL', 'ON'] as const

/** Read what Create and Update have in common. A member that is left out has its default, in an update too. */
function seedOf(input: Input): Omit<UserPoolSeed, 'clients'> {
  const mfa = input.optionalString('MfaConfiguration') ?? 'OFF'
  if (!isOneOf(MFA_MODES, mfa)) throw invalidParameter(`Invalid MfaConfiguration ${mfa}`)
  const tier = input.optionalString('UserPoolTier')
  const devices = input.optionalStructure('DeviceConfiguration')
  const policies = input.optionalStructure('Policies')
  const policy = policies?.optionalStructure('PasswordPolicy')
  const flags = {
    minimumLength: policy?.number('MinimumLength'),
    requireLowercase: policy?.boolean('RequireLowercase'),
    requireUppercase: policy?.boolean('RequireUppercase'),
    requireNumbers: policy?.boolean('RequireNumbers'),
    requireSymbols: policy?.boolean('RequireSymbols'),
    historySize: policy?.number('PasswordHistorySize'),
    temporaryPasswordValidityDays: policy?.number('TemporaryPasswordValidityDays'),
  }
  const factors = policies?.optionalStructure('SignInPolicy')?.stringList('AllowedFirstAuthFactors')
  return {
    ...(isOneOf(TIERS, tier) ? { tier } : {}),
    mfa,
    ...(factors && { firstFactors: FIRST_FACTORS.filter((factor) => factors.includes(factor)) }),
    passwordPolicy: Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined)),
    deviceTracking:
      devices === undefined
        ? 'off'
        : {
            mode: devices.boolean('DeviceOnlyRememberedOnUserPrompt') ? 'opt-in' : 'always',
            skipsMfa: devices.boolean('ChallengeRequiredOnNewDevice') ?? false,
          },
  }
}

/** The members that only CreateUserPool has: a pool's names and its schema stay what they were. */
function foundationOf(input: Input): Omit<UserPoolSeed, 'clients'> {
  const names = input.stringList('UsernameAttributes') ?? []
  const aliases = input.stringList('AliasAttributes')
  const required = schemaOf(input).filter(({ Required, Name }) => Required === true && STANDARD_NAMES.has(String(Name)))
  return {
    usernameAttributes: names.filter((member) => member === 'email' || member === 'phone_number'),
    aliases: (aliases ?? names).filter((member) => isOneOf(['email', 'phone_number', 'preferred_username'], member)),
    caseSensitive: input.optionalStructure('UsernameConfiguration')?.boolean('CaseSensitive') ?? true,
    requiredAttributes: required.map(({ Name }) => String(Name)),
  }
}

const schemaOf = (input: Input): readonly Record<string, unknown>[] =>
  (input.list('Schema') ?? []).map((member) => new Input(member).fields)

const keptOf = (input: Input): Settings['kept'] => keptMembers('UserPoolType', input)

function createPool({ host, input }: Call): Json {
  const region = [...host.pools.values()][0]?.region ?? 'us-east-1'
  const seed: UserPoolSeed = {
    id: `${region}_${identifier(host.random, 9)}`,
    name: input.string('PoolName'),
    clients: [],
    ...seedOf(input),
    ...foundationOf(input),
  }
  const custom = schemaOf(input).filter(({ Name }) => !STANDARD_NAMES.has(String(Name)))
  const state = newPoolState(seed, host.random, host.now())
  state.settings = {
    ...state.settings,
    customAttributes: Object.fromEntries(custom.map((attribute) => customAttribute(attribute))),
    kept: { ...state.settings.kept, ...keptOf(input) },
  }
  return { UserPool: describePool(addPool(host, state)) }
}

/** "If you don't provide a value for an attribute, Amazon Cognito sets it to its default value." (UpdateUserPool) */
function updatePool({ host, input }: Call): Json {
  const pool = getPool(host, input.string('UserPoolId'))
  const { settings } = pool
  const name = input.optionalString('PoolName') ?? settings.name
  const fresh = settingsOf({ clients: [], name, ...seedOf(input) })
  const { CreationDate, UsernameConfiguration } = settings.kept
  pool.settings = {
    ...settings,
    name,
    tier: fresh.tier,
    firstFactors: fresh.firstFactors,
    passwordPolicy: fresh.passwordPolicy,
    deviceTracking: fresh.deviceTracking,
    // The methods are SetUserPoolMfaConfig's.
    mfa: { ...settings.mfa, mode: fresh.mfa.mode },
    kept: { ...keptOf(input), UsernameConfiguration, CreationDate, LastModifiedDate: host.now() / 1000 },
  }
  return {}
}

function deletePool({ host, input }: Call): Json {
  const { id, settings } = getPool(host, input.string('UserPoolId'))
  if (settings.kept.DeletionProtection === 'ACTIVE') {
    throw invalidParameter(
      'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
    )
  }
  host.pools.delete(id)
  return {}
}

function addCustomAttributes({ host, input }: Call): Json {
  const pool = getPool(host, input.string('UserPoolId'))
  const added = (input.list('CustomAttributes') ?? []).map((member) => customAttribute(new Input(member).fields))
  for (const [name] of added) {
    if (Object.hasOwn(pool.settings.customAttributes, name)) {
      throw invalidParameter(`${name}: Existing attribute already has name ${name}.`)
    }
  }
  const customAttributes = { ...pool.settings.customAttributes, ...Object.fromEntries(added) }
  pool.settings = { ...pool.settings, customAttributes }
  return {}
}

/** Pools, made, changed and looked at while the emulator runs. */
export const poolOperations: Operations = {
  CreateUserPool: signed(createPool),
  UpdateUserPool: signed(updatePool),
  AddCustomAttributes: signed(addCustomAttributes),
  DescribeUserPool: signed(({ host, input }) => ({
    UserPool: describePool(getPool(host, input.string('UserPoolId'))),
  })),
  DeleteUserPool: signed(deletePool),
  ListUserPools: signed(({ host, input }) => {
    const all = [...host.pools.values()].map((pool) => ({
      Id: pool.id,
      Name: pool.settings.name,
      LambdaConfig: pool.settings.kept.LambdaConfig,
      LastModifiedDate: pool.settings.kept.LastModifiedDate,
      CreationDate: pool.settings.kept.CreationDate,
    }))
    const { items, next } = page(
      { all, scope: 'pools', keyOf: ({ Id }) => Id },
      input.number('MaxResults'),
      input.optionalString('NextToken'),
    )
    return { UserPools: items, NextToken: next }
  }),
}
