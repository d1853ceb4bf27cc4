import { resourceNotFound } from '../config/errors.js'
import { type ClientOptions, EXPLICIT_AUTH_FLOWS, type ExplicitAuthFlow } from '../config/options.js'
import type { Host, Pool } from './pool.js'
import type { Client, ClientSecret } from './state.js'

const DEFAULT_LIFETIMES = { session: 180, access: 3600, id: 3600, refresh: 30 * 86_400 }

/** A secret with its id, whose form the service's model describes. */
export const newSecret = (clientId: string, value: string, now: number): ClientSecret => ({
  id: `${clientId}--${Math.floor(now / 1000)}`,
  value,
  createdAt: now,
})

/** The members of a client that its secrets make. */
export const withSecrets = (secrets: readonly ClientSecret[]): Pick<Client, 'clientSecret' | 'secrets'> => ({
  clientSecret: secrets[0]?.value,
  secrets,
})

/** A client with every default filled in. */
export function createClient(options: ClientOptions, now: number): Client {
  const rotation = options.refreshTokenRotation ?? false
  const grace = typeof rotation === 'object' ? (rotation.graceSeconds ?? 0) : 0
  const rotates = rotation !== false
  const allFlows = EXPLICIT_AUTH_FLOWS.filter(
    (flow) => flow !== 'ALLOW_CLIENT_TOKEN_AUTH' && !(rotates && flow === 'ALLOW_REFRESH_TOKEN_AUTH'),
  )
  return {
    clientId: options.clientId,
    clientName: options.clientName ?? options.clientId,
    ...withSecrets(options.clientSecret === undefined ? [] : [newSecret(options.clientId, options.clientSecret, now)]),
    ssoMinutes: 60,
    explicitAuthFlows: options.explicitAuthFlows ?? allFlows,
    preventUserExistenceErrors: options.preventUserExistenceErrors ?? 'ENABLED',
    lifetimes: { ...DEFAULT_LIFETIMES, ...options.lifetimes },
    rotationGraceSeconds: rotates ? grace : undefined,
    kept: options.scopes === undefined ? {} : { AllowedOAuthScopes: options.scopes },
  }
}

/** The pool and client of a ClientId, over all pools of the emulator. */
export function findClient(host: Host, clientId: string): { pool: Pool; client: Client } {
  for (const pool of host.pools.values()) {
    const client = pool.clients.get(clientId)
    if (client !== undefined) return { pool, client }
  }
  throw resourceNotFound(`User pool client ${clientId} does not exist.`)
}

/** Check if the client may use a flow. */
export const allows = (client: Client, flow: ExplicitAuthFlow): boolean => client.explicitAuthFlows.includes(flow)
