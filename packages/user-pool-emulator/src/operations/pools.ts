import { CLIENT_ID } from '../config/check-options.js'
import { identifier } from '../config/encoding.js'
import { invalidParameter, resourceNotFound } from '../config/errors.js'
import type { Json } from '../config/json.js'
import {
  EXPLICIT_AUTH_FLOWS,
  type ExplicitAuthFlow,
  MFA_METHODS,
  type MfaMethod,
  TIERS,
  type UserPoolSeed,
} from '../config/options.js'
import { createClient } from '../model/clients.js'
import { addPool, type Host, type Pool } from '../model/pool.js'
import { newPoolState } from '../model/settings.js'
import type { Client } from '../model/state.js'
import { Input } from './input.js'
import { type Call, type Operations, signed } from './operation.js'
import { page } from './page.js'

/** @throws ServiceError ResourceNotFoundException "User pool … does not exist." */
export function getPool(host: Host, id: string): Pool {
  const pool = host.pools.get(id)
  if (pool === undefined) throw resourceNotFound(`User pool ${id} does not exist.`)
  return pool
}

const isOneOf = <T extends string>(values: readonly T[], value: string | undefined): value is T =>
  (values as readonly (string | undefined)[]).includes(value)

function describePool(pool: Pool): object {
  const { settings } = pool
  const { mode } = settings.deviceTracking
  return {
    Id: pool.id,
    Name: settings.name,
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

const MFA_MODES = ['OFF', 'OPTIONAL', 'ON'] as const

function createPool({ host, input }: Call): Json {
  const name = input.string('PoolName')
  const mfa = input.optionalString('MfaConfiguration') ?? 'OFF'
  if (!isOneOf(MFA_MODES, mfa)) throw invalidParameter(`Invalid MfaConfiguration ${mfa}`)
  const tier = input.optionalString('UserPoolTier')
  const devices = input.optionalStructure('DeviceConfiguration')
  const policy = input.optionalStructure('Policies')?.optionalStructure('PasswordPolicy')
  const flags = {
    minimumLength: policy?.number('MinimumLength'),
    requireLowercase: policy?.boolean('RequireLowercase'),
    requireUppercase: policy?.boolean('RequireUppercase'),
    requireNumbers: policy?.boolean('RequireNumbers'),
    requireSymbols: policy?.boolean('RequireSymbols'),
    temporaryPasswordValidityDays: policy?.number('TemporaryPasswordValidityDays'),
  }
  const names = input.stringList('UsernameAttributes') ?? []
  const aliases = input.stringList('AliasAttributes')
  const region = [...host.pools.values()][0]?.region ?? 'us-east-1'
  const seed: UserPoolSeed = {
    id: `${region}_${identifier(host.random, 9)}`,
    name,
    ...(isOneOf(TIERS, tier) ? { tier } : {}),
    clients: [],
    mfa,
    usernameAttributes: names.filter((member) => member === 'email' || member === 'phone_number'),
    aliases: (aliases ?? names).filter((member) => isOneOf(['email', 'phone_number', 'preferred_username'], member)),
    caseSensitive: input.optionalStructure('UsernameConfiguration')?.boolean('CaseSensitive') ?? true,
    passwordPolicy: Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined)),
    deviceTracking:
      devices === undefined
        ? 'off'
        : {
            mode: devices.boolean('DeviceOnlyRememberedOnUserPrompt') ? 'opt-in' : 'always',
            skipsMfa: devices.boolean('ChallengeRequiredOnNewDevice') ?? false,
          },
  }
  return { UserPool: describePool(addPool(host, newPoolState(seed, host.random))) }
}

const UNITS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 }

function lifetimesOf(input: Input): Record<string, number> {
  const units = input.optionalStructure('TokenValidityUnits') ?? new Input({})
  const lifetimes: Record<string, number> = {}
  const members = [
    ['access', 'AccessToken', 'hours'],
    ['id', 'IdToken', 'hours'],
    ['refresh', 'RefreshToken', 'days'],
  ] as const
  for (const [name, token, usual] of members) {
    const validity = input.number(`${token}Validity`)
    if (validity !== undefined && validity > 0) {
      lifetimes[name] = validity * (UNITS[units.optionalString(token) ?? usual] ?? 1)
    }
  }
  const session = input.number('AuthSessionValidity')
  if (session !== undefined) {
    if (session < 3 || session > 15) throw invalidParameter('AuthSessionValidity must be from 3 to 15 minutes')
    lifetimes.session = session * 60
  }
  return lifetimes
}

