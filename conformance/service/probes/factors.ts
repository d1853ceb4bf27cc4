// Second factors, sessions and the choice of the first factor.
import { startCognitoClient } from '@srp6a/srp/cognito'
import { TOTP } from 'otpauth'
import { NotPossible, type Probe, probesOf } from '../probe.js'
import { next, PASSWORD, type Scene, seen } from '../scene.js'
import { choice, plain, totpForAll } from './needs.js'

const code = (secret: string, at = Date.now()): string => new TOTP({ secret }).generate({ timestamp: at })

/** Sign in as far as MFA_SETUP, and set an authenticator app up as far as VerifySoftwareToken. */
async function verifiedApp(scene: Scene): Promise<{ name: string; secret: string; session: string }> {
  const name = await scene.user()
  const reply = await scene.signIn(name)
  if (reply.ChallengeName !== 'MFA_SETUP') throw new NotPossible(`the sign-in gave ${next(reply)}`)
  const associated = await scene.call('AssociateSoftwareToken', { Session: reply.Session })
  const secret = String(associated.SecretCode)
  const verified = await scene.call('VerifySoftwareToken', { Session: associated.Session, UserCode: code(secret) })
  return { name, secret, session: String(verified.Session) }
}

export const factors: readonly Probe[] = [
  ...probesOf(totpForAll, [
    {
      id: 'mfas-can-setup',
      says: 'MFAS_CAN_SETUP lists what the pool allows.',
      source: 'recorded replies in the tests of amplify-js and amplify-swift',
      expected: ['SOFTWARE_TOKEN_MFA'],
      async observe(scene) {
        const { ChallengeParameters: parameters } = await scene.signIn(await scene.user())
        return JSON.parse(parameters?.MFAS_CAN_SETUP ?? 'null')
      },
    },
    {
      id: 'verified-app-stays-verified',
      says: 'VerifySoftwareToken marks the app as verified there and afterwards: the next sign-in asks for its code.',
      source: 'service model, VerifySoftwareToken; Amazon’s example scenarios in Python and Java',
      expected: 'SOFTWARE_TOKEN_MFA',
      async observe(scene) {
        const { name } = await verifiedApp(scene)
        return next(await scene.signIn(name))
      },
    },
    {
      id: 'session-missing',
      says: 'A challenge that is answered without its Session says which parameter is missing.',
      source: 'amazon-cognito-identity-js issues 627 and 542',
      expected: 'InvalidParameterException: Missing required parameter Session',
      async observe(scene) {
        const { name, secret } = await verifiedApp(scene)
        await scene.signIn(name)
        return seen(
          await scene.refusal('RespondToAuthChallenge', {
            ClientId: scene.clientId,
            ChallengeName: 'SOFTWARE_TOKEN_MFA',
            ChallengeResponses: { USERNAME: name, SOFTWARE_TOKEN_MFA_CODE: code(secret) },
          }),
        )
      },
    },
    {
      id: 'session-twice',
      says: 'A Session that was used is refused with a text of its own.',
      source: 'amplify-js issues 14330 and 13123',
      expected: 'NotAuthorizedException: Invalid session for the user, session can only be used once.',
      async observe(scene) {
        const { name, secret } = await verifiedApp(scene)
        const { Session } = await scene.signIn(name)
        const answer = {
          ClientId: scene.clientId,
          ChallengeName: 'SOFTWARE_TOKEN_MFA',
          // The next code: the service takes no code twice, and the first was used at the set-up.
          ChallengeResponses: { USERNAME: name, SOFTWARE_TOKEN_MFA_CODE: code(secret, Date.now() + 30_000) },
          Session,
        }
        await scene.call('RespondToAuthChallenge', answer)
        return seen(await scene.refusal('RespondToAuthChallenge', answer))
      },
    },
    {
      id: 'wrong-code',
      says: 'A wrong code is CodeMismatchException, and the Session stays good.',
      source: 'API reference of RespondToAuthChallenge; ministack and amplify tests',
      expected: { refused: 'CodeMismatchException', afterwards: 'tokens' },
      async observe(scene) {
        const { name, secret } = await verifiedApp(scene)
        const { Session } = await scene.signIn(name)
        const answer = (SOFTWARE_TOKEN_MFA_CODE: string) => ({
          ClientId: scene.clientId,
          ChallengeName: 'SOFTWARE_TOKEN_MFA',
          ChallengeResponses: { USERNAME: name, SOFTWARE_TOKEN_MFA_CODE },
          Session,
        })
        const right = code(secret, Date.now() + 30_000)
        const wrong = right === '000000' ? '000001' : '000000'
        const { name: refused } = await scene.refusal('RespondToAuthChallenge', answer(wrong))
        return { refused, afterwards: next(await scene.call('RespondToAuthChallenge', answer(right))) }
      },
    },
  ]),
  ...probesOf(choice, [
    {
      id: 'preferred-challenge-lists-choices',
      says: 'USER_AUTH with a preferred challenge that is available lists AvailableChallenges too.',
      source: 'examples of the API reference of InitiateAuth',
      expected: { challenge: 'PASSWORD_VERIFIER', lists: true },
      async observe(scene) {
        const USERNAME = await scene.user()
        const parameters = { USERNAME, PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A: startCognitoClient().srpA }
        const reply = await scene.initiate('USER_AUTH', parameters)
        return { challenge: next(reply), lists: Array.isArray(reply.AvailableChallenges) }
      },
    },
    {
      id: 'preferred-challenge-unavailable',
      says: 'USER_AUTH with a preferred challenge that is not available gives SELECT_CHALLENGE.',
      source: 'developer guide, choice-based sign-in',
      expected: 'SELECT_CHALLENGE',
      async observe(scene) {
        const USERNAME = await scene.user()
        return next(await scene.initiate('USER_AUTH', { USERNAME, PREFERRED_CHALLENGE: 'WEB_AUTHN' }))
      },
    },
    {
      id: 'sign-up-session',
      says: 'SignUp gives a Session to clients that allow USER_AUTH.',
      source: 'service model; aws-sdk-js-v3 issue 6724; amplify-android issues 3135, 3136',
      expected: true,
      async observe(scene) {
        const Username = `probe-${Date.now().toString(36)}`
        const reply = await scene.call('SignUp', { ClientId: scene.clientId, Username, Password: PASSWORD })
        return typeof reply.Session === 'string'
      },
    },
  ]),
  ...probesOf(plain, [
    {
      id: 'admin-refuses-user-flow',
      says: 'AdminInitiateAuth does not take USER_PASSWORD_AUTH.',
      source: 'AWS by e-mail, moto pull request 4836; floci does otherwise',
      assumption: 'adminTakesUserPasswordAuth',
      expected: 'InvalidParameterException',
      async observe(scene) {
        const { name } = await scene.refusal('AdminInitiateAuth', {
          UserPoolId: scene.id,
          ClientId: scene.clientId,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: await scene.user(), PASSWORD },
        })
        return name
      },
    },
    {
      id: 'mfa-on-needs-a-method',
      says: 'SetUserPoolMfaConfig refuses ON without a method.',
      source: 'floci’s documents ("as live")',
      expected: 'InvalidParameterException',
      async observe(scene) {
        const refused = await scene.refusal('SetUserPoolMfaConfig', { UserPoolId: scene.id, MfaConfiguration: 'ON' })
        return refused.name
      },
    },
    {
      id: 'custom-auth-without-triggers',
      says: 'CUSTOM_AUTH in a pool without triggers is InvalidParameterException.',
      source: 'not known: an assumption',
      assumption: 'noCustomAuth',
      expected: 'InvalidParameterException: Custom auth lambda trigger is not configured for the user pool.',
      async observe(scene) {
        const AuthParameters = { USERNAME: await scene.user() }
        return seen(
          await scene.refusal('InitiateAuth', { ClientId: scene.clientId, AuthFlow: 'CUSTOM_AUTH', AuthParameters }),
        )
      },
    },
  ]),
]
