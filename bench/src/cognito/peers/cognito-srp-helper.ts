// Its four public functions, as its README uses them.
import { importUntyped } from '../../packages.js'
import { type Challenge, challengeParameters } from '../challenge.js'
import type { Claim, Contender, Started } from '../contender.js'

interface SrpHelper {
  createSrpSession(username: string, password: string, poolId: string, isHashed: boolean): object
  wrapInitiateAuth(session: object, request: object): { AuthParameters: { SRP_A: string } }
  signSrpSession(session: object, response: object): object
  wrapAuthChallenge(
    session: object,
    request: object,
  ): { ChallengeResponses: { PASSWORD_CLAIM_SIGNATURE: string; TIMESTAMP: string } }
}

export async function load(): Promise<Contender> {
  const helper = await importUntyped<SrpHelper>('cognito-srp-helper')
  return {
    start(challenge: Challenge): Started {
      const session = helper.createSrpSession(challenge.userId, challenge.password, challenge.userPoolId, false)
      const initiate = helper.wrapInitiateAuth(session, {
        ClientId: challenge.clientId,
        AuthFlow: 'USER_SRP_AUTH',
        AuthParameters: { CHALLENGE_NAME: 'SRP_A', USERNAME: challenge.userId },
      })
      const srpA = initiate.AuthParameters.SRP_A
      return {
        srpA,
        answer(): Claim {
          const signed = helper.signSrpSession(session, {
            ChallengeName: 'PASSWORD_VERIFIER',
            ChallengeParameters: challengeParameters(challenge),
          })
          const { ChallengeResponses } = helper.wrapAuthChallenge(signed, {
            ClientId: challenge.clientId,
            ChallengeName: 'PASSWORD_VERIFIER',
            ChallengeResponses: { USERNAME: challenge.userId },
          })
          return {
            srpA,
            signature: ChallengeResponses.PASSWORD_CLAIM_SIGNATURE,
            timestamp: ChallengeResponses.TIMESTAMP,
          }
        },
      }
    },
  }
}
