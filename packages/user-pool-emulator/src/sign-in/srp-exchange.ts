import { checkSrpA, resumeCognitoServer, SrpError, startCognitoServer } from '@srp6a/srp/cognito'
import { assumptions } from '../assumptions.js'
import { invalidParameter, invalidSession, wrongPassword } from '../errors.js'
import { keep } from '../pool.js'
import type { Attempt, Exchange } from '../state.js'
import { toBase64 } from '../text.js'
import { checkTimestamp } from '../timestamp.js'
import { parameter, type Turn } from './turn.js'

/** SRP_A of the request, refused when it is zero modulo N, not hex, or too long. */
export function srpAOf(turn: Turn): string {
  const srpA = parameter(turn, 'SRP_A')
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

/** Draws b, sends B and salt as BigInteger.toString(16) writes them, and remembers the exchange under its block. */
export function startExchange(
  turn: Turn,
  attempt: Attempt,
  kind: Exchange['kind'],
  record: { readonly scope: string; readonly userId: string; readonly salt: string; readonly verifier: string },
  srpA: string,
  session: string | undefined,
): ExchangeParameters {
  const { pool, client } = turn
  const server = startCognitoServer(record, pool.host.srpOptions)
  const secretBlock = toBase64(pool.host.random(assumptions.secretBlockBytes))
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
  keep(pool.exchanges, secretBlock, exchange, now)
  return { SALT: server.salt, SRP_B: server.srpB, SECRET_BLOCK: secretBlock }
}

/** The exchange that a PASSWORD_CLAIM_SECRET_BLOCK belongs to. */
export function findExchange(turn: Turn, kind: Exchange['kind']): Exchange {
  const exchange = turn.pool.exchanges.get(parameter(turn, 'PASSWORD_CLAIM_SECRET_BLOCK'))
  if (exchange === undefined || exchange.kind !== kind) throw wrongPassword()
  if (exchange.attempt.clientId !== turn.client.clientId) throw wrongPassword()
  if (exchange.expiresAt <= turn.pool.host.now()) throw invalidSession()
  return exchange
}

/** Whether the signature of the request proves the password; the comparison takes constant time. */
export function verifyClaim(turn: Turn, exchange: Exchange): boolean {
  const signature = parameter(turn, 'PASSWORD_CLAIM_SIGNATURE')
  const timestamp = parameter(turn, 'TIMESTAMP')
  checkTimestamp(timestamp, turn.pool.host.now())
  const server = resumeCognitoServer(exchange.server, turn.pool.host.srpOptions)
  try {
    return server.verify({ srpA: exchange.srpA, secretBlock: exchange.secretBlock, signature, timestamp })
  } catch (error) {
    // A signature that is not even base64.
    if (error instanceof SrpError) return false
    throw error
  }
}
