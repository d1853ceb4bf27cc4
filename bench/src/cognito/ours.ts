import { type Engine, startCognitoClient } from '@srp6a/srp/cognito'
import type { Challenge } from './challenge.js'
import type { Claim, Contender, Started } from './contender.js'

export type { Engine }

export function contenderWith(engine?: Engine): Contender {
  const options = engine === undefined ? {} : { engine }
  return {
    start(challenge: Challenge): Started {
      const client = startCognitoClient(options)
      return {
        srpA: client.srpA,
        answer(): Claim {
          const { signature, timestamp } = client.claim({
            scope: challenge.poolName,
            userId: challenge.userId,
            password: challenge.password,
            salt: challenge.salt,
            srpB: challenge.srpB,
            secretBlock: challenge.secretBlock,
          })
          return { srpA: client.srpA, signature, timestamp }
        },
      }
    },
  }
}
