// The two functions that its `srpLogin` calls around the first request. It computes A twice; that is its own doing.
import { requireUntyped } from '../../packages.js'
import { type Challenge, type ChallengeParameters, challengeParameters } from '../challenge.js'
import type { Claim, Contender, Started } from '../contender.js'

interface FrankenSrp {
  makeSrpSession(): Promise<{ a: bigint; A: bigint }>
  calculateClaimSig(
    a: bigint,
    groupId: string,
    userId: string,
    password: string,
    challengeParameters: ChallengeParameters,
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
            challengeParameters(challenge),
          )
          return { srpA, signature: claimSig, timestamp }
        },
      }
    },
  }
}
