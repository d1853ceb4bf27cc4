import { invalidSession, missingParameter, wrongPassword } from '../../config/errors.js'
import { checkSecretHash } from '../../credentials/secret-hash.js'
import { advance, checkDeviceKey } from '../advance.js'
import { askMfa } from '../ask/mfa.js'
import { type AuthContext, passed as factorPassed, knownUser, parameter, type Reply } from '../auth-context.js'
import { advanceCustom } from '../custom.js'
import { checkPassword, isSameUser } from '../first-factor.js'
import { closeSession, findSession } from '../session.js'
import { findExchange, verifyClaim } from '../srp-exchange.js'

/** Answer PASSWORD_VERIFIER: the reply to the SRP parameters of a user. */
export async function answerPasswordVerifier(context: AuthContext): Promise<Reply> {
  const username = parameter(context, 'USERNAME')
  for (const name of ['PASSWORD_CLAIM_SIGNATURE', 'PASSWORD_CLAIM_SECRET_BLOCK', 'TIMESTAMP']) parameter(context, name)
  checkSecretHash(context.client, username, context.parameters.get('SECRET_HASH'))
  const exchange = findExchange(context, 'user')
  if (!(await isSameUser(context, exchange.attempt))) throw wrongPassword()
  if (exchange.session !== context.session) {
    throw context.session === undefined ? missingParameter('Session') : invalidSession()
  }
  const session = exchange.session === undefined ? undefined : findSession(context, 'PASSWORD_VERIFIER')
  const { attempt } = exchange
  const user = knownUser(context.pool, attempt)
  checkPassword(context, attempt.username, user, () => verifyClaim(context, exchange))
  checkDeviceKey(context, attempt)
  const passed = session === undefined ? structuredClone(attempt) : closeSession(session)
  factorPassed(passed, 'pwd')
  // The answer decides: after "Device does not exist." clients send it again without the key.
  passed.deviceKey = context.parameters.get('DEVICE_KEY')
  if (passed.rounds === undefined || user === undefined) return advance(context, passed)
  passed.rounds.push({ challengeName: 'PASSWORD_VERIFIER', challengeResult: true })
  // A user with MFA is asked for it next, and the triggers are not asked again (amplify-js #3876, by the service team;
  // #9592, #13123).
  const mfa = await askMfa(context, { ...passed, rounds: undefined }, user)
  return mfa ?? advanceCustom(context, passed)
}
