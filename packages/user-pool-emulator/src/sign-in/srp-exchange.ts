import { checkSrpA, resumeCognitoServer, SrpError, startCognitoServer } from '@srp6a/srp/cognito'
import { toBase64 } from '../config/encoding.js'
import { invalidParameter, invalidSession, wrongPassword } from '../config/errors.js'
import { checkTimestamp } from '../credentials/timestamp.js'
import { setWithSweep } from '../model/expiring.js'
import type { Attempt, Exchange } from '../model/state.js'
import { type AuthContext, parameter } from './auth-context.js'

/** As long as a recorded SECRET_BLOCK. */
const SECRET_BLOCK_BYTES = 1284

/** Return SRP_A of the request, refused when it is zero modulo N, not hex, or too long. */
export function srpAOf(context: AuthContext): string {
  const { assumptions } = context.pool.settings
  const srpA = parameter(context, 'SRP_A')
  try {
    checkSrpA(srpA)
  } catch (error) {
    if (error instanceof SrpError) throw invalidParameter(assumptions.badSrpA)
    throw error
  }
  return srpA
}

export interface ExchangeParameters {
  readonly SALT: string
  readonly SRP_B: string
  readonly SECRET_BLOCK: string
}

/** Draw b, send B and salt as BigInteger.toString(16) writes them, and remember the exchange under its block. */
export function startExchange(
  context: AuthContext,
  attempt: Attempt,
  kind: Exchange['kind'],
  record: { readonly scope: string; readonly userId: string; readonly salt: string; readonly verifier: string },
  srpA: string,
  session: string | undefined,
): ExchangeParameters {
  const { pool, client } = context
  const server = startCognitoServer(record, pool.host.srpOptions)
  const secretBlock = toBase64(pool.host.random(SECRET_BLOCK_BYTES))
  const now = pool.host.now()
  const exchange: Exchange = {
    secretBlock,
    kind,
    srpA,
    server: server.save(),
    attempt: structuredClone(attempt),
    session,
    expiresAt: now + client.lifetimes.session * 1000,
  }
  setWithSweep(pool.exchanges, secretBlock, exchange, now)
  return { SALT: server.SALT, SRP_B: server.SRP_B, SECRET_BLOCK: secretBlock }
}

/** Find the exchange that a PASSWORD_CLAIM_SECRET_BLOCK belongs to. */
export function findExchange(context: AuthContext, kind: Exchange['kind']): Exchange {
  const exchange = context.pool.exchanges.get(parameter(context, 'PASSWORD_CLAIM_SECRET_BLOCK'))
  if (exchange === undefined || exchange.kind !== kind) throw wrongPassword()
  if (exchange.attempt.clientId !== context.client.clientId) throw wrongPassword()
  if (exchange.expiresAt <= context.pool.host.now()) throw invalidSession()
  return exchange
}

/** Tell whether the signature of the request proves the password; the comparison takes constant time. */
export function verifyClaim(context: AuthContext, exchange: Exchange): boolean {
  const { host, settings } = context.pool
  const signature = parameter(context, 'PASSWORD_CLAIM_SIGNATURE')
  const timestamp = parameter(context, 'TIMESTAMP')
  checkTimestamp(timestamp, host.now(), settings.assumptions.maximumClockSkewSeconds)
  const server = resumeCognitoServer(exchange.server, host.srpOptions)
  try {
    server.verify({
      SRP_A: exchange.srpA,
      PASSWORD_CLAIM_SECRET_BLOCK: exchange.secretBlock,
      PASSWORD_CLAIM_SIGNATURE: signature,
      TIMESTAMP: timestamp,
    })
    return true
  } catch (error) {
    if (error instanceof SrpError) return false
    throw error
  }
}
