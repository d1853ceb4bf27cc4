// The two functions that its `srpLogin` calls around the first request. It computes A twice; that is its own doing.
import { requireUntyped } from '../../packages.js'
import type { Challenge } from '../challenge.js'
import type { Claim, Contender, Started } from '../contender.js'

interface FrankenSrp {
  makeSrpSession(): Promise<{ a: bigint; A: bigint }>
  calculateClaimSig(
    a: bigint,
    groupId: string,
    userId: string,
    password: string,
    challengeParameters: {
      SALT: string
      SRP_B: string
      SECRET_BLOCK: string
      USERNAME: string
      USER_ID_FOR_SRP: string
    },
  ): Promise<{ claimSig: string; timestamp: string }>
}

export async function load(): Promise<Contender> {
  const srp = requireUntyped<FrankenSrp>('franken-srp/dist/srp/index.js')
  return {
    async start(challenge: Challenge): Promise<Started> {
      const { a, A } = await srp.makeSrpSession()
      const srpA = A.toString(16)
      return {
        srpA,
        async answer(): Promise<Claim> {
          const { claimSig, timestamp } = await srp.calculateClaimSig(
            a,
            challenge.poolName,
            challenge.userId,
            challenge.password,
            {
              SALT: challenge.salt,
              SRP_B: challenge.srpB,
              SECRET_BLOCK: challenge.secretBlock,
              USERNAME: challenge.userId,
              USER_ID_FOR_SRP: challenge.userId,
            },
          )
          return { srpA, signature: claimSig, timestamp }
        },
      }
    },
  }
}
