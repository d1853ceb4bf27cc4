import { invalidSession, wrongPassword } from '../../config/errors.js'
import { checkSecretHash } from '../../credentials/secret-hash.js'
import { advance, checkDeviceKey } from '../advance.js'
import { type AuthContext, parameter, type Reply } from '../auth-context.js'
import { advanceCustom } from '../custom.js'
import { checkPassword, isSameUser } from '../first-factor.js'
import { closeSession, findSession } from '../session.js'
import { findExchange, verifyClaim } from '../srp-exchange.js'

/** PASSWORD_VERIFIER: the answer to the SRP parameters of a user. */
export async function answerPasswordVerifier(context: AuthContext): Promise<Reply> {
  const username = parameter(context, 'USERNAME')
  for (const name of ['PASSWORD_CLAIM_SIGNATURE', 'PASSWORD_CLAIM_SECRET_BLOCK', 'TIMESTAMP']) parameter(context, name)
  checkSecretHash(context.client, username, context.parameters.get('SECRET_HASH'))
  const exchange = findExchange(context, 'user')
  if (!(await isSameUser(context, exchange.attempt))) throw wrongPassword()
  if (exchange.session !== context.session) throw invalidSession()
  const session = exchange.session === undefined ? undefined : findSession(context, 'PASSWORD_VERIFIER')
  const { attempt } = exchange
  const known = attempt.decoy ? undefined : context.pool.users.get(attempt.username)
  checkPassword(context, attempt.username, known, () => verifyClaim(context, exchange))
  checkDeviceKey(context, attempt)
  const passed = session === undefined ? structuredClone(attempt) : closeSession(context, session)
  // The answer decides: after "Device does not exist." clients send it again without the key.
  passed.deviceKey = context.parameters.get('DEVICE_KEY')
  if (passed.rounds === undefined) return advance(context, passed)
  passed.rounds.push({ challengeName: 'PASSWORD_VERIFIER', challengeResult: true })
  return advanceCustom(context, passed)
}
