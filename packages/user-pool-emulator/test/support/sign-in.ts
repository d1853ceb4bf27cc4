// Sign-ins over the raw wire.
import { startCognitoClient } from '@srp6a/srp/cognito'
import { CLIENT_ID, hashFor, PASSWORD, POOL_ID, type Running, SECRET_CLIENT } from './pool.js'
import type { Reply } from './wire.js'

export interface SrpSignIn {
  readonly username: string
  readonly password: string
  readonly clientId?: string
  readonly deviceKey?: string
  /** signs as this user instead of USER_ID_FOR_SRP */
  readonly userId?: string
  readonly now?: Date
}

/** USER_SRP_AUTH up to the request that answers PASSWORD_VERIFIER, for tests that bend it before it is sent. */
export async function srpAnswer(
  { call, clock }: Running,
  { username, password, clientId = CLIENT_ID, deviceKey, userId, now }: SrpSignIn,
): Promise<{ ClientId: string; ChallengeName: string; ChallengeResponses: Record<string, string>; first: Reply }> {
  const srp = startCognitoClient()
  const device = deviceKey === undefined ? {} : { DEVICE_KEY: deviceKey }
  const secret = (name: string): Record<string, string> =>
    clientId === SECRET_CLIENT.clientId ? { SECRET_HASH: hashFor(name) } : {}
  const first = await call('InitiateAuth', {
    AuthFlow: 'USER_SRP_AUTH',
    ClientId: clientId,
    AuthParameters: { USERNAME: username, SRP_A: srp.srpA, ...device, ...secret(username) },
  })
  if (first.status !== 200) throw new Error(`InitiateAuth: ${JSON.stringify(first.body)}`)
  const { USER_ID_FOR_SRP } = first.body.ChallengeParameters
  const challenge = { ...first.body.ChallengeParameters, USER_ID_FOR_SRP: userId ?? USER_ID_FOR_SRP }
  const claim = srp.answerUser({ userPoolId: POOL_ID, password, challenge, now: now ?? clock.now })
  return {
    ClientId: clientId,
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeResponses: {
      USERNAME: USER_ID_FOR_SRP,
      ...claim,
      ...device,
      ...secret(USER_ID_FOR_SRP),
    },
    first,
  }
}

/** A whole USER_SRP_AUTH over the raw wire; the reply to PASSWORD_VERIFIER. */
export async function srpSignIn(running: Running, options: Partial<SrpSignIn> = {}): Promise<Reply> {
  const { first: _, ...answer } = await srpAnswer(running, { username: 'alice', password: PASSWORD, ...options })
  return running.call('RespondToAuthChallenge', answer)
}

/** USER_PASSWORD_AUTH over the raw wire. */
export const passwordSignIn = (
  { call }: Pick<Running, 'call'>,
  parameters: Record<string, string> = {},
  clientId: string = CLIENT_ID,
): Promise<Reply> =>
  call('InitiateAuth', {
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: clientId,
    AuthParameters: { USERNAME: 'alice', PASSWORD, ...parameters },
  })

/** The first request of USER_AUTH. */
export const beginUserAuth = (
  { call }: Pick<Running, 'call'>,
  parameters: Record<string, string> = {},
): Promise<Reply> =>
  call('InitiateAuth', {
    AuthFlow: 'USER_AUTH',
    ClientId: CLIENT_ID,
    AuthParameters: { USERNAME: 'alice', ...parameters },
  })

/** The first request of USER_SRP_AUTH, with these parameters and no others. */
export const beginSrp = (
  { call }: Pick<Running, 'call'>,
  AuthParameters: Record<string, string>,
  ClientId: string = CLIENT_ID,
): Promise<Reply> => call('InitiateAuth', { AuthFlow: 'USER_SRP_AUTH', ClientId, AuthParameters })

/** Answer a challenge as alice. */
export const respond = (
  { call }: Pick<Running, 'call'>,
  ChallengeName: string,
  Session: string | undefined,
  responses: Record<string, string> = {},
  ClientId: string = CLIENT_ID,
): Promise<Reply> =>
  call('RespondToAuthChallenge', {
    ClientId,
    ChallengeName,
    Session,
    ChallengeResponses: { USERNAME: 'alice', ...responses },
  })
