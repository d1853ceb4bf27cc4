// Its whole `authenticateUser`, with the object that would send the two requests replaced: the signing code lives inside.
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js'
import { type Challenge, challengeParameters } from '../challenge.js'
import type { Claim, Contender, Started } from '../contender.js'

type Reply = (error: Error | null, data?: object) => void
interface Request {
  AuthParameters?: { SRP_A: string }
  ChallengeResponses?: { PASSWORD_CLAIM_SIGNATURE: string; TIMESTAMP: string }
}

const STOP = new Error('the signature is made; nothing is sent')

export const contender: Contender = {
  start(challenge: Challenge): Started {
    const Pool = new CognitoUserPool({ UserPoolId: challenge.userPoolId, ClientId: challenge.clientId })
    const user = new CognitoUser({ Username: challenge.userId, Pool })
    let srpA = ''
    let claim: Claim | undefined
    let failure: unknown
    let replyToInitiate: Reply | undefined
    const client = {
      request(operation: string, request: Request, reply: Reply): void {
        if (operation === 'InitiateAuth') {
          srpA = request.AuthParameters?.SRP_A ?? ''
          replyToInitiate = reply
        } else {
          claim = {
            srpA,
            signature: request.ChallengeResponses?.PASSWORD_CLAIM_SIGNATURE ?? '',
            timestamp: request.ChallengeResponses?.TIMESTAMP ?? '',
          }
          reply(STOP)
        }
      },
    }
    Object.assign(user, { client })
    const details = new AuthenticationDetails({ Username: challenge.userId, Password: challenge.password })
    user.authenticateUser(details, {
      onSuccess: () => undefined,
      onFailure: (error: unknown) => {
        if (error !== STOP) failure = error
      },
    })
    return {
      srpA,
      answer(): Claim {
        replyToInitiate?.(null, {
          ChallengeName: 'PASSWORD_VERIFIER',
          ChallengeParameters: challengeParameters(challenge),
        })
        if (claim === undefined) throw new Error('amazon-cognito-identity-js sent no claim', { cause: failure })
        return claim
      },
    }
  },
}
