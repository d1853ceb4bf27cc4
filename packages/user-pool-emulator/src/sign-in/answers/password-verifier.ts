import { checkSecretHash } from '../../clients.js'
import { invalidSession, wrongPassword } from '../../errors.js'
import { advance, checkDeviceKey } from '../advance.js'
import { checkPassword, isSameUser } from '../first-factor.js'
import { closeSession, findSession } from '../session.js'
import { findExchange, verifyClaim } from '../srp-exchange.js'
import { parameter, type Reply, type Turn } from '../turn.js'

/** PASSWORD_VERIFIER: the answer to the SRP parameters of a user. */
export async function answerPasswordVerifier(turn: Turn): Promise<Reply> {
  const username = parameter(turn, 'USERNAME')
  for (const name of ['PASSWORD_CLAIM_SIGNATURE', 'PASSWORD_CLAIM_SECRET_BLOCK', 'TIMESTAMP']) parameter(turn, name)
  checkSecretHash(turn.client, username, turn.parameters.get('SECRET_HASH'))
  const exchange = findExchange(turn, 'user')
  if (!(await isSameUser(turn, exchange.attempt))) throw wrongPassword()
  if (exchange.session !== turn.session) throw invalidSession()
  const session = exchange.session === undefined ? undefined : findSession(turn, 'PASSWORD_VERIFIER')
  const { attempt } = exchange
  const known = attempt.decoy ? undefined : turn.pool.users.get(attempt.username)
  checkPassword(turn, attempt.username, known, () => verifyClaim(turn, exchange))
  checkDeviceKey(turn, attempt)
  const passed = session === undefined ? structuredClone(attempt) : closeSession(turn, session)
  // The answer decides: after "Device does not exist." clients send it again without the key.
  passed.deviceKey = turn.parameters.get('DEVICE_KEY')
  return advance(turn, passed)
}
