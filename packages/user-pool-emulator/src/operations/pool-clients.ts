import { identifier } from '../config/encoding.js'
import { invalidParameter, resourceNotFound } from '../config/errors.js'
import type { Json } from '../config/json.js'
import { CLIENT_ID } from '../config/option-checks.js'
import { type ClientOptions, EXPLICIT_AUTH_FLOWS, type ExplicitAuthFlow, type Lifetimes } from '../config/options.js'
import { createClient } from '../model/clients.js'
import type { Pool } from '../model/pool.js'
import type { Client } from '../model/state.js'
import { describeValidity, readValidity } from '../model/token-validity.js'
import type { Input } from './input.js'
import { keptMembers } from './kept-members.js'
import { type Call, type Operations, signed } from './operation.js'
import { page } from './page.js'
import { getPool, isOneOf } from './pools.js'

function lifetimesOf(input: Input): Lifetimes {
  const validity = readValidity(input.fields)
  if (validity === undefined) throw invalidParameter('Invalid range for token validity.')
  const session = input.number('AuthSessionValidity')
  if (session !== undefined) {
    if (session < 3 || session > 15) throw invalidParameter('AuthSessionValidity must be from 3 to 15 minutes')
    return { ...validity, session: session * 60 }
  }
  return validity
}

function describeClient(pool: Pool, client: Client): object {
  const { lifetimes } = client
  return {
    ...client.kept,
    UserPoolId: pool.id,
    ClientId: client.clientId,
    ClientName: client.clientName,
    ClientSecret: client.clientSecret,
    ExplicitAuthFlows: client.kept.ExplicitAuthFlows ?? client.explicitAuthFlows,
    PreventUserExistenceErrors: client.preventUserExistenceErrors,
    AuthSessionValidity: lifetimes.session / 60,
    ...describeValidity(lifetimes, client.kept),
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

// The names of before, which "you can't assign … at the same time as values that begin with ALLOW_" (CreateUserPoolClient).
// Each adds its flow to the usual ones; CUSTOM_AUTH_FLOW_ONLY takes SRP away.
const FORMER_FLOWS: Readonly<Record<string, ExplicitAuthFlow>> = {
  ADMIN_NO_SRP_AUTH: 'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  USER_PASSWORD_AUTH: 'ALLOW_USER_PASSWORD_AUTH',
  CUSTOM_AUTH_FLOW_ONLY: 'ALLOW_CUSTOM_AUTH',
}

/** Return the flows that the values of ExplicitAuthFlows stand for. */
function flowsOf(values: readonly string[]): readonly ExplicitAuthFlow[] {
  const former = values.flatMap((value) => (Object.hasOwn(FORMER_FLOWS, value) ? (FORMER_FLOWS[value] ?? []) : []))
  if (former.length > 0) {
    if (former.length < values.length) {
      throw invalidParameter('ExplicitAuthFlows cannot mix values that begin with ALLOW_ and others.')
    }
    const srp = !values.includes('CUSTOM_AUTH_FLOW_ONLY')
    return [...new Set([...USUAL_FLOWS.filter((flow) => srp || flow !== 'ALLOW_USER_SRP_AUTH'), ...former])]
  }
  return values.map((value) => {
    if (!isOneOf(EXPLICIT_AUTH_FLOWS, value)) throw invalidParameter(`Invalid ExplicitAuthFlows ${value}`)
    return value
  })
}

/** Read what Create and Update have in common. A member that is left out has its default, in an update too. */
function optionsOf(input: Input): Omit<ClientOptions, 'clientId' | 'clientName'> {
  const rotation = input.optionalStructure('RefreshTokenRotation')
  const rotates = rotation?.optionalString('Feature') === 'ENABLED'
  const values = input.stringList('ExplicitAuthFlows')
  const flows = values && flowsOf(values)
  if (rotates && flows?.includes('ALLOW_REFRESH_TOKEN_AUTH')) {
    throw invalidParameter('ALLOW_REFRESH_TOKEN_AUTH cannot be used with refresh token rotation')
  }
  const existence = input.optionalString('PreventUserExistenceErrors') ?? 'LEGACY'
  if (existence !== 'ENABLED' && existence !== 'LEGACY') throw invalidParameter('Invalid PreventUserExistenceErrors')
  return {
    explicitAuthFlows: flows ?? USUAL_FLOWS.filter((flow) => !(rotates && flow === 'ALLOW_REFRESH_TOKEN_AUTH')),
    preventUserExistenceErrors: existence,
    lifetimes: lifetimesOf(input),
    refreshTokenRotation: rotates ? { graceSeconds: rotation?.number('RetryGracePeriodSeconds') ?? 0 } : false,
  }
}

const keptOf = (input: Input): Client['kept'] => keptMembers('UserPoolClientType', input)

function createPoolClient({ host, input }: Call): Json {
  const pool = getPool(host, input.string('UserPoolId'))
  const made = input.boolean('GenerateSecret') ? identifier(host.random, 51).toLowerCase() : undefined
  const secret = input.optionalString('ClientSecret') ?? made
  const named = {
    clientId: identifier(host.random, 26).toLowerCase(),
    clientName: input.string('ClientName'),
    ...(secret === undefined ? {} : { clientSecret: secret }),
  }
  const kept = { ...keptOf(input), CreationDate: host.now() / 1000, LastModifiedDate: host.now() / 1000 }
  const client = { ...createClient({ ...named, ...optionsOf(input) }, host.now()), kept }
  pool.clients.set(client.clientId, client)
  return { UserPoolClient: describeClient(pool, client) }
}

/** "If you don't provide a value for an attribute, Amazon Cognito sets it to its default value." (UpdateUserPoolClient) */
function updatePoolClient(call: Call): Json {
  const { host, input } = call
  const { pool, client } = namedClient(call)
  const clientName = input.optionalString('ClientName') ?? client.clientName
  const { secrets, clientSecret, ssoMinutes, kept } = client
  const updated: Client = {
    ...createClient({ clientId: client.clientId, clientName, ...optionsOf(input) }, host.now()),
    secrets,
    clientSecret,
    ssoMinutes,
    kept: { ...keptOf(input), CreationDate: kept.CreationDate, LastModifiedDate: host.now() / 1000 },
  }
  pool.clients.set(client.clientId, updated)
  return { UserPoolClient: describeClient(pool, updated) }
}

/** @throws ServiceError ResourceNotFoundException for the pool or the client */
export function namedClient({ host, input }: Call): { pool: Pool; client: Client } {
  const pool = getPool(host, input.string('UserPoolId'))
  const clientId = input.string('ClientId')
  const client = CLIENT_ID.test(clientId) ? pool.clients.get(clientId) : undefined
  if (client === undefined) throw resourceNotFound(`User pool client ${clientId} does not exist.`)
  return { pool, client }
}

/** App clients, made, changed and looked at while the emulator runs. */
export const poolClientOperations: Operations = {
  UpdateUserPoolClient: signed(updatePoolClient),
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
    const { items, next } = page(
      { all, scope: `clients ${pool.id}`, keyOf: ({ ClientId }) => ClientId },
      input.number('MaxResults'),
      input.optionalString('NextToken'),
    )
    return { UserPoolClients: items, NextToken: next }
  }),
}
