// Sign-ins of cognito-srp-flows/lean against a service of a few lines, which needs no network: for shells too.
import { type CognitoServer, cognitoVerifier, parseUserPoolId, startCognitoServer } from '@srp6a/srp/cognito'
import {
  type AppClient,
  type CognitoApi,
  codes,
  passwordProofs,
  resumeWith,
  type Step,
  signInWith,
} from 'cognito-srp-flows/lean'
import { type Case, codeOf, codeOfError, equal } from './harness.js'
import type { Host } from './host.js'

const userPoolId = 'us-east-1_AbCdEfGhI'
const user = { username: 'ada', password: 'Correct-Horse-7' }
const identity = { scope: parseUserPoolId(userPoolId).poolName, userId: user.username, salt: '27f85844ee54dc43' }

const refused = () => Object.assign(new Error('Incorrect username or password.'), { name: 'NotAuthorizedException' })

/** A user pool with one user, whose proof is verified; with a second factor it asks for a code. */
function service(options: Pick<Host, 'random'>, secondFactor: boolean): CognitoApi {
  const record = { ...identity, verifier: cognitoVerifier({ ...identity, password: user.password }) }
  const tokens = { AccessToken: 'access', IdToken: 'id', RefreshToken: 'refresh', TokenType: 'Bearer', ExpiresIn: 3600 }
  const signedIn = { AuthenticationResult: tokens }
  let handshake: { server: CognitoServer; SRP_A: string } | undefined
  return {
    async call(operation, input) {
      const given = (input.AuthParameters ?? input.ChallengeResponses) as Record<string, string>
      if (operation === 'InitiateAuth') {
        const server = startCognitoServer(record, options)
        handshake = { server, SRP_A: given.SRP_A ?? '' }
        const { SALT, SRP_B } = server
        const ChallengeParameters = { USER_ID_FOR_SRP: user.username, SALT, SRP_B, SECRET_BLOCK: 'c2VjcmV0IGJsb2Nr' }
        return { ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters: { ...ChallengeParameters, USERNAME: 'ada' } }
      }
      if (input.ChallengeName === 'SMS_MFA') {
        if (given.SMS_MFA_CODE !== '123456') throw refused()
        return signedIn
      }
      try {
        handshake?.server.verify({
          ...(given as never as Parameters<CognitoServer['verify']>[0]),
          SRP_A: handshake.SRP_A,
        })
      } catch {
        throw refused()
      }
      if (!secondFactor) return signedIn
      return { ChallengeName: 'SMS_MFA', ChallengeParameters: { USERNAME: user.username }, Session: 'session' }
    },
  }
}

function kindIs<K extends Step['kind']>(step: Step, kind: K): Extract<Step, { kind: K }> {
  if (step.kind !== kind) throw new Error(`is at ${step.kind}, not at ${kind}`)
  return step as Extract<Step, { kind: K }>
}

export function leanCases({ random }: Host): Case[] {
  const options = random ? { random } : {}
  const client = (secondFactor = false): AppClient => ({
    api: service(options, secondFactor),
    userPoolId,
    clientId: 'client',
    ...options,
  })
  return [
    {
      name: 'lean: a sign-in by SRP',
      async run() {
        const { tokens, username } = kindIs(await signInWith(passwordProofs, client(), user), 'signed-in')
        equal([tokens.accessToken, tokens.refreshToken, username], ['access', 'refresh', 'ada'], 'step')
      },
    },
    {
      name: 'lean: a wrong password',
      async run() {
        const wrong = signInWith(passwordProofs, client(), { ...user, password: 'Wrong-Horse-7' })
        equal(await wrong.then(() => 'none', codeOfError), 'NotAuthorizedException', 'exception')
      },
    },
    {
      name: 'lean: a challenge that is not named, then answered where it is',
      async run() {
        const known = client(true)
        const step = kindIs(await signInWith(passwordProofs, known, user), 'other')
        equal(step.challenge, 'SMS_MFA', 'challenge')
        const later = kindIs(resumeWith({ ...passwordProofs, ...codes }, known, step.save()), 'code')
        kindIs(await later.answer('123456'), 'signed-in')
      },
    },
    {
      name: 'lean: a saved step of another app client',
      async run() {
        const known = client(true)
        const step = kindIs(await signInWith(passwordProofs, known, user), 'other')
        const other = { ...known, clientId: 'other' }
        // Not by its class: TypeScript's lowering to ES5 loses that of errors.
        equal(
          codeOf(() => resumeWith(codes, other, step.save())),
          'wrong-pool',
          'code',
        )
      },
    },
  ]
}