function describeClient(pool: Pool, client: Client): object {
  const { lifetimes } = client
  return {
    UserPoolId: pool.id,
    ClientId: client.clientId,
    ClientName: client.clientName,
    ClientSecret: client.clientSecret,
    ExplicitAuthFlows: client.explicitAuthFlows,
    PreventUserExistenceErrors: client.preventUserExistenceErrors,
    AuthSessionValidity: lifetimes.session / 60,
    AccessTokenValidity: lifetimes.access,
    IdTokenValidity: lifetimes.id,
    RefreshTokenValidity: lifetimes.refresh,
    TokenValidityUnits: { AccessToken: 'seconds', IdToken: 'seconds', RefreshToken: 'seconds' },
    RefreshTokenRotation:
      client.rotationGraceSeconds === undefined
        ? undefined
        : { Feature: 'ENABLED', RetryGracePeriodSeconds: client.rotationGraceSeconds },
  }
}

// "If you don't specify a value for ExplicitAuthFlows, your app client supports ALLOW_REFRESH_TOKEN_AUTH,
// ALLOW_USER_SRP_AUTH, and ALLOW_CUSTOM_AUTH." (CreateUserPoolClient, API reference)
const USUAL_FLOWS: readonly ExplicitAuthFlow[] = [
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_CUSTOM_AUTH',
]

function createPoolClient({ host, input }: Call): Json {
  const pool = getPool(host, input.string('UserPoolId'))
  const rotation = input.optionalStructure('RefreshTokenRotation')
  const rotates = rotation?.optionalString('Feature') === 'ENABLED'
  const flows = input.stringList('ExplicitAuthFlows')?.map((flow) => {
    if (!isOneOf(EXPLICIT_AUTH_FLOWS, flow)) throw invalidParameter(`Invalid ExplicitAuthFlows ${flow}`)
    return flow
  })
  if (rotates && flows?.includes('ALLOW_REFRESH_TOKEN_AUTH')) {
    throw invalidParameter('ALLOW_REFRESH_TOKEN_AUTH cannot be used with refresh token rotation')
  }
  const existence = input.optionalString('PreventUserExistenceErrors') ?? 'LEGACY'
  if (existence !== 'ENABLED' && existence !== 'LEGACY') throw invalidParameter('Invalid PreventUserExistenceErrors')
  const client = createClient(
    {
      clientId: identifier(host.random, 26).toLowerCase(),
      clientName: input.string('ClientName'),
      ...(input.boolean('GenerateSecret') ? { clientSecret: identifier(host.random, 51).toLowerCase() } : {}),
      explicitAuthFlows: flows ?? USUAL_FLOWS.filter((flow) => !(rotates && flow === 'ALLOW_REFRESH_TOKEN_AUTH')),
      preventUserExistenceErrors: existence,
      lifetimes: lifetimesOf(input),
      refreshTokenRotation: rotates ? { graceSeconds: rotation?.number('RetryGracePeriodSeconds') ?? 0 } : false,
    },
    host.now(),
  )
  pool.clients.set(client.clientId, client)
  return { UserPoolClient: describeClient(pool, client) }
}

/** @throws ServiceError ResourceNotFoundException for the pool or the client */
export function namedClient({ host, input }: Call): { pool: Pool; client: Client } {
  const pool = getPool(host, input.string('UserPoolId'))
  const clientId = input.string('ClientId')
  const client = CLIENT_ID.test(clientId) ? pool.clients.get(clientId) : undefined
  if (client === undefined) throw resourceNotFound(`User pool client ${clientId} does not exist.`)
  return { pool, client }
}

