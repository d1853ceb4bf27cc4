import { type Engine, startCognitoClient } from '@srp6a/srp/cognito'
import type { Challenge } from './challenge.js'
import type { Claim, Contender, Started } from './contender.js'
import { userChallenge } from './user-challenge.js'

export type { Engine }

export function contenderWith(engine?: Engine): Contender {
  const options = engine === undefined ? {} : { engine }
  return {
    start(challenge: Challenge): Started {
      const client = startCognitoClient(options)
      return {
        srpA: client.srpA,
        answer(): Claim {
          const claim = client.answerUser(userChallenge(challenge))
          return { srpA: client.srpA, signature: claim.PASSWORD_CLAIM_SIGNATURE, timestamp: claim.TIMESTAMP }
        },
      }
    },
  }
}
