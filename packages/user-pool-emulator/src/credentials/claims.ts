import type { JWTPayload } from 'jose'
import { callTrigger, eventAttributes, type TriggerCall } from '../model/call-trigger.js'
import type { Pool } from '../model/pool.js'
import type { Client, Grant, User } from '../model/state.js'
import { rolesOf } from './roles.js'

/** For whom tokens are made, and why. */
export interface TokenRequest {
  readonly pool: Pool
  readonly client: Client
  readonly user: User
  readonly grant: Grant
  /** scheme and host the request came to, for `iss` */
  readonly origin: string
  /** TokenGeneration_Authentication, TokenGeneration_RefreshTokens… */
  readonly source: string
  /** what reaches the trigger; undefined where the service passes on none */
  readonly clientMetadata: Readonly<Record<string, string>> | undefined
}

const BOOLEAN_CLAIMS = new Set(['email_verified', 'phone_number_verified'])

/** Return a user's attributes as claims: booleans and times in the types of OpenID Connect Core 1.0, section 5.1. */
export function userClaims(user: User): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(user.attributes).map(([name, value]) => {
      if (BOOLEAN_CLAIMS.has(name)) return [name, value === 'true']
      if (name === 'updated_at' && /^\d+$/.test(value)) return [name, Number(value)]
      return [name, name === 'address' ? { formatted: value } : value]
    }),
  )
}

interface ClaimsOverride {
  readonly claimsToAddOrOverride?: Record<string, unknown>
  readonly claimsToSuppress?: readonly string[]
  readonly scopesToAdd?: readonly string[]
  readonly scopesToSuppress?: readonly string[]
}

interface GroupOverride {
  readonly groupsToOverride?: readonly string[]
  readonly preferredRole?: string | null
  readonly iamRolesToOverride?: readonly string[]
}

/** The changes that the PreTokenGeneration trigger makes. */
export interface Customisation {
  readonly id: ClaimsOverride | undefined
  readonly access: ClaimsOverride | undefined
  readonly groups: GroupOverride | undefined
}

// Claims that no trigger can change.
// https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
const PROTECTED = new Set(
  (
    'acr amr at_hash auth_time azp cnf cognito:username device_key event_id exp iat identities iss jti nbf nonce ' +
    'origin_jti s_hash sub token_use aud client_id username version'
  ).split(' '),
)
const PROTECTED_GROUPS = new Set(['cognito:groups', 'cognito:roles', 'cognito:preferred_role'])
const isProtected = (name: string): boolean => PROTECTED.has(name) || PROTECTED_GROUPS.has(name)

/** Return what a user's groups give, as the event has it. */
function groupConfiguration(pool: Pool, user: User): Required<GroupOverride> {
  const { roles, preferred } = rolesOf(pool, user)
  return { groupsToOverride: user.groups, iamRolesToOverride: roles, preferredRole: preferred ?? null }
}

/** Ask PreTokenGeneration for the tokens of a user. */
export const customise = ({ pool, client, user, source, clientMetadata }: TokenRequest): Promise<Customisation> =>
  askPreTokenGeneration(pool, {
    version: '2',
    source,
    clientId: client.clientId,
    userName: user.username,
    request: {
      userAttributes: eventAttributes(user),
      groupConfiguration: groupConfiguration(pool, user),
      scopes: ['aws.cognito.signin.user.admin'],
      ...(clientMetadata === undefined ? {} : { clientMetadata }),
    },
  })

/** Call PreTokenGeneration, and read the response in the shape of any version of its event. */
export async function askPreTokenGeneration(pool: Pool, call: TriggerCall): Promise<Customisation> {
  const response = await callTrigger(pool, 'preTokenGeneration', call)
  const first = response?.claimsOverrideDetails as (ClaimsOverride & { groupOverrideDetails?: GroupOverride }) | null
  const second = response?.claimsAndScopeOverrideDetails as {
    idTokenGeneration?: ClaimsOverride
    accessTokenGeneration?: ClaimsOverride
    groupOverrideDetails?: GroupOverride
  } | null
  return {
    id: second?.idTokenGeneration ?? first ?? undefined,
    access: second?.accessTokenGeneration ?? undefined,
    groups: second?.groupOverrideDetails ?? first?.groupOverrideDetails ?? undefined,
  }
}

/** Return the claims with a trigger's changes; protected ones stay as they are. */
export function override(claims: JWTPayload, changes: ClaimsOverride | undefined): JWTPayload {
  const added = Object.entries(changes?.claimsToAddOrOverride ?? {}).filter(([name]) => !isProtected(name))
  const gone = new Set((changes?.claimsToSuppress ?? []).filter((name) => !isProtected(name)))
  return Object.fromEntries([...Object.entries(claims), ...added].filter(([name]) => !gone.has(name)))
}

/** Return the scopes of an access token with a trigger's changes. */
export function overrideScopes(scopes: readonly string[], changes: ClaimsOverride | undefined): string {
  const gone = new Set(changes?.scopesToSuppress ?? [])
  return [...new Set([...scopes, ...(changes?.scopesToAdd ?? [])])].filter((scope) => !gone.has(scope)).join(' ')
}

/** Return the claim about groups, which both tokens have, with a trigger's changes. */
export function groupClaims(groups: readonly string[], changes: GroupOverride | undefined): Record<string, unknown> {
  const names = changes?.groupsToOverride ?? groups
  return names.length > 0 ? { 'cognito:groups': names } : {}
}

/** Return the claims about roles, which ID tokens alone have, with a trigger's changes. */
export function roleClaims(pool: Pool, user: User, changes: GroupOverride | undefined): Record<string, unknown> {
  const { roles, preferred } = rolesOf(pool, user)
  return {
    ...(roles.length > 0 ? { 'cognito:roles': roles } : {}),
    ...(preferred === undefined ? {} : { 'cognito:preferred_role': preferred }),
    ...(changes?.iamRolesToOverride ? { 'cognito:roles': changes.iamRolesToOverride } : {}),
    ...(changes?.preferredRole ? { 'cognito:preferred_role': changes.preferredRole } : {}),
  }
}