function setMfa({ host, input }: Call): Json {
  const pool = getPool(host, input.string('UserPoolId'))
  const mode = input.optionalString('MfaConfiguration') ?? pool.settings.mfa.mode
  if (!isOneOf(MFA_MODES, mode)) throw invalidParameter(`Invalid MfaConfiguration ${mode}`)
  const members: readonly (readonly [string, MfaMethod])[] = [
    ['SoftwareTokenMfaConfiguration', 'SOFTWARE_TOKEN_MFA'],
    ['SmsMfaConfiguration', 'SMS_MFA'],
    ['EmailMfaConfiguration', 'EMAIL_OTP'],
  ]
  const methods = members.flatMap(([name, method]) => {
    const configuration = input.optionalStructure(name)
    return configuration === undefined || configuration.boolean('Enabled') === false ? [] : [method]
  })
  // As the live service does, says floci's documentation.
  if (mode === 'OFF' && methods.length > 0) {
    throw invalidParameter("Invalid MFA configuration given, can't turn off MFA and configure an MFA together.")
  }
  if (mode !== 'OFF' && methods.length === 0) {
    throw invalidParameter("Invalid MFA configuration given, can't turn on MFA without configuring an MFA method.")
  }
  const webAuthn = webAuthnOf(pool, input.optionalStructure('WebAuthnConfiguration'))
  pool.settings = { ...pool.settings, webAuthn, mfa: { ...pool.settings.mfa, mode, methods } }
  return describeMfa(pool)
}

const VERIFICATIONS = ['required', 'preferred'] as const
const FACTORS = ['SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION'] as const

function webAuthnOf(pool: Pool, given: Input | undefined): Pool['settings']['webAuthn'] {
  const { webAuthn } = pool.settings
  if (given === undefined) return webAuthn
  const userVerification = given.optionalString('UserVerification') ?? webAuthn.userVerification
  const factorConfiguration = given.optionalString('FactorConfiguration') ?? 'SINGLE_FACTOR'
  if (!isOneOf(VERIFICATIONS, userVerification)) throw invalidParameter('Invalid UserVerification')
  if (!isOneOf(FACTORS, factorConfiguration)) throw invalidParameter('Invalid FactorConfiguration')
  const relyingPartyId = given.optionalString('RelyingPartyId') ?? webAuthn.relyingPartyId
  return { ...webAuthn, relyingPartyId, userVerification, factorConfiguration }
}

function describeMfa({ settings }: Pool): Json {
  const on = (method: MfaMethod): object | undefined => (settings.mfa.methods.includes(method) ? {} : undefined)
  return {
    MfaConfiguration: settings.mfa.mode,
    SoftwareTokenMfaConfiguration: { Enabled: settings.mfa.methods.includes(MFA_METHODS[0]) },
    SmsMfaConfiguration: on('SMS_MFA'),
    EmailMfaConfiguration: on('EMAIL_OTP'),
    WebAuthnConfiguration: {
      RelyingPartyId: settings.webAuthn.relyingPartyId,
      UserVerification: settings.webAuthn.userVerification,
      FactorConfiguration: settings.webAuthn.factorConfiguration,
    },
  }
}

/** Pools and clients, made and looked at while the emulator runs. */
export const poolOperations: Operations = {
  CreateUserPool: signed(createPool),
  DescribeUserPool: signed(({ host, input }) => ({
    UserPool: describePool(getPool(host, input.string('UserPoolId'))),
  })),
  DeleteUserPool: signed(({ host, input }) => {
    host.pools.delete(getPool(host, input.string('UserPoolId')).id)
    return {}
  }),
  ListUserPools: signed(({ host, input }) => {
    const all = [...host.pools.values()].map((pool) => ({ Id: pool.id, Name: pool.settings.name }))
    const { items, next } = page(all, input.number('MaxResults'), input.optionalString('NextToken'))
    return { UserPools: items, NextToken: next }
  }),
  SetUserPoolMfaConfig: signed(setMfa),
  GetUserPoolMfaConfig: signed(({ host, input }) => describeMfa(getPool(host, input.string('UserPoolId')))),
  CreateUserPoolClient: signed(createPoolClient),
  DescribeUserPoolClient: signed((call) => {
    const { pool, client } = namedClient(call)
    return { UserPoolClient: describeClient(pool, client) }
  }),
  DeleteUserPoolClient: signed((call) => {
    const { pool, client } = namedClient(call)
    pool.clients.delete(client.clientId)
    return {}
  }),
  ListUserPoolClients: signed(({ host, input }) => {
    const pool = getPool(host, input.string('UserPoolId'))
    const all = [...pool.clients.values()].map(({ clientId, clientName }) => ({
      ClientId: clientId,
      ClientName: clientName,
      UserPoolId: pool.id,
    }))
    const { items, next } = page(all, input.number('MaxResults'), input.optionalString('NextToken'))
    return { UserPoolClients: items, NextToken: next }
  }),
}
